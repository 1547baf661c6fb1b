/// The Cholesky factor of a symmetric positive definite matrix, for the small systems of Newton's method.
struct Cholesky {
    /// Lower triangle, row by row, full rows.
    private let factor: [Double]
    private let size: Int

    /// `nil` where the matrix (row by row) is not positive definite to working precision.
    init?(_ matrix: [Double], size: Int) {
        var l = [Double](repeating: 0, count: size * size)
        for i in 0..<size {
            for j in 0...i {
                var sum = matrix[i * size + j]
                for k in 0..<j { sum -= l[i * size + k] * l[j * size + k] }
                if i == j {
                    guard sum > 1e-14 * max(matrix[i * size + i], .leastNormalMagnitude) else { return nil }
                    l[i * size + i] = sum.squareRoot()
                } else {
                    l[i * size + j] = sum / l[j * size + j]
                }
            }
        }
        factor = l
        self.size = size
    }

    /// The `x` with matrix times x = `right`.
    func solve(_ right: [Double]) -> [Double] {
        var x = right
        for i in 0..<size {
            for k in 0..<i { x[i] -= factor[i * size + k] * x[k] }
            x[i] /= factor[i * size + i]
        }
        for i in stride(from: size - 1, through: 0, by: -1) {
            for k in (i + 1)..<size { x[i] -= factor[k * size + i] * x[k] }
            x[i] /= factor[i * size + i]
        }
        return x
    }

    /// inverse times `middle` times inverse, for a symmetric `middle`.
    func sandwich(_ middle: [Double]) -> [Double] {
        let once = (0..<size).map { column in solve((0..<size).map { middle[$0 * size + column] }) }
        var out = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            let solved = solve((0..<size).map { once[$0][row] })
            for column in 0..<size { out[row * size + column] = solved[column] }
        }
        return out
    }
}

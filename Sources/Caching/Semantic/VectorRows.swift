/// Vectors of one length, one after the other, and the search for the nearest of them.
struct VectorRows {
    /// Coordinates of each row, padded.
    let stride: Int
    private let blocks: Int
    private var values: [Float] = []
    private var tails: [Float] = []
    private(set) var count = 0

    init(like vector: UnitVector) {
        stride = vector.padded.count
        blocks = vector.tails.count
    }

    var bytes: Int { (values.count + tails.count) * MemoryLayout<Float>.size }

    /// What one row takes.
    var rowBytes: Int { (stride + blocks) * MemoryLayout<Float>.size }

    mutating func append(_ vector: UnitVector) {
        values.append(contentsOf: vector.padded)
        tails.append(contentsOf: vector.tails)
        count += 1
    }

    mutating func replace(_ row: Int, with vector: UnitVector) {
        values.replaceSubrange(row * stride..<(row + 1) * stride, with: vector.padded)
        tails.replaceSubrange(row * blocks..<(row + 1) * blocks, with: vector.tails)
    }

    /// Removes a row by moving the last one into its place.
    mutating func remove(_ row: Int) {
        count -= 1
        if row != count {
            for index in 0..<stride { values[row * stride + index] = values[count * stride + index] }
            for index in 0..<blocks { tails[row * blocks + index] = tails[count * blocks + index] }
        }
        values.removeLast(stride)
        tails.removeLast(blocks)
    }

    /// The row most similar to `vector`, if its similarity is at least `threshold`.
    ///
    /// Exact, but seldom reads whole rows: what the coordinates to come can still add is at most the product of the
    /// lengths of both rests (Cauchy and Schwarz), and where that is too little the row is left.
    func nearest(to vector: UnitVector, atLeast threshold: Float) -> (row: Int, similarity: Float)? {
        guard vector.padded.count == stride else { return nil }
        let rest = vector.tails
        var best: (row: Int, similarity: Float)?
        var bar = threshold
        vector.padded.withUnsafeBytes { wanted in
            values.withUnsafeBytes { all in
                for row in 0..<count {
                    let start = row * stride * MemoryLayout<Float>.size
                    let found = similarity(wanted, all, from: start, tails: row * blocks, rest: rest, atLeast: bar)
                    guard let found, found >= bar, best.map({ found > $0.similarity }) ?? true else { continue }
                    best = (row, found)
                    bar = found
                }
            }
        }
        return best
    }

    @inline(__always)
    private func similarity(
        _ wanted: UnsafeRawBufferPointer, _ all: UnsafeRawBufferPointer, from start: Int, tails first: Int,
        rest: [Float], atLeast bar: Float
    ) -> Float? {
        var sum: Float = 0
        var position = 0
        for block in 0..<blocks {
            let end = min(stride, position + UnitVector.block)
            var partial = SIMD8<Float>.zero
            while position < end {
                let offset = position * MemoryLayout<Float>.size
                let a = wanted.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                let b = all.loadUnaligned(fromByteOffset: start + offset, as: SIMD8<Float>.self)
                partial += a * b
                position += UnitVector.width
            }
            sum += partial.sum()
            // A hair more than the bound, for what rounding may have taken.
            if sum + rest[block] * tails[first + block] + 0.000_01 < bar { return nil }
        }
        return sum
    }
}

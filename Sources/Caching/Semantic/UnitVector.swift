/// An embedding of length one, so that the cosine of two is their dot product.
package struct UnitVector: Sendable, Equatable {
    /// Its coordinates, padded with zeros to whole SIMD words.
    let padded: [Float]
    /// The number of coordinates that the model gave.
    package let dimensions: Int

    /// Coordinates in one SIMD word.
    static let width = 8
    /// Coordinates after which a comparison asks whether it can still end above the threshold.
    static let block = 256

    /// `nil` for a vector that is empty, too long, all zero or not finite.
    package init?(_ coordinates: [Float]) {
        guard !coordinates.isEmpty, coordinates.count <= 16_384 else { return nil }
        let square = coordinates.reduce(0.0) { $0 + Double($1) * Double($1) }
        guard square.isFinite, square > 0 else { return nil }
        let scale = Float(1 / square.squareRoot())
        dimensions = coordinates.count
        let words = (coordinates.count + Self.width - 1) / Self.width
        var padded = [Float](repeating: 0, count: words * Self.width)
        for (index, value) in coordinates.enumerated() { padded[index] = value * scale }
        self.padded = padded
    }

    /// The length of what follows each block, the last of them 0.
    var tails: [Float] {
        let blocks = (padded.count + Self.block - 1) / Self.block
        var square: Float = 0
        var tails = [Float](repeating: 0, count: blocks)
        for block in stride(from: blocks - 1, to: 0, by: -1) {
            for index in block * Self.block..<min(padded.count, (block + 1) * Self.block) {
                square += padded[index] * padded[index]
            }
            tails[block - 1] = square.squareRoot()
        }
        return tails
    }
}

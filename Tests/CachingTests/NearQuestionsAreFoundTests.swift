import Caching
import Testing

@Suite struct NearQuestionsAreFoundTests {
    private let space = id(900)
    private let scope = CacheScope(project: "p", route: "r")

    private func vector(_ values: [Float]) throws -> UnitVector { try #require(UnitVector(values)) }

    private func noise(_ count: Int, _ random: inout Seeded) -> [Float] {
        (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    }

    @Test func unusableVectorsAreRefused() {
        #expect(UnitVector([]) == nil)
        #expect(UnitVector([0, 0]) == nil)
        #expect(UnitVector([.nan, 1]) == nil)
        #expect(UnitVector([.infinity]) == nil)
    }

    /// The search skips what can't be near enough; it must find what a plain search finds.
    @Test(arguments: [3, 8, 255, 256, 257, 1_536]) func agreesWithAPlainSearch(dimensions: Int) throws {
        var random = Seeded(state: UInt64(dimensions))
        let index = SemanticIndex(maximumEntries: 1_000, maximumBytes: 1 << 30)
        var plain: [[Double]] = []
        let base = noise(dimensions, &random)
        for number in 0..<300 {
            let mix = Float.random(in: 0...1.5, using: &random)
            let values = zip(base, noise(dimensions, &random)).map { $0 + mix * $1 }
            index.insert(try vector(values), for: id(UInt64(number)), text: "\(number)", in: space, of: scope)
            let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            plain.append(values.map { Double($0) / length })
        }
        let length = base.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let wanted = base.map { Double($0) / length }
        let best = plain.map { zip($0, wanted).reduce(0) { $0 + $1.0 * $1.1 } }.max() ?? 0
        let found = try #require(index.nearest(to: try vector(base), in: space, atLeast: 0.5))
        #expect(abs(found.similarity - best) < 1e-4)
        // With so many coordinates chance makes no vector point the other way.
        let opposite = try vector(base.map { -$0 })
        if dimensions > 200 { #expect(index.nearest(to: opposite, in: space, atLeast: 0.5) == nil) }
    }

    @Test func spacesAndThresholdsDivide() throws {
        let index = SemanticIndex(maximumEntries: 10, maximumBytes: 1 << 20)
        index.insert(try vector([1, 0.1]), for: id(1), text: "a", in: space, of: scope)
        #expect(index.nearest(to: try vector([1, 0]), in: space, atLeast: 0.9)?.key == id(1))
        #expect(index.nearest(to: try vector([1, 0]), in: space, atLeast: 0.999) == nil)
        #expect(index.nearest(to: try vector([1, 0]), in: id(901), atLeast: 0.5) == nil)
        #expect(index.nearest(to: try vector([1, 0, 0, 0, 0, 0, 0, 0, 1]), in: space, atLeast: 0.1) == nil)
    }

    @Test func boundsHold() throws {
        let index = SemanticIndex(maximumEntries: 5, maximumBytes: 1 << 20)
        for number in 0..<50 {
            let key = id(UInt64(number))
            index.insert(try vector([Float(number + 1), 1]), for: key, text: "t", in: key, of: scope)
        }
        #expect(index.size.vectors == 5)
        #expect(index.nearest(to: try vector([50, 1]), in: id(49), atLeast: 0.9)?.key == id(49))
        #expect(index.nearest(to: try vector([1, 1]), in: id(0), atLeast: 0.9) == nil)
        index.purge { $0.project == "p" }
        #expect(index.size.vectors == 0 && index.size.bytes == 0)
    }

    @Test func anotherModelBeginsAnew() throws {
        let index = SemanticIndex(maximumEntries: 5, maximumBytes: 1 << 20)
        index.insert(try vector([1, 0]), for: id(1), text: "a", in: space, of: scope)
        let long = [Float](repeating: 1, count: 20)
        index.insert(try vector(long), for: id(2), text: "b", in: space, of: scope)
        #expect(index.size.vectors == 1)
        #expect(index.nearest(to: try vector(long), in: space, atLeast: 0.9)?.key == id(2))
    }
}

import Statistics
import Testing

/// Sufficient statistics are the same to the last bit, however they are split, ordered and merged.
@Suite struct MergingMoments {
    /// Numbers of very different sizes and signs, so that plain addition would depend on the order.
    private static func awkward(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
        (0..<count).map { _ in
            let exponent = generator.index(below: 80) - 40
            let sign = generator.index(below: 2) == 0 ? 1.0 : -1.0
            return sign * generator.unit() * Double(sign: .plus, exponent: exponent, significand: 1)
        }
    }

    private static func split(_ values: [Double], _ generator: inout SeededGenerator) -> [[Double]] {
        var parts = [[Double]](repeating: [], count: 1 + generator.index(below: 7))
        for value in values { parts[generator.index(below: parts.count)].append(value) }
        return parts
    }

    @Test(arguments: 0..<40)
    func sumsDoNotDependOnOrderOrGrouping(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let values = Self.awkward(1 + generator.index(below: 200), &generator)
        let whole = try Moments(values)
        var parts = try Self.split(values, &generator).map { try Moments($0) }
        let left = parts.reduce(Moments()) { $0.merging($1) }
        generator.shuffle(&parts)
        let right = parts.reversed().reduce(Moments()) { $1.merging($0) }
        #expect(left == whole)
        #expect(right == whole)
        #expect(left.sum.components.map(\.bitPattern) == right.sum.components.map(\.bitPattern))
        #expect(left.mean?.bitPattern == whole.mean?.bitPattern)
        #expect(left.variance?.bitPattern == right.variance?.bitPattern)
        #expect(Set([left, right, whole]).count == 1)
    }

    @Test(arguments: 0..<20)
    func mergingIsAssociativeAndCommutative(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 1000)
        let sets = try (0..<3).map { _ in
            let values = Self.awkward(generator.index(below: 30), &generator)
            return try PairMoments(values, Self.awkward(values.count, &generator))
        }
        let (x, y, z) = (sets[0], sets[1], sets[2])
        #expect(x.merging(y) == y.merging(x))
        #expect(x.merging(y).merging(z) == x.merging(y.merging(z)))
        #expect(x.merging(PairMoments()) == x)
        #expect(PairMoments().merging(x) == x)
    }

    @Test(arguments: 0..<20)
    func wholeClustersMergeInAnyOrder(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 2000)
        var clusters = try (0..<12).map { _ in try Moments(Self.awkward(1 + generator.index(below: 5), &generator)) }
        func moments(_ clusters: some Sequence<Moments>) -> ClusterMoments {
            clusters.reduce(into: ClusterMoments()) { $0.add(cluster: $1) }
        }
        let whole = moments(clusters)
        generator.shuffle(&clusters)
        let (x, y, z) = (moments(clusters[..<3]), moments(clusters[3..<8]), moments(clusters[8...]))
        #expect(x.merging(y).merging(z) == whole)
        #expect(z.merging(x.merging(y)) == whole)
        let merged = z.merging(y).merging(x)
        #expect(merged.sumOfSquaredResidualTotals.bitPattern == whole.sumOfSquaredResidualTotals.bitPattern)
    }

    @Test(arguments: 0..<20)
    func countsAndRatiosMerge(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 3000)
        let first = ProportionCount((0..<9).map { _ in generator.index(below: 2) == 0 })
        let second = ProportionCount((0..<4).map { _ in generator.index(below: 3) == 0 })
        #expect(first.merging(second) == second.merging(first))
        #expect(first.merging(second).n == 13)
        let numbers = Self.awkward(10, &generator)
        let whole = try RatioMoments(numerators: numbers, denominators: numbers.reversed())
        var parts = (RatioMoments(), RatioMoments())
        for (index, number) in numbers.enumerated() {
            let denominator = numbers[numbers.count - 1 - index]
            if index % 3 == 0 {
                parts.0.add(numerator: number, denominator: denominator)
            } else {
                parts.1.add(numerator: number, denominator: denominator)
            }
        }
        #expect(parts.1.merging(parts.0) == whole)
    }

    @Test func sumsAreRoundedOnce() {
        #expect(ExactSum([1e100, 1, -1e100]).value == 1)
        #expect(ExactSum([0.1, 0.2, 0.3, -0.6]).value == 2.7755575615628914e-17)  // math.fsum
        #expect(ExactSum([1, 1e-16, 1e-16]).value == 1.0000000000000002)
        #expect(ExactSum(Array(repeating: 0.1, count: 10)).value == 1)
        #expect(ExactSum([1e-300, 1e300, -1e300]).value == 1e-300)
        #expect(ExactSum([]).value == 0)
    }

    @Test func componentsGiveTheSumBack() {
        let sum = ExactSum([1e20, 3.5, -1e-20, 7e-40])
        #expect(ExactSum(sum.components) == sum)
        #expect(ExactSum(sum.components.reversed()) == sum)
        #expect(sum.components.count > 2)
    }

    @Test func whatStoresKeepGivesTheSampleBack() throws {
        var generator = SeededGenerator(seed: 77)
        let values = Self.awkward(50, &generator)
        let pairs = try PairMoments(values, Self.awkward(50, &generator))
        func restored(_ moments: Moments) throws -> Moments {
            try Moments(
                count: moments.count, sum: ExactSum(moments.sum.components),
                sumOfSquares: ExactSum(moments.sumOfSquares.components), minimum: moments.minimum,
                maximum: moments.maximum)
        }
        let products = ExactSum(pairs.sumOfProducts.components)
        let again = try PairMoments(a: try restored(pairs.a), b: try restored(pairs.b), sumOfProducts: products)
        #expect(again == pairs && RatioMoments(pairs: again).count == 50)
        let clusters = try ClusterMoments(values, clusters: values.indices.map { $0 / 7 })
        let kept = try ClusterMoments(
            cases: try restored(clusters.cases), totals: clusters.totals, betweenSquares: clusters.betweenSquares)
        #expect(kept == clusters)
        #expect(throws: StatisticsError.self) { try PairMoments(a: pairs.a, b: Moments(), sumOfProducts: products) }
        #expect(throws: StatisticsError.self) {
            try Moments(count: 0, sum: pairs.a.sum, sumOfSquares: ExactSum(), minimum: 0, maximum: 0)
        }
        #expect(throws: StatisticsError.self) {
            try ClusterMoments(cases: Moments(), totals: pairs, betweenSquares: ExactSum())
        }
    }

    @Test func largeMeansKeepTheirSpread() throws {
        let moments = try Moments([1e9 + 1, 1e9 + 2, 1e9 + 3])
        #expect(moments.variance == 1)
        #expect(try Moments(Array(repeating: 0.1, count: 1000)).variance == 0)
        let pairs = try PairMoments([1e12, 2e12, 3e12], [1e12 + 1, 2e12 + 2, 3e12 + 3])
        #expect(pairs.varianceOfDifference == 1)
    }

    @Test func valuesThatAreNoNumbersAreRefused() {
        #expect(throws: StatisticsError.self) { try Moments([1e200]) }
        #expect(throws: StatisticsError.notFinite(what: "values", index: 1)) { try Moments([1, .nan]) }
        #expect(throws: StatisticsError.notFinite(what: "pairs", index: 0)) { try PairMoments([.infinity], [1]) }
    }
}

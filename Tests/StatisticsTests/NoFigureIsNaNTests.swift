import Statistics
import Testing

/// Whatever small and odd data come in: finite figures, intervals around the value, or an error that says why.
@Suite struct NoFigureIsNaN {
    /// Pools of values, from harmless to nasty.
    private static let pools: [[Double]] = [
        [0, 1], [0], [1], [0.5], [0.1, 0.2, 0.3], [1e-140, -1e-140, 0], [1e139, -1e139], [1e9, 1e9 + 1e-6],
        [-1, 0, 1], [0.1 + 0.2, 0.3], [1e-300, 0], [5, 5, 5, 5, 6],
    ]

    private static func draw(_ count: Int, _ pool: [Double], _ generator: inout SeededGenerator) -> [Double] {
        (0..<count).map { _ in pool[generator.index(below: pool.count)] }
    }

    private func check(_ estimate: Estimate) {
        #expect(estimate.value.isFinite, "\(estimate)")
        #expect(estimate.standardError.map { $0.isFinite && $0 >= 0 } ?? true, "\(estimate)")
        guard let interval = estimate.interval else {
            #expect(!estimate.notes.isEmpty, "no interval and no reason: \(estimate)")
            return
        }
        #expect(interval.lower.isFinite && interval.upper.isFinite && interval.lower <= interval.upper, "\(estimate)")
        // The bootstrap's interval need not hold the value of so few cases; all others do.
        let isResampled = estimate.method.rawValue.contains("bootstrap")
        let slack = 1e-9 * max(abs(interval.lower), abs(interval.upper))
        let holds = interval.lower - slack <= estimate.value && estimate.value <= interval.upper + slack
        #expect(isResampled || holds, "\(estimate)")
    }

    private func check(_ comparison: Comparison) {
        for estimate in [comparison.difference, comparison.a, comparison.b] { check(estimate) }
        if let test = comparison.test {
            #expect(test.pValue >= 0 && test.pValue <= 1 && test.statistic?.isFinite ?? true, "\(test)")
            #expect(test.degreesOfFreedom.map { $0.isFinite && $0 > 0 } ?? true, "\(test)")
        }
        #expect(comparison.effectSize?.isFinite ?? true && comparison.correlation.map { abs($0) <= 1 } ?? true)
        if case .inconclusive(let further?) = comparison.verdict { #expect(further > 0) }
    }

    @Test(arguments: ComparisonMethod.allCases)
    func ofComparisons(method: ComparisonMethod) throws {
        var generator = SeededGenerator(seed: 99)
        var decided = 0
        for round in 0..<300 {
            let pool = Self.pools[round % Self.pools.count]
            let other = round % 3 == 0 ? Self.pools[generator.index(below: Self.pools.count)] : pool
            let n = 1 + generator.index(below: 6)
            let a = Self.draw(n, pool, &generator)
            let b = Self.draw(n, other, &generator)
            let clusters = round % 2 == 0 ? (0..<n).map { _ in "c\(generator.index(below: 3))" } : nil
            let margin = round % 5 == 0 ? 0.5 : nil
            let plan = ComparisonPlan(margin: margin, method: method, resamples: 100, draws: 100)
            do {
                check(try Compare.paired(a, b, clusters: clusters, plan: plan, using: &generator))
                check(try Compare.unpaired(
                    a, clustersOfA: clusters, b, clustersOfB: clusters, plan: plan, using: &generator))
                decided += 1
            } catch {
                #expect(error.description.hasSuffix("."))
                #expect(method == .newcombe, "\(error) for \(a) and \(b)")
            }
        }
        #expect(decided > (method == .newcombe ? 20 : 290))
    }

    @Test func ofMeansAndClusters() throws {
        var generator = SeededGenerator(seed: 100)
        for round in 0..<400 {
            let values = Self.draw(1 + generator.index(below: 8), Self.pools[round % Self.pools.count], &generator)
            let clusters = values.map { _ in generator.index(below: 4) }
            check(try Mean.estimate(values))
            check(try ClusteredMean.estimate(values, clusters: clusters))
            check(try RepeatedSamples(values.map { [$0, values[0]] }).mean)
            let effect = try? ClusterEffect(try ClusterMoments(values, clusters: clusters))
            if let effect {
                #expect(effect.intraclassCorrelation.isFinite && effect.designEffect.isFinite)
                #expect(effect.effectiveSize.isFinite, "\(values) \(clusters)")
            }
        }
    }

    @Test func ofEverySmallCount() throws {
        for n in 1...9 {
            for successes in 0...n {
                let count = try ProportionCount(successes: successes, of: n)
                check(try Proportion.wilson(count))
                check(try Proportion.clopperPearson(count))
                for others in 0...4 {
                    let other = try ProportionCount(successes: others, of: 4)
                    check(try ProportionDifference.newcombe(count, other))
                    let p = try ProportionDifference.test(count, other).pValue
                    #expect(p > 0 && p <= 1)
                }
                for k in 1...n {
                    let any = try PassAtK.any(count, k: k)
                    let all = try PassAtK.all(count, k: k)
                    #expect(all >= 0 && all <= any + 1e-12 && any <= 1)
                }
            }
        }
    }

    @Test func ofEverySmallTable() throws {
        for code in 1..<256 {
            let (onlyA, onlyB) = (code / 4 % 4, code / 16 % 4)
            let table = try PairedOutcomes(both: code % 4, onlyA: onlyA, onlyB: onlyB, neither: code / 64)
            check(try table.difference())
            let p = McNemar.midP(table).pValue
            #expect(p > 0 && p <= 1)
        }
    }
}

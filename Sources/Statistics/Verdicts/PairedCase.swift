/// A paired comparison with complete pairs.
struct PairedCase {
    let a: [Double]
    let b: [Double]
    let clusters: [String]?
    let moments: PairMoments
    let plan: ComparisonPlan

    func compare(
        dropped: Int, using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Comparison {
        let isBinary = Compare.isBinary(a) && Compare.isBinary(b)
        let method = try plan.resolved(isBinary: isBinary, isClustered: clusters != nil)
        var difference = try self.difference(method, using: &generator)
        difference = try honest(difference)
        if dropped > 0 { difference.notes.append(.droppedMissingPairs(dropped)) }
        let test = try self.test(method, using: &generator)
        return Comparison(
            difference: difference, test: test,
            effectSize: PairedDifference.effectSize(moments), correlation: moments.correlation,
            verdict: Verdict.of(
                difference, test: test, margin: plan.margin, higherIsBetter: plan.higherIsBetter, power: plan.power),
            margin: plan.margin, a: try Compare.side(a, clusters: clusters, isBinary: isBinary, plan: plan),
            b: try Compare.side(b, clusters: clusters, isBinary: isBinary, plan: plan))
    }

    private var differences: [Double] { zip(a, b).map { $1 - $0 } }

    private func difference(
        _ method: ComparisonMethod, using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Estimate {
        if method == .newcombe { return try outcomes.difference(level: plan.level) }
        // Differences that are equal but for rounding have no spread to resample.
        guard moments.hasSpread else { return try constant() }
        switch (method, clusters) {
        case (.t, let clusters?):
            return try ClusteredDifference.paired(
                a, b, clusters: clusters, correction: plan.correction, level: plan.level)
        case (.t, nil): return try PairedDifference.estimate(moments, level: plan.level)
        case (_, let clusters?):
            return try Bootstrap.clusteredMean(
                differences, clusters: clusters, plan: plan.bootstrap, using: &generator)
        case (_, nil): return try Bootstrap.mean(differences, plan: plan.bootstrap, using: &generator)
        }
    }

    private func constant() throws(StatisticsError) -> Estimate {
        var estimate = try PairedDifference.estimate(moments, level: plan.level)
        if let clusters { estimate.clusters = Set(clusters).count }
        return estimate
    }

    /// The interval of identical differences, where there is one to be had.
    private func honest(_ difference: Estimate) throws(StatisticsError) -> Estimate {
        guard difference.interval == nil, difference.clusters > 1, !moments.hasSpread,
            let range = ConstantDifference.range(moments.a, moments.b)
        else { return difference }
        var result = difference
        result.method = .clopperPearson
        result.interval = try ConstantDifference.interval(
            difference.value, n: difference.clusters, range: range, level: plan.level)
        return result
    }

    /// The test that belongs to the interval; `nil` where there is nothing to test.
    private func test(
        _ method: ComparisonMethod, using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> TestResult? {
        switch method {
        case .newcombe: return McNemar.midP(try outcomes)
        case .t, .automatic:
            guard moments.hasSpread else { return nil }
            guard let clusters else { return try PairedDifference.test(moments) }
            return ClusteredDifference.test(
                try ClusteredDifference.paired(a, b, clusters: clusters, correction: plan.correction))
        case .bootstrap, .bca:
            guard let clusters else {
                return try SignFlip.test(differences, draws: plan.draws(for: a.count), using: &generator)
            }
            let totals = try Clusters.group(differences, by: clusters).map(\.sum.value)
            var test = try SignFlip.test(totals, draws: plan.draws(for: totals.count), using: &generator)
            test.method = "clustered-sign-flip"
            return test
        }
    }

    private var outcomes: PairedOutcomes {
        get throws(StatisticsError) { try PairedOutcomes(a.map { $0 == 1 }, b.map { $0 == 1 }) }
    }
}

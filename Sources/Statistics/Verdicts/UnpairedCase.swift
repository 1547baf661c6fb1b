/// A comparison of two separate samples.
struct UnpairedCase {
    let a: [Double]
    let b: [Double]
    let clusters: (a: [String], b: [String])?
    let moments: (a: Moments, b: Moments)
    let plan: ComparisonPlan

    func compare(using generator: inout some RandomNumberGenerator) throws(StatisticsError) -> Comparison {
        let isBinary = Compare.isBinary(a) && Compare.isBinary(b)
        let method = try plan.resolved(isBinary: isBinary, isClustered: clusters != nil)
        let difference = try self.difference(method, using: &generator)
        let test = try self.test(method, difference, using: &generator)
        return Comparison(
            difference: difference, test: test,
            effectSize: UnpairedDifference.effectSize(moments.a, moments.b),
            verdict: Verdict.of(
                difference, test: test, margin: plan.margin, higherIsBetter: plan.higherIsBetter, power: plan.power),
            margin: plan.margin, a: try Compare.side(a, clusters: clusters?.a, isBinary: isBinary, plan: plan),
            b: try Compare.side(b, clusters: clusters?.b, isBinary: isBinary, plan: plan))
    }

    private func difference(
        _ method: ComparisonMethod, using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Estimate {
        switch (method, clusters) {
        case (.newcombe, _):
            return try ProportionDifference.newcombe(Compare.count(a), Compare.count(b), level: plan.level)
        case (.t, let clusters?), (.automatic, let clusters?):
            return try ClusteredDifference.unpaired(
                a, clustersOfA: clusters.a, b, clustersOfB: clusters.b, correction: plan.correction, level: plan.level)
        case (.t, nil), (.automatic, nil):
            return try UnpairedDifference.estimate(moments.a, moments.b, level: plan.level)
        case (_, let clusters?):
            return try Bootstrap.clusteredDifference(
                a, clustersOfA: clusters.a, b, clustersOfB: clusters.b, plan: plan.bootstrap, using: &generator)
        case (_, nil): return try Bootstrap.difference(a, b, plan: plan.bootstrap, using: &generator)
        }
    }

    /// The test that belongs to the interval; `nil` where there is nothing to test, and for resampled clusters, whose
    /// sides can't be exchanged.
    private func test(
        _ method: ComparisonMethod, _ difference: Estimate, using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> TestResult? {
        let isResampled = method == .bootstrap || method == .bca
        if clusters != nil { return isResampled ? nil : ClusteredDifference.test(difference) }
        if method == .newcombe { return try ProportionDifference.test(Compare.count(a), Compare.count(b)) }
        if isResampled {
            let draws = plan.draws(for: a.count + b.count)
            return try TwoSamplePermutation.test(a, b, draws: draws, using: &generator)
        }
        guard a.count > 1, b.count > 1, !moments.a.isConstant || !moments.b.isConstant else { return nil }
        return try UnpairedDifference.test(moments.a, moments.b)
    }
}

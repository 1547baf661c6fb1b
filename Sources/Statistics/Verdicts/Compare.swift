/// Compares a candidate (b) with a baseline (a) and ends in a verdict.
package enum Compare {
    /// Both on the same cases, in the same order; `nil` is a missing score, whose pair is left out and noted.
    ///
    /// - Parameters:
    ///   - clusters: the source of each case, where several share one; `nil` where cases are independent.
    ///   - generator: used by the bootstrap and by permutation tests only.
    ///
    /// Identical differences: the interval of ``ConstantDifference`` (counting clusters). One pair: inconclusive.
    /// Throws where no pair is complete, lists differ in length, or a score is not finite.
    package static func paired(
        _ a: [Double?], _ b: [Double?], clusters: [String]? = nil, plan: ComparisonPlan = ComparisonPlan(),
        using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Comparison {
        try plan.check()
        let complete = try PairedDifference.complete(a, b)
        if let clusters, clusters.count != a.count {
            throw .mismatch("\(a.count) pairs have \(clusters.count) clusters. Give the cluster of every pair.")
        }
        guard !complete.a.isEmpty else { throw .empty(what: "pairs with both scores") }
        let pairs = PairedCase(
            a: complete.a, b: complete.b, clusters: clusters.map { all in complete.kept.map { all[$0] } },
            moments: try PairMoments(complete.a, complete.b), plan: plan)
        return try pairs.compare(dropped: complete.dropped, using: &generator)
    }

    /// Two separate samples, of which sizes may differ.
    ///
    /// - Parameters:
    ///   - clustersOfA: the source of each case of the baseline; give both sides or none. A source may stand on both.
    ///   - generator: used by the bootstrap and by permutation tests only.
    ///
    /// A side with one case, or two sides without spread: inconclusive. Throws where a side is empty or a score is not
    /// finite.
    package static func unpaired(
        _ a: [Double], clustersOfA: [String]? = nil, _ b: [Double], clustersOfB: [String]? = nil,
        plan: ComparisonPlan = ComparisonPlan(), using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Comparison {
        try plan.check()
        try Check.finite(a, "scores of the baseline")
        try Check.finite(b, "scores of the candidate")
        guard !a.isEmpty, !b.isEmpty else { throw .empty(what: "scores on one of the sides") }
        guard (clustersOfA == nil) == (clustersOfB == nil) else {
            throw .mismatch("Only one side has clusters. Give the cluster of every score, or of none.")
        }
        let sides = UnpairedCase(
            a: a, b: b, clusters: clustersOfA.flatMap { first in clustersOfB.map { (first, $0) } },
            moments: (try Moments(a), try Moments(b)), plan: plan)
        return try sides.compare(using: &generator)
    }

    /// True where every score is 0 or 1.
    static func isBinary(_ values: [Double]) -> Bool { values.allSatisfy { $0 == 0 || $0 == 1 } }

    /// The count of ones among 0/1 scores.
    static func count(_ values: [Double]) -> ProportionCount { ProportionCount(values.lazy.map { $0 == 1 }) }

    /// One side by itself: Wilson for 0/1 scores, clustered where there are clusters, else t.
    static func side(
        _ values: [Double], clusters: [String]?, isBinary: Bool, plan: ComparisonPlan
    ) throws(StatisticsError) -> Estimate {
        if let clusters {
            return try ClusteredMean.estimate(
                values, clusters: clusters, correction: plan.correction, level: plan.level)
        }
        if isBinary { return try Proportion.wilson(count(values), level: plan.level) }
        return try Mean.estimate(values, level: plan.level)
    }
}

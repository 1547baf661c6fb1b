/// Differences of two systems on items that come in clusters, candidate (b) minus baseline (a).
package enum ClusteredDifference {
    /// Two samples of items, where a cluster may stand on one side or on both.
    ///
    /// The standard error is that of a regression on the side with errors clustered over both sides (CR0, corrected by
    /// C / (C - 1) unless told otherwise), t with C - 1 degrees of freedom; C counts every cluster once. A cluster on
    /// both sides takes part of the error away, as pairing does. Throws where a side is empty.
    package static func unpaired<Key: Hashable>(
        _ a: [Double], clustersOfA: [Key], _ b: [Double], clustersOfB: [Key],
        correction: ClusterCorrection = .clusters, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        guard let first = try Moments(a).mean, let second = try Moments(b).mean else {
            throw .empty(what: "cases on one of the sides")
        }
        let residuals = a.map { (first - $0) / Double(a.count) } + b.map { ($0 - second) / Double(b.count) }
        guard a.count == clustersOfA.count, b.count == clustersOfB.count else {
            throw .mismatch("Some values have no cluster. Give the cluster of every value.")
        }
        let totals = try Clusters.group(residuals, by: clustersOfA + clustersOfB).map(\.sum.value)
        return result(
            second - first, residualTotals: totals, n: residuals.count, correction: correction, level: level)
    }

    /// The paired difference of items in clusters: the clustered mean of b - a. Throws where lengths differ.
    package static func paired(
        _ a: [Double], _ b: [Double], clusters: [some Hashable], correction: ClusterCorrection = .clusters,
        level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        guard a.count == b.count else {
            throw .mismatch("\(a.count) values can't be paired with \(b.count). Give one of each for every case.")
        }
        return try ClusteredMean.estimate(
            zip(a, b).map { $1 - $0 }, clusters: clusters, correction: correction, level: level)
    }

    /// The t test of a clustered estimate against zero, two-sided; `nil` where it has no standard error above 0.
    package static func test(_ difference: Estimate) -> TestResult? {
        guard let error = difference.standardError, error > 0, difference.clusters > 1 else { return nil }
        let degrees = Double(difference.clusters - 1)
        let t = difference.value / error
        return TestResult(
            statistic: t, pValue: Mean.twoSidedP(t, degreesOfFreedom: degrees), method: "clustered-t",
            degreesOfFreedom: degrees, n: difference.n)
    }

    private static func result(
        _ value: Double, residualTotals: [Double], n: Int, correction: ClusterCorrection, level: Double
    ) -> Estimate {
        let clusters = residualTotals.count
        var result = Estimate(value: value, method: .clusteredT, n: n, clusters: clusters)
        guard clusters > 1 else {
            result.notes = [.oneCluster]
            return result
        }
        let squares = ExactSum(residualTotals.map { $0 * $0 }).value
        let error = squares.squareRoot() * correction.factor(clusters: clusters)
        result.standardError = error
        if clusters < ClusteredMean.fewClusters { result.notes.append(.fewClusters(clusters)) }
        // Residuals of values that are equal but for rounding.
        let noise = 1e-13 * max(abs(value), ExactSum(residualTotals.map(abs)).value)
        guard error > noise else {
            result.standardError = 0
            result.notes.append(ClusteredMean.equalClusters)
            return result
        }
        result.interval = Mean.tInterval(value, error: error, degreesOfFreedom: Double(clusters - 1), level: level)
        return result
    }
}

/// How a clustered standard error is corrected for a small number of clusters.
package enum ClusterCorrection: String, Sendable, Hashable, CaseIterable {
    /// None (CR0), as in Miller 2024.
    case none = "cr0"
    /// Times the root of C / (C - 1), which makes a clustered error of clusters of one the usual s / sqrt(n).
    case clusters = "c/(c-1)"

    /// What the standard error is multiplied with.
    func factor(clusters: Int) -> Double {
        guard self == .clusters, clusters > 1 else { return 1 }
        return (Double(clusters) / Double(clusters - 1)).squareRoot()
    }
}

/// The mean of items that come in clusters, such as several questions on one document.
///
/// Items of a cluster resemble each other, so they say less than as many independent ones; ignoring that makes
/// intervals far too narrow.
package enum ClusteredMean {
    /// Below this many clusters the estimate carries ``Note/fewClusters(_:)``: with fewer, the t interval of clusters
    /// of unequal size is known to cover too little (Cameron, Gelbach and Miller 2008).
    package static let fewClusters = 20

    /// Mean over all items and the clustered standard error: the root of the sum over clusters of the squared sum of
    /// residuals, divided by n (Liang and Zeger 1986; Miller 2024, appendix A); t with C - 1 degrees of freedom.
    ///
    /// Every item has the same weight, so large clusters count more. Clusters of one give the usual standard error. One
    /// cluster: no standard error. All equal, or all clusters of the same mean: standard error 0, no interval. Throws
    /// where there are no cases.
    package static func estimate(
        _ moments: ClusterMoments, correction: ClusterCorrection = .clusters, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        guard let mean = moments.cases.mean else { throw .empty(what: "cases") }
        var result = Estimate(value: mean, method: .clusteredT, n: moments.cases.count, clusters: moments.count)
        guard moments.count > 1 else {
            result.notes = [.oneCluster]
            return result
        }
        let error = standardError(moments, correction: correction)
        result.standardError = error
        if moments.count < fewClusters { result.notes.append(.fewClusters(moments.count)) }
        guard error > noise(moments.cases) else {
            result.standardError = 0
            result.notes.append(moments.cases.isConstant ? .allEqual : equalClusters)
            return result
        }
        result.interval = Mean.tInterval(mean, error: error, degreesOfFreedom: Double(moments.count - 1), level: level)
        return result
    }

    /// As above, of values with the cluster of each. Throws where the two differ in length.
    package static func estimate(
        _ values: [Double], clusters: [some Hashable], correction: ClusterCorrection = .clusters, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        try estimate(try ClusterMoments(values, clusters: clusters), correction: correction, level: level)
    }

    /// What rounding alone can make of an error that is zero.
    private static func noise(_ cases: Moments) -> Double { max(abs(cases.minimum), abs(cases.maximum)) * 1e-13 }

    /// For clusters that differ inside but not from each other.
    static let equalClusters = Note.text(
        "All clusters have the same mean, so their spread says nothing about that of further clusters.")

    /// In the values' units; 0 while empty.
    package static func standardError(_ moments: ClusterMoments, correction: ClusterCorrection) -> Double {
        guard moments.cases.count > 0 else { return 0 }
        let plain = moments.sumOfSquaredResidualTotals.squareRoot() / Double(moments.cases.count)
        return plain * correction.factor(clusters: moments.count)
    }
}

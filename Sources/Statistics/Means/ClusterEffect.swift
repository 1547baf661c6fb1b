/// How much the clusters of a sample cost.
package struct ClusterEffect: Sendable, Hashable {
    /// Share of the variance that lies between clusters, from the analysis of variance (Donner 1986); at most 1. Below
    /// 0 where clusters differ less than chance would have it.
    package var intraclassCorrelation: Double
    /// The squared clustered standard error over the squared plain one: how many times more items are needed.
    package var designEffect: Double
    /// Items divided by the design effect: as many independent ones say as much.
    package var effectiveSize: Double

    /// Throws below two clusters, where every cluster has one item only, and where all values are equal.
    package init(_ moments: ClusterMoments) throws(StatisticsError) {
        let clusters = moments.count
        let n = moments.cases.count
        guard clusters > 1 else { throw .tooFew(what: "clusters", have: clusters, need: 2) }
        guard n > clusters else {
            throw .undefined("Every cluster has one item, so there is no spread within clusters to compare with.")
        }
        guard let variance = moments.cases.variance, variance > 0 else { throw .noVariation(what: "values") }
        intraclassCorrelation = Self.correlation(moments)
        let error = ClusteredMean.standardError(moments, correction: .clusters)
        designEffect = error * error / (variance / Double(n))
        effectiveSize = designEffect > 0 ? Double(n) / designEffect : Double(n)
    }

    /// (MSB - MSW) / (MSB + (m0 - 1) MSW), with m0 the mean size of clusters less the spread of sizes.
    private static func correlation(_ moments: ClusterMoments) -> Double {
        let n = Double(moments.cases.count)
        let clusters = Double(moments.count)
        let sum = moments.cases.sum.value
        var squares = moments.betweenSquares
        squares.add(-sum * (sum / n))
        let between = max(0, squares.value)
        let within = max(0, moments.cases.sumOfSquaredDeviations - between)
        let meanBetween = between / (clusters - 1)
        let meanWithin = within / (n - clusters)
        let size = (n - moments.totals.b.sumOfSquares.value / n) / (clusters - 1)
        return (meanBetween - meanWithin) / (meanBetween + (size - 1) * meanWithin)
    }
}

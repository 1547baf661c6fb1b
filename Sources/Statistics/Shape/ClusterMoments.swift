/// What clustered standard errors and the intraclass correlation need, from whole clusters.
///
/// Additive and exact as ``Moments``, as long as no cluster is split over two of them: a cluster's total is rounded
/// once, when the cluster is added.
package struct ClusterMoments: Sendable, Hashable {
    /// Clusters.
    package private(set) var count: Int
    /// Over all cases.
    package private(set) var cases: Moments
    /// Of the clusters' totals as a and sizes as b.
    package private(set) var totals: PairMoments
    /// The sum over clusters of (total squared / size), for the analysis of variance.
    package private(set) var betweenSquares: ExactSum

    /// No clusters.
    package init() {
        count = 0
        cases = Moments()
        totals = PairMoments()
        betweenSquares = ExactSum()
    }

    /// What a store has kept of whole clusters: all cases, totals as a and sizes as b, and the sum of squared totals by
    /// size. Throws where there are more clusters than cases.
    package init(cases: Moments, totals: PairMoments, betweenSquares: ExactSum) throws(StatisticsError) {
        guard totals.count <= cases.count else {
            throw .mismatch("\(totals.count) clusters can't have \(cases.count) cases. Read both from the same record.")
        }
        (self.cases, self.totals, self.betweenSquares) = (cases, totals, betweenSquares)
        count = totals.count
    }

    /// Groups `values` by `clusters`. Throws where the two differ in length, or a value is not finite.
    package init(_ values: [Double], clusters: [some Hashable]) throws(StatisticsError) {
        self.init()
        for cluster in try Clusters.group(values, by: clusters) { add(cluster: cluster) }
    }

    /// Adds one whole cluster; an empty one changes nothing.
    package mutating func add(cluster: Moments) {
        guard cluster.count > 0 else { return }
        let total = cluster.sum.value
        let size = Double(cluster.count)
        count += 1
        cases = cases.merging(cluster)
        totals.add(total, size)
        betweenSquares.add(total * (total / size))
    }

    /// Both samples as one. A cluster must not stand in both.
    package func merging(_ other: ClusterMoments) -> ClusterMoments {
        var all = self
        all.count += other.count
        all.cases = cases.merging(other.cases)
        all.totals = totals.merging(other.totals)
        all.betweenSquares.merge(other.betweenSquares)
        return all
    }

    /// The sum over clusters of the squared sum of deviations from the overall mean: what CR0 takes the root of.
    package var sumOfSquaredResidualTotals: Double {
        guard cases.count > 0 else { return 0 }
        let n = Double(cases.count)
        let sum = totals.a.sum
        var numerator = totals.a.sumOfSquares.times(n).times(n)
        numerator = numerator.subtracting(totals.sumOfProducts.times(sum).times(n).times(2))
        numerator.merge(totals.b.sumOfSquares.times(sum).times(sum))
        return max(0, numerator.value / n / n)
    }
}

/// Grouping of cases by the cluster they came from.
package enum Clusters {
    /// The moments of each cluster, in the order in which clusters first appear.
    package static func group<Key: Hashable>(
        _ values: [Double], by keys: [Key]
    ) throws(StatisticsError) -> [Moments] {
        var groups: [Moments] = []
        for members in try indices(of: values.count, by: keys) {
            groups.append(try Moments(members.lazy.map { values[$0] }))
        }
        return groups
    }

    /// The places of each cluster's cases, in the order in which clusters first appear.
    package static func indices<Key: Hashable>(
        of count: Int, by keys: [Key]
    ) throws(StatisticsError) -> [[Int]] {
        guard count == keys.count else {
            throw .mismatch("\(count) values have \(keys.count) clusters. Give the cluster of every value.")
        }
        var places: [Key: Int] = [:]
        var groups: [[Int]] = []
        for (index, key) in keys.enumerated() {
            if let place = places[key] {
                groups[place].append(index)
            } else {
                places[key] = groups.count
                groups.append([index])
            }
        }
        return groups
    }
}

import Statistics
import Testing

/// Clustered standard errors against statsmodels 0.15 (OLS with cov_type="cluster", use_correction False).
@Suite struct ClusteredErrors {
    private let values = [0.1, 0.4, 0.35, 0.8, 0.9, 0.7, 0.2, 0.25, 0.6, 0.5]
    private let clusters = [0, 0, 0, 1, 1, 2, 3, 3, 3, 4]

    @Test func evenClusters() throws {
        let values = [1.0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1]
        let clusters = (0..<12).map { $0 / 4 }
        let plain = try Mean.estimate(values)
        #expect(near(plain.standardError, 0.1421338109037403, within: 1e-13))
        let uncorrected = try ClusteredMean.estimate(values, clusters: clusters, correction: .none)
        #expect(near(uncorrected.standardError, 0.18002057495577398, within: 1e-13))
        let corrected = try ClusteredMean.estimate(values, clusters: clusters)
        #expect(near(corrected.standardError, 0.2204792759220493, within: 1e-13))
        #expect(corrected.clusters == 3 && corrected.n == 12 && corrected.notes == [.fewClusters(3)])
    }

    @Test func interleavedClusters() throws {
        let estimate = try ClusteredMean.estimate((0..<20).map(Double.init), clusters: (0..<20).map { $0 % 4 })
        #expect(near(estimate.standardError, 0.6454972243679026, within: 1e-13))
    }

    @Test func unevenClusters() throws {
        let uncorrected = try ClusteredMean.estimate(values, clusters: clusters, correction: .none)
        #expect(near(uncorrected.value, 0.48, within: 1e-14))
        #expect(near(uncorrected.standardError, 0.1047186707325871, within: 1e-13))
        let corrected = try ClusteredMean.estimate(values, clusters: clusters)
        #expect(near(corrected.interval?.lower, 0.15493649152898098, within: 1e-12))
        #expect(near(corrected.interval?.upper, 0.8050635084710189, within: 1e-12))
    }

    @Test func clustersOnBothSidesOfADifference() throws {
        // OLS on [1, side] with both samples under one list of clusters
        let estimate = try ClusteredDifference.unpaired(
            values, clustersOfA: clusters, [0.6, 0.5, 0.9, 0.8, 0.3, 0.75, 0.95], clustersOfB: [0, 0, 1, 3, 5, 5, 6],
            correction: .none)
        #expect(near(estimate.value, 0.2057142857142858, within: 1e-13))
        #expect(near(estimate.standardError, 0.09682198334990051, within: 1e-13))
        #expect(estimate.clusters == 7 && estimate.n == 17)
    }

    @Test func clustersOfOneChangeNothing() throws {
        let plain = try Mean.estimate(values)
        let clustered = try ClusteredMean.estimate(values, clusters: Array(values.indices))
        #expect(near(clustered.standardError, plain.standardError ?? 0, within: 1e-14))
        #expect(near(clustered.interval?.lower, plain.interval?.lower ?? 0, within: 1e-14))
    }

    @Test func pairedDifferencesOfClusters() throws {
        let other = values.map { 1 - $0 * $0 }
        let direct = try ClusteredMean.estimate(zip(values, other).map { $1 - $0 }, clusters: clusters)
        let paired = try ClusteredDifference.paired(values, other, clusters: clusters)
        #expect(paired == direct)
        let test = try #require(ClusteredDifference.test(paired))
        #expect(test.degreesOfFreedom == 4)
        #expect(near(test.statistic, paired.value / (paired.standardError ?? 1), within: 1e-14))
    }

    @Test func intraclassCorrelationAndDesignEffect() throws {
        // (MSB - MSW) / (MSB + (m0 - 1) MSW) in numpy
        let uneven = try ClusterEffect(try ClusterMoments(values, clusters: clusters))
        #expect(near(uneven.intraclassCorrelation, 0.6148362664290489, within: 1e-12))
        let even = try ClusterEffect(
            try ClusterMoments([1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1], clusters: (0..<12).map { $0 / 4 }))
        #expect(near(even.intraclassCorrelation, 0.3846153846153846, within: 1e-12))
        let ratio = 0.2204792759220493 / 0.1421338109037403
        #expect(near(even.designEffect, ratio * ratio, within: 1e-12))
        #expect(near(even.effectiveSize, 12 / (ratio * ratio), within: 1e-12))
    }

    @Test func edgesHaveAnswers() throws {
        let one = try ClusteredMean.estimate([1, 0, 1], clusters: ["a", "a", "a"])
        #expect(one.notes == [.oneCluster] && one.interval == nil && one.clusters == 1)
        let equal = try ClusteredMean.estimate([1, 1, 1], clusters: [1, 2, 2])
        #expect(equal.standardError == 0 && equal.interval == nil && equal.notes.contains(.allEqual))
        let alike = try ClusteredMean.estimate([0.1, 0.3, 0.2, 0.2, 0.3, 0.1], clusters: [1, 1, 2, 2, 3, 3])
        #expect(alike.standardError == 0 && alike.interval == nil && !alike.notes.contains(.allEqual))
        #expect(throws: StatisticsError.empty(what: "cases")) { try ClusteredMean.estimate([], clusters: [Int]()) }
        #expect(throws: StatisticsError.self) { try ClusteredMean.estimate([1, 2], clusters: [1]) }
        #expect(throws: StatisticsError.self) { try ClusterEffect(try ClusterMoments([1, 2], clusters: [1, 2])) }
        #expect(throws: StatisticsError.self) { try ClusterEffect(try ClusterMoments([1, 1, 1], clusters: [1, 2, 2])) }
    }
}

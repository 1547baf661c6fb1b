import Statistics
import Testing

/// Bootstrap and permutation: exact where that is possible, and repeatable for a seed.
@Suite struct Resampling {
    /// The means of every resample of `values`: 4^4 of four.
    private static func everyMean(of values: [Double]) -> [Double] {
        var sums = [0.0]
        for _ in values { sums = sums.flatMap { sum in values.map { sum + $0 } } }
        return sums.map { $0 / Double(values.count) }
    }

    private static let everyMean = everyMean(of: [1, 2, 4, 9])
    private static let everyMeanOfThree = everyMean(of: [0.5, 1.5, 7])

    @Test func percentileIntervalOfAllResamples() {
        // np.percentile(all, [2.5, 97.5]), all.std(ddof=1)
        let result = BootstrapResult(Self.everyMean, jackknives: [], BootstrapPlan(interval: .percentile))
        let made = result.interval(around: 4)
        #expect(made.interval == Interval(lower: 1.5, upper: 7.25, level: 0.95) && !made.isBCa)
        #expect(near(result.standardError, 1.5441223155858463, within: 1e-13))
    }

    @Test func quantilesAreInterpolated() {
        // np.percentile(np.arange(1, 102) ** 2, [2.5, 97.5])
        let result = BootstrapResult(
            (1...101).map { Double($0 * $0) }, jackknives: [], BootstrapPlan(interval: .percentile))
        let interval = result.interval(around: 0).interval
        #expect(near(interval.lower, 12.5) && near(interval.upper, 9702.5))
    }

    @Test func bcaIntervalOfAllResamples() {
        // scipy.stats._resampling._bca_interval with these replicates, then np.percentile
        let leftOut = [15.0 / 3, 14.0 / 3, 12.0 / 3, 7.0 / 3]
        let made = BootstrapResult(Self.everyMean, jackknives: [leftOut], BootstrapPlan()).interval(around: 4)
        #expect(made.isBCa)
        #expect(near(made.interval.lower, 1.75) && near(made.interval.upper, 7.75))
    }

    @Test func bcaIntervalOfADifference() {
        let replicates = Self.everyMean.flatMap { a in Self.everyMeanOfThree.map { $0 - a } }
        let jackknives = [[15.0, 14, 12, 7].map { -$0 / 3 }, [4.25, 3.75, 1]]
        let made = BootstrapResult(replicates, jackknives: jackknives, BootstrapPlan()).interval(around: -1)
        #expect(near(made.interval.lower, -5.25) && near(made.interval.upper, 3.416666666666667))
    }

    @Test func drawsApproachAllResamples() throws {
        var generator = SeededGenerator(seed: 5)
        let plan = BootstrapPlan(resamples: 200_000, interval: .percentile)
        let estimate = try Bootstrap.mean([1, 2, 4, 9], plan: plan, using: &generator)
        #expect(estimate.value == 4)
        #expect(near(estimate.standardError, 1.5441223155858463, within: 0.01))
        #expect(estimate.interval == Interval(lower: 1.5, upper: 7.25, level: 0.95))
        let corrected = try Bootstrap.mean(
            [1, 2, 4, 9], plan: BootstrapPlan(resamples: 200_000), using: &generator)
        #expect(corrected.method == .bootstrapBCa)
        #expect(corrected.interval == Interval(lower: 1.75, upper: 7.75, level: 0.95))
    }

    @Test func theSameSeedGivesTheSameInterval() throws {
        let values = (0..<101).map { Double($0 * $0 % 17) }
        let clusters = values.indices.map { $0 / 3 }
        let intervals = try [7, 7, 8].map { (seed: UInt64) in
            var generator = SeededGenerator(seed: seed)
            return try Bootstrap.clusteredMean(values, clusters: clusters, using: &generator).interval
        }
        #expect(intervals[0] == intervals[1])
        #expect(intervals[0] != intervals[2])
    }

    @Test func clustersAreResampledWhole() throws {
        var generator = SeededGenerator(seed: 1)
        let values = [1.0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1]
        let plan = BootstrapPlan(resamples: 100_000, interval: .percentile)
        let estimate = try Bootstrap.clusteredMean(
            values, clusters: (0..<12).map { $0 / 4 }, plan: plan, using: &generator)
        // For clusters of one size, the bootstrap's error is CR0: 0.180021.
        #expect(near(estimate.standardError, 0.18002057495577398, within: 0.005))
        #expect(estimate.method == .clusteredBootstrapPercentile && estimate.clusters == 3)
        #expect(estimate.notes == [.fewClusters(3)])
    }

    @Test func anyStatisticCanBeResampled() throws {
        var generator = SeededGenerator(seed: 2)
        let values = [1.0, 2, 4, 9]
        let plan = BootstrapPlan(resamples: 100_000)
        let mean = try Bootstrap.statistic(count: 4, plan: plan, using: &generator) { places in
            places.reduce(0) { $0 + values[$1] } / Double(places.count)
        }
        #expect(mean.value == 4 && mean.interval == Interval(lower: 1.75, upper: 7.75, level: 0.95))
        // Undefined where all places are the same: 4 of 256 resamples.
        let spread = try Bootstrap.statistic(count: 4, plan: plan, using: &generator) { places in
            Set(places).count > 1 ? 1 + Double(Set(places).count) : nil
        }
        let dropped = spread.notes.compactMap { if case .droppedResamples(let count) = $0 { count } else { nil } }
        #expect(dropped.count == 1 && abs(dropped[0] - 1562) < 200)
        #expect(throws: StatisticsError.self) {
            try Bootstrap.statistic(count: 3, plan: plan, using: &generator) { _ in nil }
        }
    }

    @Test func differencesOfSeparateSamples() throws {
        var generator = SeededGenerator(seed: 3)
        let plan = BootstrapPlan(resamples: 200_000)
        let estimate = try Bootstrap.difference([1, 2, 4, 9], [0.5, 1.5, 7], plan: plan, using: &generator)
        #expect(estimate.value == -1 && estimate.method == .bootstrapBCa)
        #expect(near(estimate.interval?.lower, -5.25, within: 0.05))
        #expect(near(estimate.interval?.upper, 3.416666666666667, within: 0.05))
    }

    @Test func clusteredDifferencesOfSeparateSamples() throws {
        var generator = SeededGenerator(seed: 4)
        let a = (0..<60).map { Double($0 * 7 % 11) / 10 }
        let b = a.map { $0 + 0.2 }
        let sources = a.indices.map { $0 / 3 }
        let estimate = try Bootstrap.clusteredDifference(
            a, clustersOfA: sources, b, clustersOfB: sources, using: &generator)
        // Both sides come with every cluster, so the difference is 0.2 in every resample.
        #expect(near(estimate.value, 0.2) && near(estimate.standardError, 0, within: 1e-12))
        #expect(estimate.clusters == 20 && estimate.n == 120)
    }

    @Test func bootstrapEdgesHaveAnswers() throws {
        var generator = SeededGenerator(seed: 1)
        #expect(throws: StatisticsError.empty(what: "cases")) { try Bootstrap.mean([], using: &generator) }
        #expect(throws: StatisticsError.self) {
            try Bootstrap.mean([1, 2], plan: BootstrapPlan(resamples: 10), using: &generator)
        }
        let one = try Bootstrap.mean([3], using: &generator)
        #expect(one.value == 3 && one.interval == nil && one.notes == [.oneCase])
        let equal = try Bootstrap.mean([3, 3, 3], using: &generator)
        #expect(equal.interval == nil && equal.standardError == 0 && equal.notes == [.allEqual])
        let cluster = try Bootstrap.clusteredMean([1, 2], clusters: ["a", "a"], using: &generator)
        #expect(cluster.interval == nil && cluster.notes == [.oneCluster])
    }

    @Test func signFlipsAreCountedExactly() throws {
        var generator = SeededGenerator(seed: 1)
        // st.permutation_test(..., permutation_type="samples", n_resamples=np.inf): 44 of 256
        let differences = [0.3, 0.1, -0.1, 0.4, 0.2, 0, 0.5, -0.2]
        let test = try SignFlip.test(differences, using: &generator)
        // st.ttest_1samp(differences, 0)
        #expect(near(try Mean.test(try Moments(differences)).pValue, 0.12687036692367099, within: 1e-12))
        #expect(test.pValue == 0.171875 && test.notes == [.exact(256)])
        #expect(try SignFlip.test([0, 0, 0], using: &generator).pValue == 1)
        #expect(try SignFlip.test([1], using: &generator).pValue == 1)
        #expect(try SignFlip.test(Array(repeating: 0.1, count: 20), using: &generator).pValue == 0x1p-19)
        #expect(throws: StatisticsError.empty(what: "differences")) { try SignFlip.test([], using: &generator) }
    }

    @Test func randomSignFlipsApproachTheTTest() throws {
        var generator = SeededGenerator(seed: 11)
        let differences = (0..<60).map { _ in generator.normal() + 0.25 }
        let t = try Mean.test(try Moments(differences))
        let test = try SignFlip.test(differences, using: &generator)
        #expect(test.notes == [.randomDraws(100_000)])
        #expect(near(test.pValue, t.pValue, within: 0.01))
        let certain = try SignFlip.test(Array(repeating: 1, count: 40), using: &generator)
        #expect(certain.pValue == 1.0 / 100_001)
    }

    @Test func twoSamplesArePermuted() throws {
        var generator = SeededGenerator(seed: 1)
        // st.permutation_test on the absolute difference of means, all 792 ways
        let a = [0.2, 0.5, 0.9, 0.4, 0.7, 0.65, 0.1]
        let b = [0.9, 0.8, 0.75, 0.95, 0.6]
        let test = try TwoSamplePermutation.test(a, b, using: &generator)
        #expect(near(test.pValue, 0.059343434343434344, within: 1e-15) && test.notes == [.exact(792)])
        #expect(try TwoSamplePermutation.test(b, a, using: &generator).pValue == test.pValue)
        #expect(try TwoSamplePermutation.test([1, 1], [1, 1], using: &generator).pValue == 1)
        let many = try TwoSamplePermutation.test(a + a + a, b + b + b, draws: 50_000, using: &generator)
        #expect(many.notes == [.randomDraws(50_000)] && many.pValue < 0.01 && many.pValue > 0)
    }
}

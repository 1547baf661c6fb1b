import Statistics
import Testing

/// 95 % intervals hold the truth in 93 to 97 % of simulated runs, on the cases that their documentation claims; where
/// it claims less or more, that is what is tested. Seeds are fixed, so a run gives the same figures everywhere.
@Suite struct Coverage {
    private static let claimed = 0.93...0.97

    /// The share of `runs` in which the interval holds `truth`.
    private static func share(
        _ truth: Double, runs: Int = 4000, seed: UInt64, _ run: (inout SeededGenerator) throws -> Estimate
    ) throws -> Double {
        let source = SeededGenerator(seed: seed)
        var held = 0
        for index in 0..<runs {
            var generator = source.stream(UInt64(index))
            let interval = try #require(try run(&generator).interval)
            if interval.contains(truth) { held += 1 }
        }
        return Double(held) / Double(runs)
    }

    private static func normals(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
        (0..<count).map { _ in generator.normal() }
    }

    /// Skewed: exponential with mean 1.
    private static func exponentials(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
        (0..<count).map { _ in ChiSquared.quantile(generator.unit(), degreesOfFreedom: 2) / 2 }
    }

    private static func successes(_ rate: Double, _ n: Int, _ generator: inout SeededGenerator) -> Int {
        (0..<n).reduce(0) { count, _ in count + (generator.unit() < rate ? 1 : 0) }
    }

    /// Clusters of 1 to 9 items that share half of their variance; mean 0.
    private static func clustered(
        _ clusters: Int, _ generator: inout SeededGenerator
    ) -> (values: [Double], clusters: [Int]) {
        var result: (values: [Double], clusters: [Int]) = ([], [])
        for cluster in 0..<clusters {
            let shared = generator.normal()
            for _ in 0..<1 + generator.index(below: 9) {
                result.values.append(shared + generator.normal())
                result.clusters.append(cluster)
            }
        }
        return result
    }

    @Test func tOfNormalScores() throws {
        let share = try Self.share(0, seed: 1) { try Mean.estimate(Self.normals(8, &$0)) }
        #expect(Self.claimed.contains(share), "\(share)")
    }

    @Test func tOfSkewedScores() throws {
        let share = try Self.share(1, seed: 2) { try Mean.estimate(Self.exponentials(80, &$0)) }
        #expect(Self.claimed.contains(share), "\(share)")
        // Documented: with few skewed scores it covers less.
        let few = try Self.share(1, seed: 3) { try Mean.estimate(Self.exponentials(10, &$0)) }
        #expect(few < 0.93 && few > 0.85, "\(few)")
    }

    @Test func pairedT() throws {
        let share = try Self.share(0.2, seed: 4) { generator in
            let a = Self.normals(25, &generator)
            let b = a.map { $0 + 0.2 + 0.5 * generator.normal() }
            return try PairedDifference.estimate(try PairMoments(a, b))
        }
        #expect(Self.claimed.contains(share), "\(share)")
    }

    @Test func welchOfUnequalSpreads() throws {
        let share = try Self.share(0, seed: 5) { generator in
            let a = try Moments(Self.normals(12, &generator))
            return try UnpairedDifference.estimate(a, try Moments(Self.normals(40, &generator).map { 4 * $0 }))
        }
        #expect(Self.claimed.contains(share), "\(share)")
    }

    @Test func clusteredT() throws {
        let share = try Self.share(0, seed: 6) { generator in
            let sample = Self.clustered(40, &generator)
            return try ClusteredMean.estimate(sample.values, clusters: sample.clusters)
        }
        #expect(Self.claimed.contains(share), "\(share)")
        // What ignoring the clusters does.
        let naive = try Self.share(0, seed: 6) { try Mean.estimate(Self.clustered(40, &$0).values) }
        #expect(naive < 0.75, "\(naive)")
    }

    @Test func clusteredDifferences() throws {
        let share = try Self.share(0.1, seed: 7) { generator in
            let a = Self.clustered(40, &generator)
            let b = Self.clustered(40, &generator)
            return try ClusteredDifference.unpaired(
                a.values, clustersOfA: a.clusters, b.values.map { $0 + 0.1 }, clustersOfB: b.clusters.map { $0 + 100 })
        }
        #expect(Self.claimed.contains(share), "\(share)")
    }

    @Test func repeatedSamples() throws {
        let share = try Self.share(0, seed: 8) { generator in
            try RepeatedSamples(Self.normals(30, &generator).map { item in
                Self.normals(4, &generator).map { item + $0 }
            }).mean
        }
        #expect(Self.claimed.contains(share), "\(share)")
    }

    @Test func wilsonOnAverageOverRates() throws {
        // A count has few outcomes, so single rates swing around the level; over rates it is met.
        var shares: [Double] = []
        for (index, n) in [20, 50, 100].enumerated() {
            for rate in stride(from: 0.05, through: 0.95, by: 0.05) {
                let seed = UInt64(100 * index) + UInt64(rate * 100)
                shares.append(try Self.share(rate, runs: 800, seed: seed) {
                    try Proportion.wilson(try ProportionCount(successes: Self.successes(rate, n, &$0), of: n))
                })
            }
        }
        let mean = shares.reduce(0, +) / Double(shares.count)
        #expect(Self.claimed.contains(mean), "\(mean)")
        #expect((shares.min() ?? 0) > 0.85)
    }

    @Test(arguments: [0.02, 0.1, 0.5, 0.93])
    func clopperPearsonCoversAtLeast(rate: Double) throws {
        let share = try Self.share(rate, seed: UInt64(rate * 1000)) {
            try Proportion.clopperPearson(try ProportionCount(successes: Self.successes(rate, 40, &$0), of: 40))
        }
        #expect(share >= 0.945, "\(share)")
    }

    @Test func newcombe() throws {
        let share = try Self.share(0.15, seed: 9) { generator in
            try ProportionDifference.newcombe(
                try ProportionCount(successes: Self.successes(0.6, 60, &generator), of: 60),
                try ProportionCount(successes: Self.successes(0.75, 80, &generator), of: 80))
        }
        #expect(Self.claimed.contains(share), "\(share)")
    }

    @Test func newcombeOfPairs() throws {
        let share = try Self.share(0.1, seed: 10) { generator in
            // The baseline passes 60 %; the candidate keeps 85 % of those and wins 47.5 % of the others: 70 %.
            let a = (0..<80).map { _ in generator.unit() < 0.6 }
            let b = a.map { generator.unit() < ($0 ? 0.85 : 0.475) }
            return try PairedOutcomes(a, b).difference()
        }
        #expect(Self.claimed.contains(share), "\(share)")
    }

    @Test func constantDifferencesCoverAtLeast() throws {
        // Scores of 0 and 1 that differ in one of a hundred cases: most runs of fifty see no difference at all.
        let share = try Self.share(0.01, seed: 11) { generator in
            let b = (0..<50).map { _ in generator.unit() < 0.01 ? 1.0 : 0 }
            let seen = b.reduce(0, +) / 50
            guard seen == 0 else { return try Proportion.clopperPearson(ProportionCount(b.map { $0 == 1 })) }
            return Estimate(
                value: 0, interval: try ConstantDifference.interval(0, n: 50, range: 1, level: 0.95), method: .t, n: 50)
        }
        #expect(share >= 0.945, "\(share)")
    }

    @Test(arguments: BootstrapInterval.allCases)
    func bootstrap(interval: BootstrapInterval) throws {
        let plan = BootstrapPlan(resamples: 1000, interval: interval)
        let normal = try Self.share(0, runs: 2000, seed: 12) { generator in
            try Bootstrap.mean(Self.normals(60, &generator), plan: plan, using: &generator)
        }
        let skewed = try Self.share(1, runs: 2000, seed: 13) { generator in
            try Bootstrap.mean(Self.exponentials(250, &generator), plan: plan, using: &generator)
        }
        #expect(Self.claimed.contains(normal) && Self.claimed.contains(skewed), "\(normal), \(skewed)")
        // Documented: too narrow for few cases.
        let few = try Self.share(0, runs: 2000, seed: 14) { generator in
            try Bootstrap.mean(Self.normals(8, &generator), plan: plan, using: &generator)
        }
        #expect(few < 0.93 && few > 0.83, "\(few)")
    }

    @Test(arguments: BootstrapInterval.allCases)
    func clusteredBootstrap(interval: BootstrapInterval) throws {
        let plan = BootstrapPlan(resamples: 1000, interval: interval)
        let share = try Self.share(0, runs: 2000, seed: 15) { generator in
            let sample = Self.clustered(100, &generator)
            return try Bootstrap.clusteredMean(sample.values, clusters: sample.clusters, plan: plan, using: &generator)
        }
        #expect(Self.claimed.contains(share), "\(share)")
    }

    @Test func bootstrapOfDifferences() throws {
        let plan = BootstrapPlan(resamples: 1000, interval: .percentile)
        let share = try Self.share(0.5, runs: 2000, seed: 16) { generator in
            let a = Self.exponentials(80, &generator)
            return try Bootstrap.difference(
                a, Self.exponentials(100, &generator).map { $0 + 0.5 }, plan: plan, using: &generator)
        }
        #expect(Self.claimed.contains(share), "\(share)")
        let clustered = try Self.share(0, runs: 400, seed: 17) { generator in
            let a = Self.clustered(60, &generator)
            let b = Self.clustered(60, &generator)
            return try Bootstrap.clusteredDifference(
                a.values, clustersOfA: a.clusters, b.values, clustersOfB: b.clusters, plan: plan, using: &generator)
        }
        #expect((0.92...0.98).contains(clustered), "\(clustered)")
    }

    @Test func passAtK() throws {
        // Items with rates spread evenly over 0...1: pass@3 is 1 - E (1 - p)^3 = 0.75 in the mean.
        let share = try Self.share(0.75, seed: 18) { generator in
            let items = try (0..<60).map { _ in
                try ProportionCount(successes: Self.successes(generator.unit(), 8, &generator), of: 8)
            }
            return try PassAtK.any(items: items, k: 3)
        }
        #expect(Self.claimed.contains(share), "\(share)")
    }

    @Test func testsRejectATrueHypothesisAsOftenAsTheySay() throws {
        let source = SeededGenerator(seed: 19)
        var rejected = (flip: 0, permutation: 0, t: 0)
        for index in 0..<1500 {
            var generator = source.stream(UInt64(index))
            let differences = Self.normals(12, &generator)
            let other = Self.normals(12, &generator)
            if try SignFlip.test(differences, using: &generator).pValue <= 0.05 { rejected.flip += 1 }
            let permuted = try TwoSamplePermutation.test(differences, other, draws: 999, using: &generator)
            if permuted.pValue <= 0.05 { rejected.permutation += 1 }
            if try Mean.test(try Moments(differences)).pValue <= 0.05 { rejected.t += 1 }
        }
        for count in [rejected.flip, rejected.permutation, rejected.t] {
            #expect((0.035...0.065).contains(Double(count) / 1500), "\(rejected)")
        }
    }

    @Test func aSampleOfTheSaidSizeFindsTheDifferenceAsOftenAsItSays() throws {
        let size = try SampleSize(variance: 1, power: 0.8)
        let n = try size.cases(difference: 0.3)
        let source = SeededGenerator(seed: 20)
        var found = 0
        for index in 0..<2000 {
            var generator = source.stream(UInt64(index))
            let estimate = try Mean.estimate(Self.normals(n, &generator).map { $0 + 0.3 })
            if (estimate.interval?.lower ?? 0) > 0 { found += 1 }
        }
        #expect((0.77...0.83).contains(Double(found) / 2000), "\(found)")
    }
}

import Statistics
import Testing

private func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool { abs(a - b) <= tolerance }

/// Data with given sums, squares and products: two points each way along the columns of the Cholesky factor of what is
/// left around the mean, and the rest at the mean.
private enum Made {
    static func rows(n: Int, sums: [Double], products: [[Double]]) -> [[Double]] {
        let k = sums.count
        let means = sums.map { $0 / Double(n) }
        var factor = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
        for i in 0..<k {
            for j in 0...i {
                var left = products[i][j] - sums[i] * means[j]
                for m in 0..<j { left -= factor[i][m] * factor[j][m] }
                factor[i][j] = i == j ? max(0, left).squareRoot() : left / factor[j][j]
            }
        }
        var rows = [[Double]](repeating: means, count: n - 2 * k)
        for column in 0..<k {
            for sign in [1.0,
                -1] { rows.append((0..<k).map { means[$0] + sign * factor[$0][column] / 2.0.squareRoot() }) }
        }
        return rows
    }

    static func mean(n: Int, sum: Double, squares: Double) throws -> MetricData {
        .mean(try Moments(rows(n: n, sums: [sum], products: [[squares]]).map { $0[0] }))
    }

    static func adjusted(n: Int, post: (Double, Double), pre: (Double, Double), product: Double) throws -> MetricData {
        let rows = rows(n: n, sums: [post.0, pre.0], products: [[post.1, product], [product, pre.1]])
        return .adjustedMean(try PairMoments(rows.map { $0[0] }, rows.map { $0[1] }))
    }
}

/// The targets of gbstats 0.8.0's frequentist tests, which give five decimals.
@Suite struct PublishedEffects {
    private let precision = 5.1e-6

    private func expect(
        _ estimate: Estimate, _ value: Double, _ lower: Double, _ upper: Double, _ error: Double,
        place: SourceLocation = #_sourceLocation
    ) throws {
        let interval = try #require(estimate.interval)
        #expect(near(estimate.value, value, precision), sourceLocation: place)
        #expect(near(interval.lower, lower, precision), "\(interval.lower)", sourceLocation: place)
        #expect(near(interval.upper, upper, precision), "\(interval.upper)", sourceLocation: place)
        #expect(near(estimate.standardError ?? 0, error, precision), sourceLocation: place)
    }

    private func revenue(_ na: Int) throws -> (MetricData, MetricData) {
        (
            try Made.mean(n: na, sum: 1396.87, squares: 52377.9767),
            try Made.mean(n: 3461, sum: 2422.7, squares: 134698.29)
        )
    }

    @Test func fixedRelative() throws {
        let (a, b) = try revenue(3407)
        let effect = try MetricEffect(control: a, treatment: b, scale: .relative)
        try expect(effect.fixed(), 0.70732, -0.03526, 1.44989, 0.37879)
        #expect(near(effect.test.pValue, 0.06191, precision))
    }

    @Test func fixedAbsolute() throws {
        let (a, b) = try revenue(3407)
        let effect = try MetricEffect(control: a, treatment: b)
        try expect(effect.fixed(), 0.29, 0.04538, 0.53462, 0.12478)
        #expect(near(effect.test.pValue, 0.02016, precision))
    }

    @Test func fixedProportions() throws {
        let a = MetricData.proportion(try ProportionCount(successes: 14, of: 28))
        let b = MetricData.proportion(try ProportionCount(successes: 16, of: 30))
        let effect = try MetricEffect(control: a, treatment: b, scale: .relative)
        try expect(effect.fixed(), 0.06667, -0.47767, 0.61101, 0.2717)
        #expect(near(effect.test.pValue, 0.80707, precision))
    }

    @Test func anytimeRelative() throws {
        let (a, b) = try revenue(3000)
        let effect = try MetricEffect(control: a, treatment: b, scale: .relative)
        try expect(effect.anytime(tunedFor: 1_000), 0.50336, -0.55844, 1.56516, 0.33341)
        #expect(try effect.anytimeTest(tunedFor: 1_000).pValue == 1)
    }

    @Test func anytimeProportions() throws {
        let a = MetricData.proportion(try ProportionCount(successes: 1396, of: 3000))
        let b = MetricData.proportion(try ProportionCount(successes: 2422, of: 3461))
        let effect = try MetricEffect(control: a, treatment: b, scale: .relative)
        try expect(effect.anytime(), 0.50386, 0.40098, 0.60675, 0.03386)
        #expect(try effect.anytimeTest().pValue < 1e-5)
    }

    @Test func anytimeAdjusted() throws {
        let a = try Made.adjusted(n: 3000, post: (1396.87, 52377.9767), pre: (16.87, 527.9767), product: 1)
        let b = try Made.adjusted(n: 3461, post: (2422.7, 134698.29), pre: (22.7, 1348.29), product: 1)
        let effect = try MetricEffect(control: a, treatment: b, scale: .relative)
        try expect(effect.anytime(), 0.50338, -0.50969, 1.51646, 0.33341)
    }

    @Test func anytimeOneSided() throws {
        let (a, b) = try revenue(3000)
        let relative = try MetricEffect(control: a, treatment: b, scale: .relative).anytimeBounds()
        #expect(near(relative.lower, -0.42356454602790883, 1e-9))
        #expect(near(relative.upper, 1.4302867177403806, 1e-9))
        let absolute = try MetricEffect(control: a, treatment: b).anytimeBounds()
        #expect(near(absolute.lower, -0.12656844172804982, 1e-9))
        #expect(near(absolute.upper, 0.5953217750613832, 1e-9))
    }

    @Test func oneSidedFixedIsTheNinetyPercentIntervalsEnd() throws {
        let (a, b) = try revenue(3000)
        let relative = try #require(try MetricEffect(control: a, treatment: b,
            scale: .relative).fixed(level: 0.9).interval)
        #expect(near(relative.lower, -0.045136675850396046, 1e-9))
        #expect(near(relative.upper, 1.0518588475628676, 1e-9))
        let absolute = try MetricEffect(control: a, treatment: b)
        #expect(near(try #require(try absolute.fixed(level: 0.9).interval).lower, 0.020791480063255735, 1e-9))
        #expect(near(absolute.test.pValue / 2, 0.03554272489873023, 1e-9))
    }

    @Test func tuningNearTheRealSizeIsTightest() throws {
        let (a, b) = try revenue(3000)
        let effect = try MetricEffect(control: a, treatment: b, scale: .relative)
        let widths = try [10, 6_461, 10_000].map { try #require(try effect.anytime(tunedFor: $0).interval).width }
        #expect(widths[1] < widths[2] && widths[2] < widths[0])
    }

    /// Outcome numerator and denominator, earlier numerator and denominator.
    private func ratio(
        _ sums: [Double], _ squares: [Double], _ products: (md: Double, mm: Double, mp: Double, dm: Double, dp: Double,
            pp: Double)
    ) throws -> MetricData {
        let p = products
        let matrix = [
            [squares[0], p.md, p.mm, p.mp], [p.md, squares[1], p.dm, p.dp], [p.mm, p.dm, squares[2], p.pp],
            [p.mp, p.dp, p.pp, squares[3]],
        ]
        return .adjustedRatio(try CrossMoments(Made.rows(n: 100, sums: sums, products: matrix)))
    }

    @Test func adjustedRatios() throws {
        let a = try ratio(
            [485.112236689623, 679.9093275844917, 192.59138069991536, 290.1398399750233],
            [2715.484666118136, 4939.424001640236, 460.076026390857, 920.9461385038898],
            (3602.146836776702, 1113.6215759318352, 1559.2878434944676, 1460.3181079276983, 2130.9404074446747,
            634.239482353647))
        let b = try ratio(
            [514.7757826608777, 705.4090874383759, 206.94157227402536, 302.54389139107326],
            [2994.897482705013, 5291.36604146392, 514.2903702246757, 994.4506208125663],
            (3918.1561431600717, 1237.0953021125997, 1701.0287270040265, 1604.0759503266522, 2292.081739775257,
            698.4173425817908))
        let effect = try MetricEffect(control: a, treatment: b, scale: .relative)
        try expect(effect.fixed(), -0.0007, -0.00841, 0.00700, 0.00391)
        #expect(near(effect.test.pValue, 0.85771, precision))
        try expect(effect.anytime(), -0.0007, -0.02063, 0.01923, 0.00391)
    }

    @Test func negatedMetricsHaveTheSameStandardError() throws {
        let (postA, preA) = ([1.0, 2.0, 1.5, 2.5, 2.0, 1.0, 1.5, 2.5], [1.5, 1.0, 2.0, 2.0, 2.5, 1.0, 1.0, 2.0])
        let (postB, preB) = ([1.5, 1.0, 2.0, 2.5, 1.0, 2.0, 2.5, 1.5], [1.0, 1.5, 2.0, 2.5, 1.0, 2.5, 2.0, 1.5])
        let numeratorsA: ([Double], [Double]) = ([12, 19, 16, 24, 21, 9, 14, 26], [16, 11, 21, 19, 26, 11, 9, 21])
        let earlierB: [Double] = [11, 17, 22, 27, 10, 27, 21, 16]
        let cases: [([Double], Double, Double)] = [
            ([17, 12, 23, 28, 12, 22, 29, 16], 0.1039280, 0.0286196), ([14, 9, 17, 23, 9, 18, 22, 13], -0.1372068,
            0.0223934),
        ]
        for (numeratorsB, lift, error) in cases {
            for sign in [1.0, -1] {
                let a = (0..<8).map { [sign * numeratorsA.0[$0], postA[$0], sign * numeratorsA.1[$0], preA[$0]] }
                let b = (0..<8).map { [sign * numeratorsB[$0], postB[$0], sign * earlierB[$0], preB[$0]] }
                let effect = try MetricEffect(
                    control: .adjustedRatio(CrossMoments(a)), treatment: .adjustedRatio(CrossMoments(b)),
                        scale: .relative,
                    theta: 0.5)
                #expect(near(effect.value, sign * lift, 1e-7))
                #expect(near(effect.standardError, error, 1e-7))
            }
        }
    }

    @Test func coefficientOfTheEarlierMetric() throws {
        let pairs = try PairMoments([2, 1, 5, 3], [0.3, 0.5, 0.9, 22])
        #expect(near(MetricData.theta(.adjustedMean(pairs), .adjustedMean(pairs)), 0.01864, precision))
        let flat = try PairMoments([2, 1, 5, 3], [0, 0, 0, 0])
        #expect(MetricData.theta(.adjustedMean(flat), .adjustedMean(flat)) == 0)
    }

    @Test func relativeEffectsKeepTheirDirectionBelowZero() throws {
        for (a, b) in [(-10.0, -5.0), (-10, -15), (-2, 3), (10, 15), (10, 5)] {
            let control = try Made.mean(n: 1_000, sum: a * 1_000, squares: (a * a + 4) * 1_000)
            let treatment = try Made.mean(n: 1_000, sum: b * 1_000, squares: (b * b + 4) * 1_000)
            let relative = try MetricEffect(control: control, treatment: treatment, scale: .relative)
            #expect(near(relative.value, (b - a) / abs(a), 1e-10))
            #expect(relative.standardError > 0)
        }
    }
}

@Suite struct RatioEffects {
    private let a = ([12.0, 7, 3, 14, 9, 5, 11, 8], [4.0, 3, 1, 5, 2, 2, 4, 3], [10.0, 6, 4, 11, 8, 5, 9, 7])
    private let b = ([15.0, 9, 6, 11, 12, 4, 13], [4.0, 3, 2, 3, 3, 1, 4], [12.0, 8, 5, 9, 10, 5, 11])

    @Test func deltaMethod() throws {
        // numpy: var(m - r d, ddof=1) / mean(d)^2 / n of each arm
        let control = MetricData.ratio(try RatioMoments(numerators: a.0, denominators: a.1))
        let treatment = MetricData.ratio(try RatioMoments(numerators: b.0, denominators: b.1))
        let absolute = try MetricEffect(control: control, treatment: treatment)
        #expect(near(absolute.value, 0.625))
        #expect(near(absolute.standardError, 0.22961536160656648))
        let relative = try MetricEffect(control: control, treatment: treatment, scale: .relative)
        #expect(near(relative.value, 0.21739130434782616))
        #expect(near(relative.standardError, 0.08995885413967761))
    }

    @Test func adjustmentByAnEarlierMetric() throws {
        // numpy and scipy ttest_ind(equal_var=False) on post - theta pre
        let control = MetricData.adjustedMean(try PairMoments(a.0, a.2))
        let treatment = MetricData.adjustedMean(try PairMoments(b.0, b.2))
        let effect = try MetricEffect(control: control, treatment: treatment)
        #expect(near(effect.theta, 1.4347826086956523))
        #expect(near(effect.value, -0.1622670807453419, 1e-11))
        #expect(near(effect.standardError, 0.2758805241234938, 1e-11))
        #expect(near(effect.test.pValue, 0.5702248432074446, 1e-10))
        #expect(near(effect.degreesOfFreedom, 9.432986241610768, 1e-9))
        #expect(try effect.fixed().method == .cuped)
    }

    @Test func mergingShardsIsOrderFreeToTheLastBit() throws {
        var generator = SeededGenerator(seed: 31)
        for width in 1...4 {
            let parts = try (0..<4).map { _ in
                try CrossMoments((0..<6).map { _ in (0..<width).map { _ in generator.normal() * 1e9 } })
            }
            let forwards = try parts.dropFirst().reduce(parts[0]) { try $0.merging($1) }
            let backwards = try parts.reversed().dropFirst().reduce(parts[3]) { try $0.merging($1) }
            let paired = try parts[1].merging(parts[3]).merging(parts[0].merging(parts[2]))
            #expect(forwards == backwards && forwards == paired)
            #expect(forwards.covariance(0, width - 1) == paired.covariance(0, width - 1))
        }
    }

    @Test func edges() throws {
        let flat = MetricData.mean(try Moments([1, 1, 1]))
        let one = MetricData.mean(try Moments([1]))
        let fine = MetricData.mean(try Moments([1, 2]))
        let zero = MetricData.mean(try Moments([-1, 1]))
        let empty = MetricData.ratio(try RatioMoments(numerators: [1, 2], denominators: [1, -1]))
        #expect(throws: StatisticsError.self) { try MetricEffect(control: flat, treatment: fine) }
        #expect(throws: StatisticsError.self) { try MetricEffect(control: one, treatment: fine) }
        #expect(throws: StatisticsError.self) { try MetricEffect(control: zero, treatment: fine, scale: .relative) }
        #expect(throws: StatisticsError.self) { try MetricEffect(control: empty, treatment: empty) }
        #expect(throws: StatisticsError.self) { try MetricEffect(control: fine, treatment: empty) }
        #expect(throws: StatisticsError.self) { try fine.merging(empty) }
        let narrow = MetricData.adjustedRatio(try CrossMoments([[1, 2], [2, 3]]))
        #expect(throws: StatisticsError.self) { try MetricEffect(control: narrow, treatment: narrow) }
    }
}

@Suite struct SampleRatios {
    @Test func chiSquaredAgainstTheWeights() throws {
        // scipy chisquare(f_obs, f_exp)
        let uneven = try SampleRatio.check([310, 98, 99], weights: [0.6, 0.2, 0.2])
        #expect(near(uneven.pValue, 0.8687525820812642))
        #expect(near(try #require(uneven.statistic), 0.2813938198553594))
        let even = try SampleRatio.check([5_010, 4_890, 5_123], weights: [1, 1, 1])
        #expect(near(even.pValue, 0.06646301629958176))
        #expect(even.degreesOfFreedom == 2)
    }

    private static let targets: [([Int], [Double], Double)] = [
        ([1_000, 1_200], [0.5, 0.5], 0.000020079), ([135, 115], [0.5, 0.5], 0.205903211),
        ([310, 98], [0.75, 0.25], 0.647434186), ([1_000, 1_200, 900], [0.5, 0.5, 0], 0.000020079),
        ([0, 0, 0], [0.34, 0.33, 0.33], 1), ([0, 10, 10], [0.34, 0.33, 0.33], 0.005790624),
        ([500, 500, 600], [0.34, 0.33, 0.33], 0.000592638), ([500, 500], [0.5, 0.5], 1),
    ]

    /// GrowthBook's own targets, which have nine decimals.
    @Test(arguments: targets)
    func publishedTargets(of target: ([Int], [Double], Double)) throws {
        #expect(near(try SampleRatio.check(target.0, weights: target.1).pValue, target.2, 5e-10))
    }

    @Test func edges() throws {
        #expect(try SampleRatio.check([0, 0], weights: [1, 1]).notes == [.empty])
        #expect(try SampleRatio.check([50, 50, 0], weights: [1, 1, 0]).pValue == 1)
        #expect(try SampleRatio.check([1_000_000, 0], weights: [1, 1]).pValue == 0)
        #expect(throws: StatisticsError.self) { try SampleRatio.check([1], weights: [1, 1]) }
        #expect(throws: StatisticsError.self) { try SampleRatio.check([1, 2], weights: [1, 0]) }
        #expect(throws: StatisticsError.self) { try SampleRatio.check([1, -2], weights: [1, 1]) }
    }
}

import Statistics
import Testing

private func near(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance }

/// The targets of confseq's own tests, which come from a reference in R and have a tolerance of 1e-5.
@Suite struct PublishedBoundaries {
    @Test func twoSided() throws {
        let mixture = try NormalMixture(tightestAt: 100)
        #expect(near(mixture.rho, 12.60056, 1e-5))
        #expect(near(mixture.logMartingale(sum: 10, v: 100), -0.6510052, 1e-5))
        #expect(near(try mixture.bound(v: 100), 30.35209, 1e-5))
    }

    @Test func oneSided() throws {
        let mixture = try NormalMixture(tightestAt: 100, oneSided: true)
        #expect(near(mixture.logMartingale(sum: 10, v: 100), -0.06502391, 1e-5))
        #expect(near(try mixture.bound(v: 100), 27.66071, 1e-5))
        #expect(mixture.closedBound(v: 100) > 27.66071 && mixture.closedBound(v: 100) < 28.2)
    }

    @Test(arguments: [
        (700, 1_000, 100.0, 0.651629, 0.745949), (15, 50, 50, 0.129556, 0.511896), (5, 50, 50, 0.013021, 0.269264),
        (1, 50, 50, 0, 0.13489), (1, 2, 50, 0, 1), (100, 200, 1, 0.328923, 0.671076), (0, 1, 50, 0, 1), (1, 1, 50, 0,
        1),
    ])
    func rates(of target: (Int, Int, Double, Double, Double)) throws {
        let sequence = try RateSequence(tightestAt: target.2)
        let interval = try #require(sequence.estimate(ProportionCount(successes: target.0, of: target.1)).interval)
        #expect(near(interval.lower, target.3, 1e-5), "\(interval)")
        #expect(near(interval.upper, target.4, 1e-5), "\(interval)")
    }

    @Test func betaBinomialMixture() throws {
        // g = 0.2, h = 0.8, v = 100 at sums of 10 and of the boundary 31.4308: 135 and 156.4308 of 625 at a rate of
        // 0.2.
        let sequence = try RateSequence(tightestAt: 625)
        #expect(near(sequence.logMartingale(successes: 135, n: 625, rate: 0.2), -0.6941012, 1e-5))
        #expect(near(sequence.logMartingale(successes: 156.4308, n: 625, rate: 0.2), 2.995732, 1e-4))
    }

    @Test(arguments: [(0.5, 70, 0.814704), (0.5, 85, 0.0838055), (0.5, 100, 0.0054947), (0.9, 55, 0.0340463)])
    func quantiles(of target: (Double, Int, Double)) throws {
        let sequence = try QuantileSequence(quantile: target.0, tightestAt: 100)
        let a = (1...1_000).map(Double.init)
        let b = a.map { $0 + Double(target.1) }
        #expect(near(try sequence.test(a: a, b: b).pValue, target.2, 1e-5))
        #expect(near(try sequence.test(a: b.reversed(), b: a).pValue, target.2, 1e-5))
    }

    @Test func quantileIntervals() throws {
        let sequence = try QuantileSequence(quantile: 0.5, tightestAt: 1_000)
        let estimate = try sequence.estimate((1...1_000).map(Double.init))
        let interval = try #require(estimate.interval)
        #expect(interval.contains(500) && interval.width > 60 && interval.width < 140, "\(interval)")
        let few = try sequence.estimate([3, 1, 2])
        #expect(few.notes.count == 1)
        #expect(try sequence.test(a: [1, 1, 1], b: [1, 1]).pValue == 1)
        #expect(throws: StatisticsError.self) { try sequence.test(a: [], b: [1]) }
        #expect(throws: StatisticsError.self) { try QuantileSequence(quantile: 1, tightestAt: 10) }
    }

    /// Three vendors' formulas are one: half^2 = V (V + tau^2) / tau^2 (2 ln(1/alpha) + ln((V + tau^2) / V)).
    @Test(arguments: [10, 500, 5_000, 1_000_000])
    func mixtureSequentialProbabilityRatioIsTheSameNumber(n: Int) throws {
        let mixture = try NormalMixture(tightestAt: 5_000)
        let variance = 1 / Double(n)
        let prior = 1 / mixture.rho
        let factor = variance * (variance + prior) / prior
        let half = try mixture.bound(v: Double(n)) / Double(n)
        let ratio = (half * half / factor) - 2 * 2.995732273553991
        // What is left of it is ln((V + tau^2) / V), which a p-value of a sum of zero gives too.
        #expect(near(ratio, -2 * mixture.logMartingale(sum: 0, v: Double(n)), 1e-9))
    }

    @Test func pValueReachesTheAlphaAtTheBoundary() throws {
        let mixture = try NormalMixture(rho: 3)
        for level in [0.8, 0.95, 0.999] {
            let bound = try mixture.bound(v: 40, level: level)
            #expect(near(mixture.pValue(sum: bound, v: 40), 1 - level, 1e-12))
        }
        #expect(mixture.pValue(sum: 0, v: 40) == 1)
    }

    @Test func edges() throws {
        #expect(throws: StatisticsError.self) { try NormalMixture(rho: 0) }
        #expect(throws: StatisticsError.self) { try NormalMixture(tightestAt: 100, level: 1) }
        #expect(throws: StatisticsError.self) { try NormalMixture(tightestAt: 100, level: 0.4, oneSided: true) }
        #expect(throws: StatisticsError.self) { try NormalMixture(rho: 1).bound(v: -1) }
        let nothing = try RateSequence(tightestAt: 10).estimate(ProportionCount(successes: 0, of: 0))
        #expect(nothing.interval == Interval(lower: 0, upper: 1, level: 0.95))
        #expect(nothing.notes == [.empty])
    }
}

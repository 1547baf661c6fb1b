import Statistics
import Testing

/// Special functions against references of 90 digits.
///
/// Tolerances are relative, and in the far tails allow for what one rounding of the argument does: a result of
/// exp(-L) is known to L units in the last place at best.
@Suite struct Distributions {
    private static func agrees(_ value: Double, _ reference: Double, _ tolerance: Double) -> Bool {
        guard reference != 0, abs(reference) > 1e-300 else { return abs(value) < 1e-290 || value == reference }
        let depth = max(1, abs(reference.exponent) > 30 ? Double(abs(reference.exponent)) / 30 : 1)
        return abs(value - reference) <= tolerance * depth * abs(reference)
    }

    @Test(arguments: DistributionReferences.normalCDF)
    func normal(row: [Double]) {
        #expect(Self.agrees(Normal.cdf(row[0]), row[1], 2e-15), "\(Normal.cdf(row[0])) is not \(row[1])")
        #expect(Self.agrees(Normal.survival(-row[0]), row[1], 2e-15))
    }

    @Test(arguments: DistributionReferences.normalQuantile)
    func normalQuantile(row: [Double]) {
        #expect(Self.agrees(Normal.quantile(row[0]), row[1], 2e-15), "\(Normal.quantile(row[0])) is not \(row[1])")
    }

    @Test(arguments: DistributionReferences.tSurvival)
    func studentT(row: [Double]) {
        let value = StudentT.survival(row[0], degreesOfFreedom: row[1])
        #expect(Self.agrees(value, row[2], 4e-14), "\(value) is not \(row[2])")
        #expect(abs(StudentT.cdf(row[0], degreesOfFreedom: row[1]) - (1 - row[2])) < 1e-15)
    }

    @Test(arguments: DistributionReferences.tQuantile)
    func studentTQuantile(row: [Double]) {
        let value = StudentT.quantile(row[0], degreesOfFreedom: row[1])
        #expect(Self.agrees(value, row[2], 2e-14), "\(value) is not \(row[2])")
    }

    @Test(arguments: DistributionReferences.beta)
    func beta(row: [Double]) {
        let lower = Beta.regularizedIncomplete(row[0], a: row[1], b: row[2])
        let upper = Beta.survival(row[0], a: row[1], b: row[2])
        #expect(Self.agrees(lower, row[3], 1e-13), "\(lower) is not \(row[3]) at \(row)")
        #expect(Self.agrees(upper, row[4], 1e-13), "\(upper) is not \(row[4]) at \(row)")
    }

    @Test(arguments: DistributionReferences.gamma)
    func gamma(row: [Double]) {
        let lower = Gamma.regularizedLower(a: row[0], x: row[1])
        let upper = Gamma.regularizedUpper(a: row[0], x: row[1])
        #expect(Self.agrees(lower, row[2], 5e-14), "\(lower) is not \(row[2]) at \(row)")
        #expect(Self.agrees(upper, row[3], 5e-14), "\(upper) is not \(row[3]) at \(row)")
    }

    @Test(arguments: DistributionReferences.f)
    func fisherF(row: [Double]) {
        let lower = FisherF.cdf(row[0], numerator: row[1], denominator: row[2])
        let upper = FisherF.survival(row[0], numerator: row[1], denominator: row[2])
        #expect(Self.agrees(lower, row[3], 5e-14), "\(lower) is not \(row[3]) at \(row)")
        #expect(Self.agrees(upper, row[4], 5e-14), "\(upper) is not \(row[4]) at \(row)")
    }

    @Test(arguments: DistributionReferences.binomial)
    func binomial(row: [Double]) {
        let (k, n) = (Int(row[0]), Int(row[1]))
        let values = [
            Binomial.probability(k, trials: n, p: row[2]), Binomial.cdf(k, trials: n, p: row[2]),
            Binomial.survival(k, trials: n, p: row[2]),
        ]
        for (value, reference) in zip(values, row[3...]) {
            #expect(Self.agrees(value, reference, 2e-13), "\(value) is not \(reference) at \(row)")
        }
    }

    @Test(arguments: DistributionReferences.binomtest)
    func binomialTwoSided(row: [Double]) {
        let value = Binomial.twoSidedP(Int(row[0]), trials: Int(row[1]), p: row[2])
        #expect(Self.agrees(value, row[3], 1e-11), "\(value) is not \(row[3]) at \(row)")
    }

    @Test func chiSquared() {
        // scipy.stats.chi2.sf(3.841458820694124, 1), .ppf(0.95, 1), .cdf(2, 3)
        #expect(abs(ChiSquared.survival(3.841458820694124, degreesOfFreedom: 1) - 0.05) < 1e-15)
        #expect(abs(ChiSquared.quantile(0.95, degreesOfFreedom: 1) - 3.841458820694124) < 2e-14)
        #expect(abs(ChiSquared.cdf(2, degreesOfFreedom: 3) - 0.42759329552912023) < 1e-15)
    }
}

/// Quantiles undo distribution functions.
@Suite struct QuantileRoundTrips {
    static let probabilities: [Double] = [1e-280, 1e-60, 1e-12, 1e-4, 0.025, 0.3, 0.5, 0.77, 0.975, 0.9999, 1 - 1e-12]

    @Test(arguments: probabilities)
    func normal(p: Double) {
        let back = Normal.cdf(Normal.quantile(p))
        // One unit in z moves the probability by z^2 units.
        let tolerance = 4e-16 * (2 + Normal.quantile(p) * Normal.quantile(p))
        #expect(abs(back - p) <= tolerance * p)
    }

    @Test(arguments: probabilities, [0.3, 0.5, 1.0, 2.5, 17, 400])
    func beta(p: Double, a: Double) {
        for b in [0.4, 1, 3, 60, 5_000] {
            let x = Beta.quantile(p, a: a, b: b)
            #expect((0...1).contains(x))
            guard x > 1e-290, x < 1 else { continue }
            Self.undoes(x, p) { Beta.regularizedIncomplete($0, a: a, b: b) }
        }
    }

    @Test(arguments: probabilities, [0.5, 1.0, 2, 7.5, 100, 12_345])
    func chiSquared(p: Double, degreesOfFreedom: Double) {
        let x = ChiSquared.quantile(p, degreesOfFreedom: degreesOfFreedom)
        guard x > 1e-290 else { return }
        Self.undoes(x, p) { ChiSquared.cdf($0, degreesOfFreedom: degreesOfFreedom) }
    }

    @Test(arguments: probabilities, [0.5, 1.0, 2, 7.5, 100, 1e6])
    func studentT(p: Double, degreesOfFreedom: Double) {
        let t = StudentT.quantile(p, degreesOfFreedom: degreesOfFreedom)
        guard abs(t) < 1e140 else { return }
        Self.undoes(t, p) { StudentT.cdf($0, degreesOfFreedom: degreesOfFreedom) }
    }

    @Test(arguments: probabilities)
    func fisherF(p: Double) {
        for (d1, d2) in [(1.0, 1.0), (2, 9), (30, 4), (200, 1_000)] {
            let f = FisherF.quantile(p, numerator: d1, denominator: d2)
            guard f > 1e-290 else { continue }
            Self.undoes(f, p) { FisherF.cdf($0, numerator: d1, denominator: d2) }
        }
    }

    /// The distribution function gives `p` back, as far as the neighbouring numbers of `x` allow it.
    private static func undoes(_ x: Double, _ p: Double, _ cdf: (Double) -> Double) {
        let back = cdf(x)
        let slack = 2e-13 * p + 4 * abs(cdf(x.nextUp) - cdf(x.nextDown))
        #expect(abs(back - p) <= slack, "\(x) gives \(back) for \(p)")
    }

    @Test func endsAreTheRangesEnds() {
        #expect(Normal.quantile(0) == -.infinity)
        #expect(Normal.quantile(1) == .infinity)
        #expect(StudentT.quantile(0.5, degreesOfFreedom: 3) == 0)
        #expect(Beta.quantile(0, a: 2, b: 3) == 0)
        #expect(Beta.quantile(1, a: 2, b: 3) == 1)
        #expect(ChiSquared.quantile(1, degreesOfFreedom: 2) == .infinity)
        #expect(ChiSquared.survival(-1, degreesOfFreedom: 2) == 1)
    }
}

@Suite struct SeededRandomness {
    @Test func isTheAuthorsSequence() {
        // SplitMix64 and xoshiro256** as published: the first outputs of the C programs for seed 1234567.
        var generator = SeededGenerator(seed: 1_234_567)
        var again = SeededGenerator(seed: 1_234_567)
        let first = (0..<8).map { _ in generator.next() }
        #expect(first == (0..<8).map { _ in again.next() })
        #expect(first.prefix(3) == [3504822795582309479, 1819558768956484042, 1250851346055027673])
    }

    @Test func streamsDependOnSeedAndIndexOnly() {
        var base = SeededGenerator(seed: 7)
        let early = base.stream(3)
        _ = base.next()
        #expect(base.stream(3) == early)
        #expect(base.stream(4) != early)
        #expect(SeededGenerator(seed: 8).stream(3) != early)
    }

    @Test func boundedNumbersAreEven() {
        var generator = SeededGenerator(seed: 11)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[generator.index(below: 7)] += 1 }
        let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
        #expect(ChiSquared.survival(chiSquare, degreesOfFreedom: 6) > 0.001)
    }

    @Test func normalNumbersHaveTheirMoments() {
        var generator = SeededGenerator(seed: 5)
        let draws = (0..<100_000).map { _ in generator.normal() }
        let mean = draws.reduce(0, +) / 100_000
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
        #expect(abs(mean) < 0.01)
        #expect(abs(variance - 1) < 0.02)
    }
}

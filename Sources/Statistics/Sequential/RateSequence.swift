#if canImport(Glibc)
import Glibc
#endif

/// An always-valid interval of a rate, such as a pass rate that is watched while cases come in.
///
/// The two-sided beta-binomial mixture of Howard and others (2021, proposition 7) for centred coin tosses, inverted
/// over the rate. Exact for independent cases of one rate: no normal approximation, so it holds from the first case.
package struct RateSequence: Sendable, Hashable {
    /// Cases at which the interval is tightest.
    package let tightestAt: Double
    package let level: Double

    /// Throws unless the level is in 0...1 and `tightestAt` more than 0.
    package init(tightestAt: Double, level: Double = 0.95) throws(StatisticsError) {
        try Check.level(level)
        try Check.positive(tightestAt, "The number of cases to be tightest at")
        self.tightestAt = tightestAt
        self.level = level
    }

    /// The interval after so many cases; 0...1 while there are none.
    package func estimate(_ count: ProportionCount) -> Estimate {
        guard let rate = count.proportion else {
            let all = Interval(lower: 0, upper: 1, level: level)
            return Estimate(value: 0.5, interval: all, method: .confidenceSequence, n: 0, notes: [.empty])
        }
        var result = Estimate(value: rate, method: .confidenceSequence, n: count.n)
        if count.successes == 0 { result.notes.append(.allZero) }
        if count.failures == 0 { result.notes.append(.allOne) }
        let threshold = -log1p(-level)
        let (k, n) = (Double(count.successes), Double(count.n))
        let lower = rate == 0 ? 0 : rate - edge(rate, threshold) { logMartingale(successes: k, n: n, rate: rate - $0) }
        let upper = rate == 1
            ? 1 : rate + edge(1 - rate, threshold) { logMartingale(successes: k, n: n, rate: rate + $0) }
        result.interval = Interval(lower: max(0, lower), upper: min(1, upper), level: level)
        return result
    }

    /// The distance from the observed rate at which the martingale reaches the threshold; all of `room` if it never
    /// does.
    private func edge(_ room: Double, _ threshold: Double, _ evidence: (Double) -> Double) -> Double {
        let end = room * (1 - 1e-15)
        return evidence(end) < threshold ? room : Root.increasing(from: 0, to: end, target: threshold, evidence)
    }

    /// The log of the mixture's martingale: evidence against the rate being `rate`, given `successes` of `n` cases.
    ///
    /// Infinite at a rate of 0 or 1 that the cases contradict or can't show.
    package func logMartingale(successes: Double, n: Double, rate: Double) -> Double {
        guard rate > 0, rate < 1 else { return .infinity }
        let variance = rate * (1 - rate)
        let twice = -2 * log1p(-level)
        let rho = tightestAt * variance / (twice + log1p(twice))
        let r = max(rho - variance, 1e-3 * variance)
        let (priorFailures, priorSuccesses) = (r / rate, r / (1 - rate))
        let gain = Beta.logBeta(priorFailures + n - successes, priorSuccesses + successes)
            - Beta.logBeta(priorFailures, priorSuccesses)
        return gain - successes * log(rate) - (n - successes) * log1p(-rate)
    }
}

#if canImport(Glibc)
import Glibc
#endif

/// Always-valid comparison of a quantile (such as the 95 % latency) of two samples that may be looked at all the time.
///
/// S. Howard and A. Ramdas (2022, "Sequential estimation of quantiles with applications to A/B testing and best-arm
/// identification"): a value is the quantile of both samples only if the share below it fits in both; the evidence
/// against equality is the least evidence over all common values. Exact for independent cases of any distribution.
package struct QuantileSequence: Sendable, Hashable {
    /// Which quantile, 0.95 for the value that 95 % of cases stay below.
    package let quantile: Double
    private let rates: RateSequence

    /// - Parameter tightestAt: cases of each sample at which the test is sharpest.
    ///
    /// Throws unless quantile and level are between 0 and 1 and `tightestAt` is more than 0.
    package init(quantile: Double, tightestAt: Double, level: Double = 0.95) throws(StatisticsError) {
        guard quantile > 0, quantile < 1 else {
            throw .outOfRange(what: "The quantile", value: quantile, allowed: "between 0 and 1, such as 0.95")
        }
        self.quantile = quantile
        rates = try RateSequence(tightestAt: tightestAt, level: level)
    }

    /// The always-valid p-value of the two quantiles being equal. Throws where a sample is empty or not finite.
    package func test(a: [Double], b: [Double]) throws(StatisticsError) -> TestResult {
        guard !a.isEmpty, !b.isEmpty else { throw .empty(what: "cases in one of the samples") }
        try Check.finite(a + b, "cases")
        let arms = [Arm(a, quantile, rates), Arm(b, quantile, rates)]
        let least = (a + b).reduce(Double.infinity) { least, value in
            min(least, arms.reduce(0) { $0 + $1.evidence(against: value) })
        }
        return TestResult(pValue: min(1, exp(-least)), method: "quantile-mixture", n: a.count + b.count)
    }

    /// An always-valid interval of the quantile itself: the values that the sample does not speak against.
    ///
    /// An end that no number of cases so far can settle is the sample's own end, with a note. Throws where the sample
    /// is empty or not finite.
    package func estimate(_ values: [Double]) throws(StatisticsError) -> Estimate {
        guard !values.isEmpty else { throw .empty(what: "cases") }
        try Check.finite(values, "cases")
        let arm = Arm(values, quantile, rates)
        let threshold = -log1p(-rates.level)
        let fitting = arm.sorted.filter { arm.evidence(against: $0) < threshold }
        let place = min(values.count - 1, Int(quantile * Double(values.count)))
        var result = Estimate(value: arm.sorted[place], method: .confidenceSequence, n: values.count)
        guard let lower = fitting.first, let upper = fitting.last else { return result }
        result.interval = Interval(lower: lower, upper: upper, level: rates.level)
        if lower == arm.sorted[0] || upper == arm.sorted[values.count - 1] {
            result.notes.append(.text("The interval ends where the sample does; the quantile may lie beyond."))
        }
        return result
    }

    /// A sorted sample and what it says of a value being its quantile.
    private struct Arm {
        let sorted: [Double]
        private let quantile: Double
        private let rates: RateSequence
        /// The count below that fits the quantile best.
        private let best: Double

        init(_ values: [Double], _ quantile: Double, _ rates: RateSequence) {
            sorted = values.sorted()
            (self.quantile, self.rates) = (quantile, rates)
            let n = Double(values.count)
            best = Self.minimum(0, n) { rates.logMartingale(successes: $0, n: n, rate: quantile) }
        }

        /// The least evidence over all counts that `value` allows: cases equal to it may lie on either side.
        func evidence(against value: Double) -> Double {
            let count = min(max(best, Double(first { $0 >= value })), Double(first { $0 > value }))
            return rates.logMartingale(successes: count, n: Double(sorted.count), rate: quantile)
        }

        private func first(_ predicate: (Double) -> Bool) -> Int {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if predicate(sorted[middle]) { high = middle } else { low = middle + 1 }
            }
            return low
        }

        /// Of a convex function, by golden sections.
        private static func minimum(_ from: Double, _ to: Double, _ function: (Double) -> Double) -> Double {
            let golden = 0.381_966_011_250_105
            var (low, high) = (from, to)
            while high - low > 1e-9 * max(1, to) {
                let (left, right) = (low + golden * (high - low), high - golden * (high - low))
                if function(left) < function(right) { high = right } else { low = left }
            }
            return (low + high) / 2
        }
    }
}

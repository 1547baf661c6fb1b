/// The difference of the means of two separate samples, candidate (b) minus baseline (a).
package enum UnpairedDifference {
    /// Welch's interval: variances of their own, degrees of freedom by Satterthwaite (Welch 1947).
    ///
    /// A side with one case, or both sides without spread: no interval. Throws where a side is empty.
    package static func estimate(
        _ a: Moments, _ b: Moments, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        guard let first = a.mean, let second = b.mean else { throw .empty(what: "cases on one of the sides") }
        var result = Estimate(value: second - first, method: .welch, n: a.count + b.count)
        guard let spread = Spread(a, b) else {
            result.notes = [.oneCase]
            return result
        }
        result.standardError = spread.standardError
        guard spread.standardError > 0 else {
            result.notes = [.allEqual]
            return result
        }
        result.interval = Mean.tInterval(
            result.value, error: spread.standardError, degreesOfFreedom: spread.degreesOfFreedom, level: level)
        return result
    }

    /// Welch's t test, two-sided (equal to `scipy.stats.ttest_ind(equal_var=False)`).
    ///
    /// Throws where a side has fewer than two cases, and where neither has any spread.
    package static func test(_ a: Moments, _ b: Moments) throws(StatisticsError) -> TestResult {
        guard let first = a.mean, let second = b.mean, let spread = Spread(a, b) else {
            throw .tooFew(what: "cases on one of the sides", have: min(a.count, b.count), need: 2)
        }
        guard spread.standardError > 0 else { throw .noVariation(what: "values of each side") }
        let t = (second - first) / spread.standardError
        return TestResult(
            statistic: t, pValue: Mean.twoSidedP(t, degreesOfFreedom: spread.degreesOfFreedom), method: "welch-t",
            degreesOfFreedom: spread.degreesOfFreedom, n: a.count + b.count)
    }

    /// Cohen's d with the root of the mean of both variances (Cohen 1988); `nil` without spread.
    package static func effectSize(_ a: Moments, _ b: Moments) -> Double? {
        guard let first = a.mean, let second = b.mean, let va = a.variance, let vb = b.variance, va + vb > 0 else {
            return nil
        }
        return (second - first) / ((va + vb) / 2).squareRoot()
    }

    /// The standard error of the difference and Satterthwaite's degrees of freedom.
    private struct Spread {
        var standardError: Double
        var degreesOfFreedom: Double

        init?(_ a: Moments, _ b: Moments) {
            guard let va = a.variance, let vb = b.variance else { return nil }
            let sa = va / Double(a.count)
            let sb = vb / Double(b.count)
            standardError = (sa + sb).squareRoot()
            // As shares of the sum, so that tiny variances don't underflow when squared.
            let shareA = sa + sb > 0 ? sa / (sa + sb) : 0
            let shareB = 1 - shareA
            degreesOfFreedom = 1 / (shareA * shareA / Double(a.count - 1) + shareB * shareB / Double(b.count - 1))
        }
    }
}

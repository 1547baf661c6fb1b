/// The mean of one sample with its standard error and interval.
///
/// The unit of the sample is the item of a data set. Where several items share a source (a document, a conversation),
/// use ``ClusteredMean``; where every item was sampled several times, ``RepeatedSamples``.
package enum Mean {
    /// Mean, s / sqrt(n) with s from n - 1, and the t interval with n - 1 degrees of freedom (Student 1908; for
    /// evaluations Miller 2024, arXiv 2411.00640).
    ///
    /// The interval covers what it says for roughly normal scores, or for n of about 80 and more with skewed ones; for
    /// 0/1 scores ``Proportion/wilson(_:level:)`` is better. One case: no standard error. All equal: standard error 0
    /// and no interval, as the sample knows nothing of the spread. Throws where there are no cases.
    package static func estimate(_ moments: Moments, level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        guard let mean = moments.mean else { throw .empty(what: "cases") }
        let n = moments.count
        guard let variance = moments.variance else {
            return Estimate(value: mean, method: .t, n: n, notes: [.oneCase])
        }
        let error = (variance / Double(n)).squareRoot()
        if moments.isConstant {
            return Estimate(value: mean, standardError: 0, method: .t, n: n, notes: constantNotes(mean))
        }
        let interval = tInterval(mean, error: error, degreesOfFreedom: Double(n - 1), level: level)
        return Estimate(value: mean, standardError: error, interval: interval, method: .t, n: n)
    }

    /// As ``estimate(_:level:)`` of the moments. Throws where a value is not finite.
    package static func estimate(_ values: [Double], level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try estimate(try Moments(values), level: level)
    }

    /// Whether the mean differs from `expected`: the one-sample t test, two-sided.
    ///
    /// Throws for fewer than two values and where all are equal.
    package static func test(
        _ moments: Moments, against expected: Double = 0
    ) throws(StatisticsError) -> TestResult {
        guard let mean = moments.mean, let variance = moments.variance else {
            throw .tooFew(what: "values", have: moments.count, need: 2)
        }
        guard variance > 0 else { throw .noVariation(what: "values") }
        let degrees = Double(moments.count - 1)
        let t = (mean - expected) / (variance / Double(moments.count)).squareRoot()
        return TestResult(
            statistic: t, pValue: twoSidedP(t, degreesOfFreedom: degrees), method: "one-sample-t",
            degreesOfFreedom: degrees, n: moments.count)
    }

    /// The value plus and minus the t quantile times the standard error.
    static func tInterval(
        _ value: Double, error: Double, degreesOfFreedom: Double, level: Double
    ) -> Interval {
        // From the lower tail, where small probabilities keep their digits.
        let factor = -StudentT.quantile((1 - level) / 2, degreesOfFreedom: degreesOfFreedom)
        return Interval(lower: value - factor * error, upper: value + factor * error, level: level)
    }

    /// Two-sided p of a t statistic.
    static func twoSidedP(_ t: Double, degreesOfFreedom: Double) -> Double {
        min(1, 2 * StudentT.survival(abs(t), degreesOfFreedom: degreesOfFreedom))
    }

    private static func constantNotes(_ value: Double) -> [Note] {
        switch value {
        case 0: [.allEqual, .allZero]
        case 1: [.allEqual, .allOne]
        default: [.allEqual]
        }
    }
}

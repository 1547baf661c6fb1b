/// A pass rate seen through an imperfect judge, corrected for the judge's errors (Rogan and Gladen 1978).
///
/// True rate = (observed + specificity - 1) / (sensitivity + specificity - 1). The judge's rates come from cases that
/// people labelled too, other than the observed ones or a small share of them. A judge no better than a coin
/// (sensitivity + specificity at most 1) carries no information, and is thrown as such.
package enum RoganGladen {
    /// The correction with known rates, cut to 0...1.
    ///
    /// - Parameters:
    ///   - observed: the judged pass rate.
    ///   - truePositiveRate: the judge's sensitivity.
    ///   - falsePositiveRate: 1 - the judge's specificity.
    package static func corrected(
        observed: Double, truePositiveRate: Double, falsePositiveRate: Double
    ) throws(StatisticsError) -> Double {
        for rate in [observed, truePositiveRate, falsePositiveRate] where !(0...1).contains(rate) {
            throw .outOfRange(what: "A rate", value: rate, allowed: "0 to 1")
        }
        let power = truePositiveRate - falsePositiveRate
        guard power > 0 else {
            throw .undefined(
                "The judge passes bad answers as often as good ones, so its verdicts say nothing. Mend it first.")
        }
        return min(1, max(0, (observed - falsePositiveRate) / power))
    }

    /// The correction with the interval of Lang and Reiczigel (2014, "Confidence limits for prevalence of disease
    /// adjusted for estimated sensitivity and specificity"), which takes the doubt about all three rates in and has
    /// answers at 0 and 1 as well.
    ///
    /// - Parameters:
    ///   - observed: judged passes among cases without human labels.
    ///   - judge: the judge on cases with human labels.
    package static func estimate(
        observed: ProportionCount, judge: ConfusionMatrix, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        guard let rate = observed.proportion else { throw .empty(what: "judged cases") }
        let sensitivity = try judge.truePositiveRate().value
        let specificity = try judge.trueNegativeRate().value
        let value = try corrected(
            observed: rate, truePositiveRate: sensitivity, falsePositiveRate: 1 - specificity)
        let raw = (rate + specificity - 1) / (sensitivity + specificity - 1)
        var result = Estimate(
            value: value, method: .roganGladen, n: observed.n, notes: raw == value ? [] : [.clamped(raw)])
        let adjusted = Adjusted(observed: observed, judge: judge, z: Normal.factor(level: level))
        guard adjusted.power > 0 else { return result }
        result.standardError = adjusted.error
        let ends = adjusted.ends
        result.interval = Interval(lower: min(1, max(0, ends.0)), upper: max(0, min(1, ends.1)), level: level)
        return result
    }

    /// With a bootstrap interval: verdicts, and the judge's hits among positives and negatives, are drawn anew.
    ///
    /// Percentile interval; too narrow where a rate is 0 or 1, which ``estimate(observed:judge:level:)`` is not.
    package static func bootstrap(
        observed: ProportionCount, judge: ConfusionMatrix, plan: BootstrapPlan = BootstrapPlan(),
        using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Estimate {
        try plan.check()
        var result = try estimate(observed: observed, judge: judge, level: plan.level)
        let positives = try ProportionCount(
            successes: judge.truePositives, of: judge.truePositives + judge.falseNegatives)
        let negatives = try ProportionCount(
            successes: judge.falsePositives, of: judge.falsePositives + judge.trueNegatives)
        var draws = SeededGenerator(seed: generator.next())
        var values: [Double] = []
        for _ in 0..<plan.resamples {
            let rates = [observed, positives, negatives].map { count in redrawn(count, &draws) }
            let value = try? corrected(observed: rates[0], truePositiveRate: rates[1], falsePositiveRate: rates[2])
            if let value { values.append(value) }
        }
        guard values.count * 2 > plan.resamples else {
            throw .undefined("In most resamples the judge says nothing. Label more cases, or mend the judge.")
        }
        let percentile = BootstrapPlan(resamples: plan.resamples, level: plan.level, interval: .percentile)
        let made = BootstrapResult(values, jackknives: [], percentile)
        result.standardError = made.standardError
        result.interval = made.interval(around: result.value).interval
        result.method = .bootstrapPercentile
        if values.count < plan.resamples { result.notes.append(.droppedResamples(plan.resamples - values.count)) }
        return result
    }

    private static func redrawn(_ count: ProportionCount, _ generator: inout SeededGenerator) -> Double {
        guard let p = count.proportion, p > 0, p < 1 else { return count.proportion ?? 0 }
        var hits = 0
        for _ in 0..<count.n where generator.unit() < p { hits += 1 }
        return Double(hits) / Double(count.n)
    }

    /// Every rate drawn a little towards one half before the delta method is used on it.
    private struct Adjusted {
        private let z: Double
        private let rate: (p: Double, n: Double)
        private let sensitivity: (p: Double, n: Double)
        private let specificity: (p: Double, n: Double)

        init(observed: ProportionCount, judge: ConfusionMatrix, z: Double) {
            self.z = z
            let n = Double(observed.n) + z * z
            rate = ((Double(observed.successes) + z * z / 2) / n, n)
            let positives = Double(judge.truePositives + judge.falseNegatives) + 2
            let negatives = Double(judge.falsePositives + judge.trueNegatives) + 2
            sensitivity = ((Double(judge.truePositives) + 1) / positives, positives)
            specificity = ((Double(judge.trueNegatives) + 1) / negatives, negatives)
        }

        var power: Double { sensitivity.p + specificity.p - 1 }
        private var value: Double { (rate.p + specificity.p - 1) / power }

        private func variance(_ share: (p: Double, n: Double)) -> Double { share.p * (1 - share.p) / share.n }

        var error: Double {
            let own = value * value * variance(sensitivity)
            let others = (1 - value) * (1 - value) * variance(specificity)
            return (variance(rate) + own + others).squareRoot() / power
        }

        var ends: (Double, Double) {
            let shift = 2 * z * z * (value * variance(sensitivity) - (1 - value) * variance(specificity))
            return (value + shift - z * error, value + shift + z * error)
        }
    }
}

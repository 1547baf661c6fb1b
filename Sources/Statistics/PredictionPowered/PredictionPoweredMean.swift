#if canImport(Glibc)
import Glibc
#endif

/// The mean that people would give all cases, from a few human labels and many of a judge: prediction-powered inference
/// (Angelopoulos, Bates, Fannjiang, Jordan and Zrnic 2023; power tuning: Angelopoulos, Duchi and Zrnic 2023, "PPI++").
///
/// Valid however bad the judge is; a bad judge only makes it no better than the human labels alone. The labelled cases
/// have to be a random sample of all. A frozen, additive value, exact as ``Moments``.
package struct PredictionPoweredMean: Sendable, Hashable {
    /// The cases that both labelled: the human's as a, the judge's as b.
    package let labelled: PairMoments
    /// The judge's labels of all other cases.
    package let judged: Moments

    package init(labelled: PairMoments, judged: Moments) {
        self.labelled = labelled
        self.judged = judged
    }

    /// Throws where the first two differ in length or a value is not finite.
    package init(human: [Double], judgeOnSame: [Double], judgeOnOthers: [Double]) throws(StatisticsError) {
        self.init(labelled: try PairMoments(human, judgeOnSame), judged: try Moments(judgeOnOthers))
    }

    /// Both samples as one.
    package func merging(_ other: PredictionPoweredMean) -> PredictionPoweredMean {
        PredictionPoweredMean(labelled: labelled.merging(other.labelled), judged: judged.merging(other.judged))
    }

    /// The human labels alone, with Student's interval: what the judge has to beat.
    package func humanOnly(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try estimate(lambda: 0, method: .t, level: level)
    }

    /// mean(judge, others) + mean(human - judge, labelled): the judge counts in full.
    package func plain(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try estimate(lambda: 1, method: .predictionPowered, level: level)
    }

    /// The judge counts by its usefulness ``tunedLambda``, so that the interval is (but for the noise in lambda) never
    /// wider than that of the human labels alone.
    package func tuned(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try estimate(lambda: tunedLambda, method: .predictionPoweredTuned, level: level)
    }

    /// cov(human, judge) / ((1 + n/N) var(judge)), the covariance with n (as in the reference implementation, which
    /// shrinks it a little for few labels), cut to 0...1; 0 without spread or further cases.
    package var tunedLambda: Double {
        let all = labelled.b.merging(judged)
        guard let spread = all.variance, spread > 0, labelled.count > 0, judged.count > 0 else { return 0 }
        let shared = labelled.sumOfCrossDeviations / Double(labelled.count)
        let share = Double(labelled.count) / Double(judged.count)
        return min(1, max(0, shared / ((1 + share) * spread)))
    }

    /// True where the tuned interval is narrower than that of the human labels alone.
    package var judgeHelps: Bool {
        guard let alone = try? humanOnly().standardError, let tuned = try? tuned().standardError else { return false }
        return tuned < alone
    }

    /// Variances var(human - lambda judge) / n + lambda^2 var(judge) / N, each with n - 1; Student's t with Welch and
    /// Satterthwaite's degrees of freedom, which is the normal interval of the papers once n is large.
    ///
    /// Throws where there are no labelled cases, or no others although the judge counts. One labelled case: no
    /// interval.
    private func estimate(lambda: Double, method: Method, level: Double) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        guard let human = labelled.a.mean, let same = labelled.b.mean else { throw .empty(what: "labelled cases") }
        guard lambda == 0 || judged.count > 0 else { throw .empty(what: "cases with the judge's label alone") }
        let others = judged.mean ?? 0
        var result = Estimate(value: human + lambda * (others - same), method: method, n: labelled.count)
        guard let rest = residualVariance(lambda) else { return result.with(.oneCase) }
        let own = rest / Double(labelled.count)
        let borrowed = lambda == 0 ? 0 : lambda * lambda * (judged.variance ?? 0) / Double(judged.count)
        result.standardError = (own + borrowed).squareRoot()
        guard own + borrowed > 0 else { return result.with(.allEqual) }
        let spread = own * own / Double(labelled.count - 1)
            + (judged.count > 1 ? borrowed * borrowed / Double(judged.count - 1) : 0)
        let factor = StudentT.factor(level: level, degreesOfFreedom: (own + borrowed) * (own + borrowed) / spread)
        let half = factor * (own + borrowed).squareRoot()
        result.interval = Interval(lower: result.value - half, upper: result.value + half, level: level)
        return result
    }

    /// Of human - lambda times judge, with n - 1; `nil` below two labelled cases.
    private func residualVariance(_ lambda: Double) -> Double? {
        guard let human = labelled.a.variance, let judge = labelled.b.variance, let shared = labelled.covariance else {
            return nil
        }
        return max(0, human + lambda * lambda * judge - 2 * lambda * shared)
    }
}

extension PredictionPoweredMean {
    /// How many more human labels bring the tuned interval to plus and minus `halfWidth`; 0 where it is there already.
    ///
    /// Assumes that further labels look like those so far and come from the cases that only the judge has labelled.
    /// `nil` where the labels so far don't tell (fewer than two, or no spread). Throws for a half width of 0 or less.
    package func labelsStillNeeded(
        halfWidth: Double, level: Double = 0.95
    ) throws(StatisticsError) -> Int? {
        try Check.level(level)
        try Check.positive(halfWidth, "The half width")
        guard let human = labelled.a.variance, human > 0 else { return nil }
        let target = halfWidth / Normal.factor(level: level)
        let correlation = labelled.correlation ?? 0
        let all = Double(labelled.count + judged.count)
        let enough = { (labels: Int) in
            // With the best lambda the judge removes the share correlation^2 * N / (n + N) of the variance.
            let share = max(0, all - Double(labels)) / all
            return human / Double(labels) * (1 - correlation * correlation * share) <= target * target
        }
        if let width = try tuned(level: level).interval?.width, width <= 2 * halfWidth { return 0 }
        var (low, high) = (labelled.count, max(labelled.count + 1, Int((human / (target * target)).rounded(.up)) + 1))
        while low + 1 < high {
            let middle = low + (high - low) / 2
            if enough(middle) { high = middle } else { low = middle }
        }
        return high - labelled.count
    }
}

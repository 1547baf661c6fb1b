/// Whether an effect is told in the metric's units or as a share of the control's value.
package enum EffectScale: String, Sendable, Hashable, CaseIterable {
    /// Treatment minus control.
    case absolute
    /// Treatment minus control over the magnitude of the control (its unadjusted value, where there is an adjustment).
    case relative
}

/// The difference that an experiment's treatment makes, with its delta-method standard error.
///
/// From additive sufficient statistics alone, for means, rates, ratios and both with regression adjustment. Cases whose
/// unit of assignment is the user have to be added up per user first: requests of one user are not independent.
package struct MetricEffect: Sendable, Hashable {
    package let value: Double
    package let standardError: Double
    package let scale: EffectScale
    /// The regression coefficient that was used; 0 where nothing was adjusted.
    package let theta: Double
    /// Units of both arms.
    package let n: Int
    /// Welch and Satterthwaite's.
    package let degreesOfFreedom: Double

    /// Throws where an arm has fewer than two units, nothing varies, a ratio's denominators sum to zero, or a relative
    /// effect has a control of zero.
    ///
    /// - Parameter theta: the coefficient of the adjustment, where it was fixed beforehand; else it is computed from
    ///   both arms (see ``MetricData/theta(_:_:)``).
    package init(
        control: MetricData, treatment: MetricData, scale: EffectScale = .absolute, theta given: Double? = nil
    ) throws(StatisticsError) {
        for arm in [control, treatment] {
            guard arm.count > 1 else { throw .tooFew(what: "units of an arm", have: arm.count, need: 2) }
            try Self.checkDenominators(arm)
        }
        guard control.kind == treatment.kind else {
            throw .mismatch("The arms hold different kinds of metric. Compute both alike.")
        }
        let theta = given ?? MetricData.theta(control, treatment)
        let (a, b) = (MetricPoint(control, theta: theta), MetricPoint(treatment, theta: theta))
        if scale == .relative, a.plain == 0 {
            throw .undefined("The control's value is zero, so there is no relative effect. Ask for the absolute one.")
        }
        let difference = b.value - a.value
        let base = scale == .absolute ? 1 : abs(a.plain)
        let pull = scale == .absolute ? 0 : Self.pullingDifference(a, b, control) / (a.plain * base)
        let gradientA = zip(a.gradient, a.plainGradient).map { -$0 / base - pull * $1 }
        let gradientB = b.gradient.map { $0 / base }
        let (ownA, ownB) = (a.covariance(a.gradient, a.gradient), b.covariance(b.gradient, b.gradient))
        let variance = a.covariance(gradientA, gradientA) / Double(a.n)
            + b.covariance(gradientB, gradientB) / Double(b.n)
        guard ownA > 0, ownB > 0, variance > 0 else { throw .noVariation(what: "units of an arm") }
        self.init(difference / base, variance.squareRoot(), scale, theta, (ownA, a.n), (ownB, b.n))
    }

    /// The difference through which a relative effect's variance depends on the control's value. For an adjusted mean
    /// it is the unadjusted one, as gbstats has it: the same in expectation, as the earlier metric can't differ by
    /// treatment.
    private static func pullingDifference(_ a: MetricPoint, _ b: MetricPoint, _ data: MetricData) -> Double {
        if case .adjustedMean = data { return b.plain - a.plain }
        return b.value - a.value
    }

    private init(
        _ value: Double, _ error: Double, _ scale: EffectScale, _ theta: Double, _ a: (variance: Double, n: Int),
        _ b: (variance: Double, n: Int)
    ) {
        (self.value, standardError, self.scale, self.theta) = (value, error, scale, theta)
        n = a.n + b.n
        let (shareA, shareB) = (a.variance / Double(a.n), b.variance / Double(b.n))
        let spread = shareA * shareA / Double(a.n - 1) + shareB * shareB / Double(b.n - 1)
        degreesOfFreedom = (shareA + shareB) * (shareA + shareB) / spread
    }

    /// The interval for one look at a number of units fixed before the start.
    package func fixed(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        return estimate(half: StudentT.factor(level: level, degreesOfFreedom: degreesOfFreedom) * standardError, level)
    }

    /// Welch's test that belongs to ``fixed(level:)``.
    package var test: TestResult {
        let t = value / standardError
        return TestResult(
            statistic: t, pValue: StudentT.twoSidedP(t, degreesOfFreedom: degreesOfFreedom), method: "welch-delta",
            degreesOfFreedom: degreesOfFreedom, n: n)
    }

    private func estimate(half: Double, _ level: Double) -> Estimate {
        Estimate(
            value: value, standardError: standardError,
            interval: Interval(lower: value - half, upper: value + half, level: level),
            method: theta == 0 ? .delta : .cuped, n: n)
    }

    private static func checkDenominators(_ arm: MetricData) throws(StatisticsError) {
        var denominators: [Double?] = []
        if case .ratio(let moments) = arm { denominators = [moments.denominators.mean] }
        if case .adjustedRatio(let moments) = arm {
            guard moments.width == 4 else {
                throw .mismatch("An adjusted ratio needs 4 quantities for a unit, not \(moments.width).")
            }
            denominators = [moments.means[1], moments.means[3]]
        }
        guard denominators.allSatisfy({ $0 != 0 }) else {
            throw .undefined("The denominators sum to zero, so the ratio has no value. Choose another denominator.")
        }
    }
}

extension MetricEffect {
    /// The always-valid interval: look at it after every unit and stop when you like (Waudby-Smith, Arbour, Sinha,
    /// Kennedy and Ramdas 2021, "Time-uniform central limit theory and asymptotic confidence sequences").
    ///
    /// Asymptotic: trust it from about a hundred units on. Wider than the fixed interval by about half at the tuned
    /// size.
    ///
    /// - Parameter tunedFor: the number of units of both arms at which it is to be tightest.
    package func anytime(tunedFor: Int = 5_000, level: Double = 0.95) throws(StatisticsError) -> Estimate {
        let mixture = try NormalMixture(tightestAt: Double(tunedFor), level: level)
        var result = estimate(half: try mixture.bound(v: Double(n), level: level) * unit, level)
        result.method = .confidenceSequence
        return result
    }

    /// The always-valid p-value of no effect.
    package func anytimeTest(tunedFor: Int = 5_000, level: Double = 0.95) throws(StatisticsError) -> TestResult {
        let mixture = try NormalMixture(tightestAt: Double(tunedFor), level: level)
        return TestResult(
            statistic: value / standardError, pValue: mixture.pValue(sum: value / unit, v: Double(n)),
            method: "normal-mixture", n: n)
    }

    /// One-sided always-valid bounds: the effect is above `lower`, or below `upper`, each with this level at all times.
    package func anytimeBounds(
        tunedFor: Int = 5_000, level: Double = 0.95
    ) throws(StatisticsError) -> (lower: Double, upper: Double) {
        let mixture = try NormalMixture(tightestAt: Double(tunedFor), level: level, oneSided: true)
        let half = mixture.closedBound(v: Double(n), level: level) * unit
        return (value - half, value + half)
    }

    /// The effect of a sum of `n` observations with unit variance that is worth one: (standard error) / sqrt n.
    private var unit: Double { standardError / Double(n).squareRoot() }
}

extension MetricData {
    /// Which case this is, for comparing arms.
    fileprivate var kind: Int {
        switch self {
        case .mean: 0
        case .proportion: 1
        case .ratio: 2
        case .adjustedMean: 3
        case .adjustedRatio: 4
        }
    }
}

/// A regression gate: is the candidate worse than the baseline by more than a margin?
///
/// It fails only where the whole interval of the difference lies below -margin, and passes only where the whole
/// interval lies above; between, the run was too small to tell, which is not a pass. With a two-sided interval of 95 %
/// the test is one-sided at 2.5 %, as is usual for non-inferiority (ICH E9).
package struct NonInferiority: Sendable, Hashable {
    /// How the gate ends.
    package enum Outcome: Sendable, Hashable {
        /// Not worse by more than the margin.
        case pass
        /// Worse by more than the margin.
        case fail
        /// Open, with the number of further cases that would be likely to decide it.
        case inconclusive(furtherCases: Int?)
    }

    package let outcome: Outcome
    /// Candidate minus baseline, in the scores' units.
    package let difference: Estimate
    /// In the scores' units, more than 0.
    package let margin: Double
    /// One-sided p of the hypothesis that the candidate is worse by the margin or more; `nil` without standard error.
    package let pValue: Double?

    /// - Parameters:
    ///   - difference: candidate minus baseline.
    ///   - degreesOfFreedom: of the t distribution for the p-value; `nil` for the normal one.
    ///
    /// Throws for a margin that is not above 0: a gate at 0 would fail half of all runs that change nothing.
    package init(
        _ difference: Estimate, margin: Double, higherIsBetter: Bool = true, degreesOfFreedom: Double? = nil,
        power: Double = 0.8
    ) throws(StatisticsError) {
        try Check.positive(margin, "The margin")
        let gain = higherIsBetter ? difference : difference.negated
        self.difference = difference
        self.margin = margin
        outcome = Self.outcome(gain, margin, power)
        pValue = Self.pValue(gain, margin, degreesOfFreedom)
    }

    private static func outcome(_ gain: Estimate, _ margin: Double, _ power: Double) -> Outcome {
        guard let interval = gain.interval else { return .inconclusive(furtherCases: nil) }
        if interval.lower > -margin { return .pass }
        if interval.upper < -margin { return .fail }
        let distance = (gain.value + margin).magnitude
        return .inconclusive(furtherCases: FurtherCases.needed(gain, distance: distance, power: power))
    }

    private static func pValue(_ gain: Estimate, _ margin: Double, _ degrees: Double?) -> Double? {
        guard let error = gain.standardError, error > 0 else { return nil }
        let statistic = (gain.value + margin) / error
        guard let degrees else { return Normal.survival(statistic) }
        return StudentT.survival(statistic, degreesOfFreedom: degrees)
    }
}

extension Estimate {
    /// Of the negated quantity.
    package var negated: Estimate {
        var estimate = self
        estimate.value = -value
        estimate.interval = interval?.negated
        return estimate
    }
}

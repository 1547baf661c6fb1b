extension Verdict {
    /// The verdict that an interval of the difference allows.
    ///
    /// 1. Within plus and minus the margin: no difference beyond it, even where zero lies outside: what matters less
    ///    than the margin is no improvement.
    /// 2. Above zero: better. Below: worse. (The other way round where less is better.) Where a `test` is given, it has
    ///    to agree: with very few cases an approximate interval may exclude zero where an exact test does not.
    /// 3. Else inconclusive, with the further cases that would decide it with a chance of `power` if what was observed
    ///    is the truth: either by clearing zero or by fitting into the margin, whichever takes fewer.
    ///
    /// Without a margin there is no "no difference": absence of evidence is not evidence of absence. Without an
    /// interval it is inconclusive.
    package static func of(
        _ difference: Estimate, test: TestResult? = nil, margin: Double? = nil, higherIsBetter: Bool = true,
        power: Double = 0.8
    ) -> Verdict {
        guard let interval = difference.interval else { return .inconclusive(furtherCases: nil) }
        if let margin, interval.lower >= -margin, interval.upper <= margin { return .noDifferenceBeyond(margin) }
        if interval.lower > 0 || interval.upper < 0 {
            if let test, test.pValue > 1 - interval.level {
                return .inconclusive(furtherCases: FurtherCases.needed(difference.n, test, interval.level, power))
            }
            return (interval.lower > 0) == higherIsBetter ? .better : .worse
        }
        let observed = difference.value.magnitude
        let distance = margin.map { min($0, max(observed, $0 - observed)) } ?? observed
        return .inconclusive(furtherCases: FurtherCases.needed(difference, distance: distance, power: power))
    }
}

/// The end of a comparison of a candidate (b) with a baseline (a).
package enum Verdict: Sendable, Hashable {
    /// The interval of b - a lies above zero (above -margin is not enough).
    case better
    /// The interval of b - a lies below zero.
    case worse
    /// The interval of b - a lies within plus and minus this margin.
    case noDifferenceBeyond(Double)
    /// Neither; with the number of further cases that would be likely to decide it, where that can be known.
    case inconclusive(furtherCases: Int?)
}

/// Two systems compared, with everything a report of it says.
package struct Comparison: Sendable, Hashable {
    /// Candidate minus baseline (b - a), in the scores' units.
    package var difference: Estimate
    /// The test that belongs to the difference's interval.
    package var test: TestResult?
    /// Cohen's d (unpaired) or d_z (paired): the difference in standard deviations.
    package var effectSize: Double?
    /// Pearson's correlation of the pairs; `nil` where unpaired or where a side has no spread.
    package var correlation: Double?
    package var verdict: Verdict
    /// The least difference that matters, in the scores' units; `nil` where none was named.
    package var margin: Double?
    /// The baseline.
    package var a: Estimate
    /// The candidate.
    package var b: Estimate

    /// Everything is given by the caller; nothing is computed here.
    package init(
        difference: Estimate, test: TestResult?, effectSize: Double? = nil, correlation: Double? = nil,
        verdict: Verdict, margin: Double? = nil, a: Estimate, b: Estimate
    ) {
        self.difference = difference
        self.test = test
        self.effectSize = effectSize
        self.correlation = correlation
        self.verdict = verdict
        self.margin = margin
        self.a = a
        self.b = b
    }
}

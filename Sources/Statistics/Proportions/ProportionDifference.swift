/// The difference of two proportions of separate samples, candidate (b) minus baseline (a).
package enum ProportionDifference {
    /// Newcombe's hybrid score interval (Newcombe 1998, "Interval estimation for the difference between independent
    /// proportions", method 10), from both Wilson intervals.
    ///
    /// Never leaves -1...1, and has an answer where a side has no success or only successes. Throws where a side is
    /// empty.
    package static func newcombe(
        _ a: ProportionCount, _ b: ProportionCount, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        let first = try Proportion.wilson(a, level: level)
        let second = try Proportion.wilson(b, level: level)
        let difference = second.value - first.value
        let errors = (first.standardError ?? 0, second.standardError ?? 0)
        var result = Estimate(
            value: difference, standardError: (errors.0 * errors.0 + errors.1 * errors.1).squareRoot(),
            method: .newcombe, n: a.n + b.n, notes: edgeNotes(first, second))
        guard let one = first.interval, let two = second.interval else { return result }
        let below = root(second.value - two.lower, one.upper - first.value)
        let above = root(two.upper - second.value, first.value - one.lower)
        result.interval = Interval(lower: difference - below, upper: difference + above, level: level)
        return result
    }

    /// Notes of the sides that hold for the difference: both all zero, or both all one.
    private static func edgeNotes(_ first: Estimate, _ second: Estimate) -> [Note] {
        first.notes.filter { second.notes.contains($0) }
    }

    private static func root(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
}

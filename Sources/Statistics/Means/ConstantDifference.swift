/// The honest answer where every difference is the same, such as zero because two systems gave the same answers.
///
/// A spread of zero would claim certainty. What is known is that n cases of n behaved so: at the level, the share of
/// cases that behave differently is at most u = 1 - ((1 - level) / 2)^(1 / n) (Clopper and Pearson 1934), and such a
/// case can differ by the range of the scores at most.
package enum ConstantDifference {
    /// The interval for n cases that all differ by `value`; `range` is how far two scores can be apart.
    package static func interval(
        _ value: Double, n: Int, range: Double, level: Double
    ) throws(StatisticsError) -> Interval {
        try Check.level(level)
        try Check.notNegative(range, "The range of scores")
        guard n > 0 else { throw .empty(what: "cases") }
        let share = RateBound.share(level: 1 - (1 - level) / 2, n: n)
        let centre = (1 - share) * value
        let reach = share * range
        return Interval(lower: min(value, centre - reach), upper: max(value, centre + reach), level: level)
    }

    /// How far two scores can be apart: the observed range of both sides, and at least 1 where all are in 0...1. `nil`
    /// where all scores are one number outside of that.
    package static func range(_ a: Moments, _ b: Moments) -> Double? {
        let lowest = min(a.minimum, b.minimum)
        let highest = max(a.maximum, b.maximum)
        if lowest >= 0, highest <= 1 { return 1 }
        return highest > lowest ? highest - lowest : nil
    }
}

/// A range of values that fit the data at a stated level.
package struct Interval: Sendable, Hashable {
    /// The least value, in the estimate's units.
    package var lower: Double
    /// The greatest value, in the estimate's units.
    package var upper: Double
    /// The confidence level, 0.95 for 95 %; never the error rate.
    package var level: Double

    /// - Parameter level: between 0 and 1, such as 0.95.
    package init(lower: Double, upper: Double, level: Double) {
        self.lower = lower
        self.upper = upper
        self.level = level
    }

    /// The distance between the ends.
    package var width: Double { upper - lower }

    /// True where `value` lies inside or on an end.
    package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

    /// The interval of the negated quantity: of b - a where this is that of a - b.
    package var negated: Interval { Interval(lower: -upper, upper: -lower, level: level) }
}

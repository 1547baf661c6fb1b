/// What mean and variance need of a sample: count, sum and sum of squares, exactly.
///
/// A frozen, additive value: stores keep one per bucket, shards keep one each, and ``merging(_:)`` gives bit for bit
/// what one pass over all values would have given, in any order and grouping (see ``ExactSum`` for the range in which
/// that is promised). As nothing is rounded before the end, large means with small spreads lose no digits.
package struct Moments: Sendable, Hashable {
    package private(set) var count: Int
    package private(set) var sum: ExactSum
    package private(set) var sumOfSquares: ExactSum
    /// Over all values; 0 while empty.
    package private(set) var minimum: Double
    /// Over all values; 0 while empty.
    package private(set) var maximum: Double

    /// No values.
    package init() {
        count = 0
        sum = ExactSum()
        sumOfSquares = ExactSum()
        minimum = 0
        maximum = 0
    }

    /// What a store has kept of a sample.
    ///
    /// Throws where the parts can't be of one sample: a negative count, or sums without values.
    package init(
        count: Int, sum: ExactSum, sumOfSquares: ExactSum, minimum: Double, maximum: Double
    ) throws(StatisticsError) {
        guard count >= 0 else { throw .outOfRange(what: "The count", value: Double(count), allowed: "0 or more") }
        let isEmpty = sum.value == 0 && sumOfSquares.value == 0 && minimum == 0 && maximum == 0
        guard minimum <= maximum, sumOfSquares.value >= 0, count > 0 || isEmpty else {
            throw .mismatch("These sums are of no sample. Read them again from where they were kept.")
        }
        (self.count, self.sum, self.sumOfSquares) = (count, sum, sumOfSquares)
        (self.minimum, self.maximum) = (minimum, maximum)
    }

    /// Throws for a value that is infinite, no number, or beyond ±1e140.
    package init(_ values: some Sequence<Double>) throws(StatisticsError) {
        self.init()
        var index = 0
        for value in values {
            try Check.usable(value, "values", at: index)
            add(value)
            index += 1
        }
    }

    /// Adds one value, which has to be finite and within ±1e140.
    package mutating func add(_ value: Double) {
        // Plus zero turns -0 into 0, so that the extremes don't depend on which of the two came first.
        let value = value + 0
        minimum = count == 0 ? value : min(minimum, value)
        maximum = count == 0 ? value : max(maximum, value)
        count += 1
        sum.add(value)
        sumOfSquares.addProduct(value, value)
    }

    /// Both samples as one.
    package func merging(_ other: Moments) -> Moments {
        guard other.count > 0 else { return self }
        guard count > 0 else { return other }
        var all = self
        all.count += other.count
        all.sum.merge(other.sum)
        all.sumOfSquares.merge(other.sumOfSquares)
        all.minimum = min(minimum, other.minimum)
        all.maximum = max(maximum, other.maximum)
        return all
    }

    /// `nil` while empty.
    package var mean: Double? { count > 0 ? sum.value / Double(count) : nil }

    /// The sum of squared deviations from the mean, rounded once before the division by n; 0 while empty.
    package var sumOfSquaredDeviations: Double {
        guard count > 0 else { return 0 }
        let numerator = sumOfSquares.times(Double(count)).subtracting(sum.times(sum))
        return max(0, numerator.value / Double(count))
    }

    /// With n - 1 (Bessel); `nil` below two values.
    package var variance: Double? { count > 1 ? sumOfSquaredDeviations / Double(count - 1) : nil }

    /// With n; `nil` while empty.
    package var populationVariance: Double? { count > 0 ? sumOfSquaredDeviations / Double(count) : nil }

    /// True where all values are the same number, or there are none.
    package var isConstant: Bool { minimum == maximum }
}

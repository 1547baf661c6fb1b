/// What paired comparisons, correlations and regressions on one variable need: counts, sums, squares and products.
///
/// Additive and exact as ``Moments``.
package struct PairMoments: Sendable, Hashable {
    /// Of the first of each pair.
    package private(set) var a: Moments
    /// Of the second of each pair.
    package private(set) var b: Moments
    /// The sum of a times b.
    package private(set) var sumOfProducts: ExactSum

    /// No pairs.
    package init() {
        a = Moments()
        b = Moments()
        sumOfProducts = ExactSum()
    }

    /// What a store has kept of a sample. Throws where both sides have different counts.
    package init(a: Moments, b: Moments, sumOfProducts: ExactSum) throws(StatisticsError) {
        guard a.count == b.count else {
            throw .mismatch("\(a.count) values can't be paired with \(b.count). Read both from the same record.")
        }
        (self.a, self.b, self.sumOfProducts) = (a, b, sumOfProducts)
    }

    /// Throws where the two differ in length, or a value is not finite or beyond ±1e140.
    package init(_ a: [Double], _ b: [Double]) throws(StatisticsError) {
        guard a.count == b.count else {
            throw .mismatch("\(a.count) values can't be paired with \(b.count). Give one of each for every case.")
        }
        self.init()
        for index in a.indices {
            try Check.usable(a[index], "pairs", at: index)
            try Check.usable(b[index], "pairs", at: index)
            add(a[index], b[index])
        }
    }

    /// Pairs.
    package var count: Int { a.count }

    /// Adds a pair of finite values within ±1e140.
    package mutating func add(_ first: Double, _ second: Double) {
        a.add(first)
        b.add(second)
        sumOfProducts.addProduct(first, second)
    }

    /// Both samples as one.
    package func merging(_ other: PairMoments) -> PairMoments {
        var all = self
        all.a = a.merging(other.a)
        all.b = b.merging(other.b)
        all.sumOfProducts.merge(other.sumOfProducts)
        return all
    }

    /// The sum of the products of deviations from both means.
    package var sumOfCrossDeviations: Double {
        guard count > 0 else { return 0 }
        return sumOfProducts.times(Double(count)).subtracting(a.sum.times(b.sum)).value / Double(count)
    }

    /// With n - 1; `nil` below two pairs.
    package var covariance: Double? { count > 1 ? sumOfCrossDeviations / Double(count - 1) : nil }

    /// Pearson's; `nil` below two pairs or where a side has no spread.
    package var correlation: Double? {
        let spread = a.sumOfSquaredDeviations.squareRoot() * b.sumOfSquaredDeviations.squareRoot()
        guard count > 1, spread > 0 else { return nil }
        return min(1, max(-1, sumOfCrossDeviations / spread))
    }

    /// The mean of b - a, from the exact sums; `nil` while empty.
    package var meanDifference: Double? { count > 0 ? b.sum.subtracting(a.sum).value / Double(count) : nil }

    /// The variance of b - a with n - 1, without cancellation; `nil` below two pairs.
    package var varianceOfDifference: Double? {
        guard count > 1 else { return nil }
        let n = Double(count)
        let sum = b.sum.subtracting(a.sum)
        let squares = a.sumOfSquares.merging(b.sumOfSquares).subtracting(sumOfProducts.times(2))
        let numerator = squares.times(n).subtracting(sum.times(sum))
        return max(0, numerator.value / n) / (n - 1)
    }

    /// False where b - a is the same for all pairs but for the rounding of decimal fractions: 0.3 - 0.2 and 0.2 - 0.1
    /// differ by 1e-17, which is no spread.
    package var hasSpread: Bool {
        guard let variance = varianceOfDifference else { return false }
        let magnitude = [a.minimum, a.maximum, b.minimum, b.maximum].reduce(0) { max($0, $1.magnitude) }
        return variance.squareRoot() > magnitude * 1e-13
    }
}

/// What a ratio of two sums (cost per call, errors per token) needs for its delta-method variance.
///
/// One numerator and one denominator per unit of analysis, such as the user or the session. Additive and exact as
/// ``Moments``.
package struct RatioMoments: Sendable, Hashable {
    /// Numerators as a, denominators as b.
    package private(set) var pairs: PairMoments

    /// No units.
    package init() { pairs = PairMoments() }

    /// What a store has kept: numerators as a, denominators as b.
    package init(pairs: PairMoments) { self.pairs = pairs }

    /// Throws where the two differ in length, or a value is not finite.
    package init(numerators: [Double], denominators: [Double]) throws(StatisticsError) {
        pairs = try PairMoments(numerators, denominators)
    }

    /// Units.
    package var count: Int { pairs.count }
    package var numerators: Moments { pairs.a }
    package var denominators: Moments { pairs.b }
    /// Of numerator and denominator, with n - 1; `nil` below two units.
    package var covariance: Double? { pairs.covariance }

    /// Adds a unit; both have to be finite.
    package mutating func add(numerator: Double, denominator: Double) { pairs.add(numerator, denominator) }

    /// Both samples as one. A unit must not stand in both.
    package func merging(_ other: RatioMoments) -> RatioMoments {
        var all = self
        all.pairs = pairs.merging(other.pairs)
        return all
    }
}

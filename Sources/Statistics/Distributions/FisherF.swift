#if canImport(Glibc)
import Glibc
#endif

/// Fisher's F distribution: the ratio of two mean squares with `numerator` and `denominator` degrees of freedom.
package enum FisherF {
    /// P(F <= f); 0 below 0.
    package static func cdf(_ f: Double, numerator: Double, denominator: Double) -> Double {
        parts(f, numerator, denominator).lower
    }

    /// P(F > f).
    package static func survival(_ f: Double, numerator: Double, denominator: Double) -> Double {
        parts(f, numerator, denominator).upper
    }

    /// The `f` with `cdf(f) == p`; 0 and infinity at the ends.
    package static func quantile(_ p: Double, numerator: Double, denominator: Double) -> Double {
        guard p > 0 else { return 0 }
        guard p < 1 else { return .infinity }
        let logit = p <= 0.5
            ? Beta.logit(p, upper: false, a: numerator / 2, b: denominator / 2)
            : Beta.logit(1 - p, upper: true, a: numerator / 2, b: denominator / 2)
        return exp(logit) * denominator / numerator
    }

    private static func parts(
        _ f: Double, _ numerator: Double, _ denominator: Double
    ) -> (lower: Double, upper: Double) {
        guard f > 0 else { return (0, 1) }
        let odds = f * numerator / denominator
        guard odds < .infinity else { return (1, 0) }
        return Beta.parts(x: odds / (1 + odds), y: 1 / (1 + odds), a: numerator / 2, b: denominator / 2)
    }
}

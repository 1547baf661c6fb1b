#if canImport(Glibc)
import Glibc
#endif

/// Student's t distribution for any positive, also fractional or infinite, number of degrees of freedom.
package enum StudentT {
    /// P(T <= t).
    package static func cdf(_ t: Double, degreesOfFreedom: Double) -> Double {
        survival(-t, degreesOfFreedom: degreesOfFreedom)
    }

    /// P(T > t).
    package static func survival(_ t: Double, degreesOfFreedom df: Double) -> Double {
        guard df < 1e300 else { return Normal.survival(t) }
        let square = t * t / df
        guard square < .infinity else { return t > 0 ? 0 : 1 }
        let tail = 0.5 * Beta.parts(x: 1 / (1 + square), y: square / (1 + square), a: df / 2, b: 0.5).lower
        return t >= 0 ? tail : 1 - tail
    }

    /// The density at `t`.
    package static func density(_ t: Double, degreesOfFreedom df: Double) -> Double {
        guard df < 1e300 else { return Normal.density(t) }
        let scale = exp(-Beta.logBeta(df / 2, 0.5)) / df.squareRoot()
        return scale * exp(-0.5 * (df + 1) * log1p(t * t / df))
    }

    /// The two-sided p-value of a t statistic.
    package static func twoSidedP(_ t: Double, degreesOfFreedom: Double) -> Double {
        min(1, 2 * survival(abs(t), degreesOfFreedom: degreesOfFreedom))
    }

    /// The `t` with `cdf(t) == p`; minus and plus infinity at 0 and 1.
    package static func quantile(_ p: Double, degreesOfFreedom df: Double) -> Double {
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        guard df < 1e300 else { return Normal.quantile(p) }
        let distance = p - 0.5
        guard distance != 0 else { return 0 }
        let size = abs(distance) < 0.25
            ? exp(0.5 * Beta.logit(2 * abs(distance), upper: false, a: 0.5, b: df / 2))
            : exp(-0.5 * Beta.logit(2 * min(p, 1 - p), upper: false, a: df / 2, b: 0.5))
        return (distance < 0 ? -size : size) * df.squareRoot()
    }

    /// The two-sided factor for a level: 2.776445 for 0.95 with 4 degrees of freedom.
    package static func factor(level: Double, degreesOfFreedom: Double) -> Double {
        -quantile((1 - level) / 2, degreesOfFreedom: degreesOfFreedom)
    }
}

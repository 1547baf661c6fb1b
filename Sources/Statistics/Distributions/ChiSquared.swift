/// The chi-squared distribution for any positive number of degrees of freedom.
package enum ChiSquared {
    /// P(X <= x); 0 below 0.
    package static func cdf(_ x: Double, degreesOfFreedom: Double) -> Double {
        Gamma.regularizedLower(a: degreesOfFreedom / 2, x: x / 2)
    }

    /// P(X > x).
    package static func survival(_ x: Double, degreesOfFreedom: Double) -> Double {
        Gamma.regularizedUpper(a: degreesOfFreedom / 2, x: x / 2)
    }

    /// The `x` with `cdf(x) == p`; 0 and infinity at the ends.
    package static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
        let a = degreesOfFreedom / 2
        return 2 * (p <= 0.5 ? Gamma.quantile(p, a: a) : Gamma.quantile(1 - p, a: a, upper: true))
    }
}

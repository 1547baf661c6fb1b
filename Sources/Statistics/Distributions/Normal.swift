#if canImport(Glibc)
import Glibc
#endif

/// The standard normal distribution. Every function answers for every finite argument.
package enum Normal {
    /// P(Z <= z), relative error within a few units in the last place also in the far lower tail.
    package static func cdf(_ z: Double) -> Double { survival(-z) }

    /// P(Z > z).
    ///
    /// `erfc(z / sqrt 2) / 2`, with the rounding of the argument put back: it would be z^2 times as large in the tail.
    package static func survival(_ z: Double) -> Double {
        let argument = z * Self.halfRoot
        guard abs(argument) < 30 else { return z > 0 ? 0 : 1 }
        let lost = (-argument).addingProduct(z, Self.halfRoot) + z * Self.halfRootRest
        let slope = 1.128_379_167_095_512_6 * exp(-argument * argument)
        return 0.5 * (erfc(argument) - slope * lost)
    }

    /// 1 / sqrt 2 as the sum of two doubles.
    private static let halfRoot = 0.707_106_781_186_547_6
    private static let halfRootRest = -4.833_646_656_726_457e-17

    /// The density at `z`.
    package static func density(_ z: Double) -> Double {
        let square = z * z
        guard square < 1_500 else { return 0 }
        let lost = (-square).addingProduct(z, z)
        return exp(-0.5 * square) * (1 - 0.5 * lost) / (2 * Double.pi).squareRoot()
    }

    /// The `z` with `cdf(z) == p`. Minus and plus infinity at 0 and 1; `p` outside 0...1 counts as the nearer end.
    ///
    /// M. Wichura 1988, algorithm AS 241 (PPND16): about 1e-16 relative.
    package static func quantile(_ p: Double) -> Double {
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        let q = p - 0.5
        if abs(q) <= 0.425 {
            let r = 0.180625 - q * q
            return q * NormalQuantile.centre(r)
        }
        let r = (-log(min(p, 1 - p))).squareRoot()
        let size = r <= 5 ? NormalQuantile.shoulder(r - 1.6) : NormalQuantile.tail(r - 5)
        return q < 0 ? -size : size
    }

    /// The two-sided factor for a level: 1.959964 for 0.95.
    package static func factor(level: Double) -> Double { -quantile((1 - level) / 2) }

    /// The two-sided p-value of a z statistic.
    package static func twoSidedP(_ z: Double) -> Double { min(1, 2 * survival(abs(z))) }
}

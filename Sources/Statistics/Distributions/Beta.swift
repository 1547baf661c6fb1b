#if canImport(Glibc)
import Glibc
#endif

/// The incomplete beta function. Relative error about 1e-14 for `a`, `b` in 0.1...1e8, also far out in either tail.
package enum Beta {
    /// log of gamma(a) gamma(b) / gamma(a + b), free of the cancellation that three log-gammas suffer for large
    /// arguments.
    package static func logBeta(_ a: Double, _ b: Double) -> Double {
        let n = a + b
        let corrections = Stirling.error(a) + Stirling.error(b) - Stirling.error(n)
        let powers = a * log(a / n) + b * log(b / n)
        return powers + 0.5 * log(2 * Double.pi * n / a / b) + corrections
    }

    /// I_x(a, b): the probability that a beta(a, b) variable is at most `x`; 0 below 0, 1 above 1.
    package static func regularizedIncomplete(_ x: Double, a: Double, b: Double) -> Double {
        parts(x: x, y: 1 - x, a: a, b: b).lower
    }

    /// 1 - I_x(a, b), computed without that subtraction in the upper tail.
    package static func survival(_ x: Double, a: Double, b: Double) -> Double {
        parts(x: x, y: 1 - x, a: a, b: b).upper
    }

    /// The `x` with I_x(a, b) = p. 0 and 1 at the ends.
    package static func quantile(_ p: Double, a: Double, b: Double) -> Double {
        guard p > 0 else { return 0 }
        guard p < 1 else { return 1 }
        let z = p <= 0.5 ? logit(p, upper: false, a: a, b: b) : logit(1 - p, upper: true, a: a, b: b)
        return z < 0 ? exp(z) / (1 + exp(z)) : 1 / (1 + exp(-z))
    }

    /// `log(x / (1 - x))` of the quantile of a tail.
    static func logit(_ p: Double, upper: Bool, a: Double, b: Double) -> Double {
        let z = Normal.quantile(p) * (upper ? -1 : 1)
        let start = log(a / b) + z * (1 / a + 1 / b).squareRoot()
        return TailInversion(p: p, upper: upper, start: start) { place in
            let x = place < 0 ? exp(place) / (1 + exp(place)) : 1 / (1 + exp(-place))
            let y = place < 0 ? 1 / (1 + exp(place)) : exp(-place) / (1 + exp(-place))
            let parts = parts(x: x, y: y, a: a, b: b)
            return (parts.lower, parts.upper, power(x: x, y: y, a: a, b: b))
        }.solve()
    }

    /// Both tails for `x` and `y = 1 - x`, each given to full precision; the smaller tail is computed directly.
    static func parts(x: Double, y: Double, a: Double, b: Double) -> (lower: Double, upper: Double) {
        guard x > 0 else { return (0, 1) }
        guard y > 0 else { return (1, 0) }
        if x * (a + b + 2) < a + 1 {
            let lower = min(1, power(x: x, y: y, a: a, b: b) / fraction(x: x, y: y, a: a, b: b))
            return (lower, 1 - lower)
        }
        let upper = min(1, power(x: x, y: y, a: a, b: b) / fraction(x: y, y: x, a: b, b: a))
        return (1 - upper, upper)
    }

    /// x^a y^b / B(a, b), Loader's saddle-point form: the density on the logit scale.
    static func power(x: Double, y: Double, a: Double, b: Double) -> Double {
        let n = a + b
        // n x - a, written with the smaller of x and y so that it loses nothing.
        let difference = x < y ? (a * x - a).addingProduct(b, x) : (b - b * y).addingProduct(-a, y)
        let exponent = Stirling.exponent(of: a, value: n * x, difference: difference)
            + Stirling.exponent(of: b, value: n * y, difference: -difference)
        let corrections = Stirling.error(n) - Stirling.error(a) - Stirling.error(b)
        return exp(exponent + corrections) * (a / n * b / (2 * Double.pi)).squareRoot()
    }

    /// The continued fraction of DiDonato and Morris (1992) that x^a y^b / B(a, b) is divided by.
    private static func fraction(x: Double, y: Double, a: Double, b: Double) -> Double {
        func denominator(_ m: Double) -> Double {
            let start = m == 0 ? 0 : m + m * (b - m) * x / (a + 2 * m - 1)
            return start + (a + m) * (a * y - b * x + 1 + m * (1 + y)) / (a + 2 * m + 1)
        }
        var lentz = Lentz(first: denominator(0))
        var m = 1.0
        while !lentz.isDone {
            let even = a + 2 * m - 1
            let numerator = (a + m - 1) / even * (a + b + m - 1) / even * m * (b - m) * x * x
            lentz.add(numerator: numerator, denominator: denominator(m))
            m += 1
        }
        return lentz.value
    }
}

#if canImport(Glibc)
import Glibc
#endif

/// The incomplete gamma functions. Relative error about 1e-14 for `a` in 0.1...1e8, also far out in either tail.
package enum Gamma {
    /// log |gamma(x)|.
    package static func logGamma(_ x: Double) -> Double {
        // Plain lgamma writes a global sign variable.
        var sign: Int32 = 1
        return lgamma_r(x, &sign)
    }

    /// P(a, x): the share of a gamma distribution of shape `a > 0` below `x`. 0 for `x <= 0`.
    package static func regularizedLower(a: Double, x: Double) -> Double { parts(a: a, x: x).lower }

    /// Q(a, x) = 1 - P(a, x), computed without that subtraction in the upper tail.
    package static func regularizedUpper(a: Double, x: Double) -> Double { parts(a: a, x: x).upper }

    /// The `x` with P(a, x) = p; with `upper`, Q(a, x) = p. 0 and infinity at the ends.
    package static func quantile(_ p: Double, a: Double, upper: Bool = false) -> Double {
        guard p > 0 else { return upper ? .infinity : 0 }
        guard p < 1 else { return upper ? 0 : .infinity }
        let z = Normal.quantile(p) * (upper ? -1 : 1)
        let solution = TailInversion(p: p, upper: upper, start: log(a) + z / a.squareRoot()) { place in
            let x = exp(place)
            let parts = parts(a: a, x: x)
            return (parts.lower, parts.upper, power(a: a, x: x) * a)
        }.solve()
        return exp(solution)
    }

    /// Both halves, the smaller one computed directly: a power series below the mean, a continued fraction above it.
    private static func parts(a: Double, x: Double) -> (lower: Double, upper: Double) {
        guard x > 0 else { return (0, 1) }
        guard x < .infinity else { return (1, 0) }
        if x < max(1, a + 1) {
            let lower = min(1, power(a: a, x: x) * series(a: a, x: x))
            return (lower, 1 - lower)
        }
        let upper = min(1, power(a: a, x: x) * a * fraction(a: a, x: x))
        return (1 - upper, upper)
    }

    /// x^a e^-x / gamma(a + 1), Loader's saddle-point form.
    private static func power(a: Double, x: Double) -> Double {
        let exponent = Stirling.exponent(of: a, value: x, difference: x - a) - Stirling.error(a)
        return exp(exponent) / (2 * Double.pi * a).squareRoot()
    }

    private static func series(a: Double, x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var n = a
        while term > sum * 1e-17 {
            n += 1
            term *= x / n
            sum += term
        }
        return sum
    }

    /// Legendre's continued fraction for gamma(a, x) / (x^a e^-x), by Lentz's method.
    private static func fraction(a: Double, x: Double) -> Double {
        var lentz = Lentz(first: x + 1 - a)
        var n = 1.0
        while !lentz.isDone {
            lentz.add(numerator: -n * (n - a), denominator: x + 2 * n + 1 - a)
            n += 1
        }
        return 1 / lentz.value
    }
}

/// The modified Lentz evaluation of `b0 + a1 / (b1 + a2 / (b2 + ...))` (Thompson and Barnett 1986).
struct Lentz {
    private(set) var value: Double
    private var c: Double
    private var d = 0.0
    private var steps = 0
    /// The last factor is 1 to working precision, or a million terms were not enough.
    private(set) var isDone = false

    init(first: Double) {
        value = first == 0 ? 1e-300 : first
        c = value
    }

    mutating func add(numerator: Double, denominator: Double) {
        d = nonZero(denominator + numerator * d)
        c = nonZero(denominator + numerator / c)
        d = 1 / d
        let factor = c * d
        value *= factor
        steps += 1
        isDone = abs(factor - 1) < 2.3e-16 || steps >= 1_000_000
    }

    private func nonZero(_ x: Double) -> Double { x == 0 ? 1e-300 : x }
}

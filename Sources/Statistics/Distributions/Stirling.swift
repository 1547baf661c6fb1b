#if canImport(Glibc)
import Glibc
#endif

/// Pieces of densities that keep full precision where factorials of large numbers cancel (C. Loader 2000, "Fast and
/// Accurate Computation of Binomial Probabilities").
enum Stirling {
    /// The error of Stirling's formula: `log gamma(x+1) - (x + 1/2) log x + x - log(2 pi)/2`, for `x > 0`.
    ///
    /// Asymptotic series from 10 upwards; below, the recurrence down from there.
    static func error(_ x: Double) -> Double {
        var sum = 0.0
        var at = x
        while at < 10 {
            sum += (at + 0.5) * log1p(1 / at) - 1
            at += 1
        }
        return sum + series(at)
    }

    /// Bernoulli numbers over `2k (2k - 1)`: at 10 the first term left out is below 1e-18.
    private static func series(_ x: Double) -> Double {
        let terms: [Double] = [
            1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
            -3617.0 / 122_400, 43_867.0 / 244_188,
        ]
        let square = 1 / (x * x)
        return terms.reversed().reduce(0) { $0 * square + $1 } / x
    }

    /// `log(1 + u) - u` without cancellation near 0. `u > -1`.
    static func log1pMinus(_ u: Double) -> Double {
        guard u > -0.5, u < 1 else { return log1p(u) - u }
        // With r = u / (2 + u), log(1 + u) = 2 atanh r, and 2r - u = -u r.
        let r = u / (2 + u)
        let square = r * r
        var power = square
        var sum = 0.0
        var odd = 3.0
        while true {
            let next = sum + power / odd
            if next == sum { break }
            sum = next
            power *= square
            odd += 2
        }
        return r * (2 * sum - u)
    }

    /// `k log(ratio) - (difference)`, where `ratio = value / k` and `difference = value - k`: the exponent of a saddle
    /// point.
    ///
    /// `log1pMinus` where the two are close; the logarithm of the ratio itself where the difference has lost it.
    static func exponent(of k: Double, value: Double, difference: Double) -> Double {
        let u = difference / k
        return u > -0.5 ? k * log1pMinus(u) : k * (log(value / k) - u)
    }
}

#if canImport(Glibc)
import Glibc
#endif

/// The binomial distribution: `k` successes in `n` independent trials of probability `p` (0...1).
package enum Binomial {
    /// P(X = k); 0 outside 0...n.
    package static func probability(_ k: Int, trials n: Int, p: Double) -> Double {
        guard k >= 0, k <= n else { return 0 }
        guard p > 0 else { return k == 0 ? 1 : 0 }
        guard p < 1 else { return k == n ? 1 : 0 }
        if k == 0 { return exp(Double(n) * log1p(-p)) }
        if k == n { return pow(p, Double(n)) }
        let (a, b) = (Double(k), Double(n - k))
        return Beta.power(x: p, y: 1 - p, a: a, b: b) * Double(n) / a / b
    }

    /// P(X <= k).
    package static func cdf(_ k: Int, trials n: Int, p: Double) -> Double { parts(k, n, p).lower }

    /// P(X > k).
    package static func survival(_ k: Int, trials n: Int, p: Double) -> Double { parts(k, n, p).upper }

    /// The exact two-sided p-value: the probability of every outcome that is at most as likely as `k`.
    ///
    /// Ties in likelihood are counted with a relative slack of 1e-7, as R and scipy's `binomtest` do. 1 for no trials.
    package static func twoSidedP(_ k: Int, trials n: Int, p: Double = 0.5) -> Double {
        let mean = p * Double(n)
        guard n > 0, Double(k) != mean else { return 1 }
        let limit = probability(k, trials: n, p: p) * (1 + 1e-7)
        let tails = Double(k) < mean
            ? cdf(k, trials: n, p: p) + upperTail(from: Int(mean.rounded(.up)), n, p, limit)
            : survival(k - 1, trials: n, p: p) + lowerTail(to: Int(mean.rounded(.down)), n, p, limit)
        return min(1, tails)
    }

    /// P(X >= the first k from `start` on whose probability is within `limit`). Probabilities fall there.
    private static func upperTail(from start: Int, _ n: Int, _ p: Double, _ limit: Double) -> Double {
        var low = start
        var high = n + 1
        while low < high {
            let middle = low + (high - low) / 2
            if probability(middle, trials: n, p: p) <= limit { high = middle } else { low = middle + 1 }
        }
        return low > n ? 0 : survival(low - 1, trials: n, p: p)
    }

    private static func lowerTail(to end: Int, _ n: Int, _ p: Double, _ limit: Double) -> Double {
        var low = -1
        var high = end
        while low < high {
            let middle = low + (high - low + 1) / 2
            if probability(middle, trials: n, p: p) <= limit { low = middle } else { high = middle - 1 }
        }
        return cdf(low, trials: n, p: p)
    }

    private static func parts(_ k: Int, _ n: Int, _ p: Double) -> (lower: Double, upper: Double) {
        guard k >= 0 else { return (0, 1) }
        guard k < n else { return (1, 0) }
        let beta = Beta.parts(x: p, y: 1 - p, a: Double(k) + 1, b: Double(n - k))
        return (beta.upper, beta.lower)
    }
}

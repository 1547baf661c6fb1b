#if canImport(Glibc)
import Glibc
#endif

/// The normal mixture boundary of Robbins (1970) in the form of Howard, Ramdas, McAuliffe and Sekhon (2021,
/// "Time-uniform, nonparametric, nonasymptotic confidence sequences"), which holds at all times at once.
///
/// A sum of centred observations with intrinsic time `v` (its variance so far) stays below ``bound(v:level:)`` for ever
/// with probability `level`. Mixture SPRTs and the asymptotic confidence sequences of Waudby-Smith and others (2021)
/// are the same number in other letters: `rho` here is their 1 / rho^2 in units of the variance of an observation.
package struct NormalMixture: Sendable, Hashable {
    /// Where the boundary is tightest, in units of `v`; more than 0.
    package let rho: Double
    /// One side only: the boundary for an excess upwards.
    package let oneSided: Bool

    /// Throws unless `rho` is finite and more than 0.
    package init(rho: Double, oneSided: Bool = false) throws(StatisticsError) {
        try Check.positive(rho, "Rho")
        self.rho = rho
        self.oneSided = oneSided
    }

    /// The boundary that is tightest when `v` has reached `best`: v / (2 log(1/alpha) + log(1 + 2 log(1/alpha))), the
    /// usual closed form (Howard and others, section 3.5); one-sided with twice the alpha.
    package init(tightestAt best: Double, level: Double = 0.95, oneSided: Bool = false) throws(StatisticsError) {
        try Check.level(level)
        try Check.positive(best, "The time to be tightest at")
        let alpha = (1 - level) * (oneSided ? 2 : 1)
        guard alpha < 1 else { throw .outOfRange(what: "The one-sided level", value: level, allowed: "more than 0.5") }
        let twice = -2 * log(alpha)
        try self.init(rho: best / (twice + log1p(twice)), oneSided: oneSided)
    }

    /// The log of the mixture's martingale for a sum `sum` at time `v`: evidence against a mean of zero.
    package func logMartingale(sum: Double, v: Double) -> Double {
        let exponent = sum * sum / (2 * (v + rho)) + 0.5 * log(rho / (v + rho))
        guard oneSided else { return exponent }
        return exponent + log(2 * max(Normal.cdf(sum / (v + rho).squareRoot()), .leastNonzeroMagnitude))
    }

    /// The boundary at time `v >= 0`, in units of the sum.
    package func bound(v: Double, level: Double = 0.95) throws(StatisticsError) -> Double {
        try Check.level(level)
        try Check.notNegative(v, "The time")
        let threshold = -log1p(-level)
        let twoSided = ((v + rho) * (log1p(v / rho) + 2 * threshold)).squareRoot()
        guard oneSided else { return twoSided }
        // The two-sided boundary lies above: a bracket for the root.
        return Root.increasing(from: 0, to: twoSided, target: threshold) { logMartingale(sum: $0, v: v) }
    }

    /// A one-sided boundary in closed form, a little above the exact one (Waudby-Smith and others 2021, equation 134).
    package func closedBound(v: Double, level: Double = 0.95) -> Double {
        let alpha = 1 - level
        return (2 * (v + rho) * log1p((v / rho + 1).squareRoot() / (2 * alpha))).squareRoot()
    }

    /// The always-valid p-value of a sum: 1 over the martingale, at most 1.
    package func pValue(sum: Double, v: Double) -> Double { min(1, exp(-logMartingale(sum: sum, v: v))) }
}

/// Roots of increasing functions by bisection, to the last bit.
enum Root {
    static func increasing(from: Double, to: Double, target: Double, _ function: (Double) -> Double) -> Double {
        var (low, high) = (from, to)
        for _ in 0..<2_000 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if function(middle) < target { low = middle } else { high = middle }
        }
        return high
    }
}

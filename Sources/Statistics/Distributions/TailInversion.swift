#if canImport(Glibc)
import Glibc
#endif

/// Finds the place where a distribution function reaches `p`, by Newton's method on the logarithm of the tail, kept in
/// a bracket.
///
/// On a scale where the density is log-concave (the log of a gamma variable, the logit of a beta one) this converges
/// from everywhere; the bracket only guards against rounding.
struct TailInversion {
    /// The tail's probability, inside 0...1.
    let p: Double
    /// Whether `p` is the upper tail's.
    let upper: Bool
    let start: Double
    /// At a place: lower tail, upper tail, density on this scale.
    let evaluate: (Double) -> (lower: Double, upper: Double, density: Double)

    func solve() -> Double {
        var place = start
        var low = -Double.infinity
        var high = Double.infinity
        for _ in 0..<200 {
            let (excess, slope) = logExcess(at: place)
            if excess == 0 { return place }
            if (excess > 0) != upper { high = min(high, place) } else { low = max(low, place) }
            let next = inside(low, high, proposed: place - excess / slope, from: place, excess: excess)
            if abs(next - place) <= 1.5e-16 * max(1, abs(next)) { return next }
            place = next
        }
        return place
    }

    /// log(tail / p) and its slope. Near the solution the ratio is close to 1 and no precision is lost.
    private func logExcess(at place: Double) -> (Double, Double) {
        let (lowerTail, upperTail, density) = evaluate(place)
        let tail = upper ? upperTail : lowerTail
        guard tail > 0 else { return (-.infinity, 0) }
        let ratio = (tail - p) / p
        let excess = abs(ratio) < 0.5 ? log1p(ratio) : log(tail / p)
        return (excess, (upper ? -density : density) / tail)
    }

    /// The proposal when it lies in the bracket and is no wild jump; otherwise the middle, or a doubling step.
    private func inside(_ low: Double, _ high: Double, proposed: Double, from: Double, excess: Double) -> Double {
        let usable = proposed.isFinite && abs(proposed - from) < 50 + abs(from)
        if usable, proposed > low, proposed < high { return proposed }
        if low.isFinite, high.isFinite { return low + (high - low) / 2 }
        let step = max(1, abs(from))
        return low.isFinite ? from + step : from - step
    }
}

/// A moving average of latency that jumps up at once and comes down slowly, so that a target that slows down is avoided
/// after one slow answer.
///
/// As in Twitter's Finagle load balancer ("peak EWMA"): a higher value replaces the average, a lower one is mixed in by
/// the age of the last. Unlike there, the weight halves per `halfLife`, straight between halvings, which needs no
/// exponential function and differs by less than 6 %.
struct PeakEWMA: Sendable {
    /// Ten seconds: long enough to outlast a burst, short enough to come back within a minute.
    static let halfLife: UInt64 = 10_000_000_000

    private var average: Double?
    private var updated: UInt64 = 0

    /// Mixes in a latency in nanoseconds.
    mutating func add(_ latency: UInt64, now: UInt64) {
        let value = Double(latency)
        guard let old = average, value < old else {
            average = value
            updated = now
            return
        }
        let weight = Self.weight(age: now &- min(updated, now))
        average = old * weight + value * (1 - weight)
        updated = now
    }

    /// The average in nanoseconds; without news it fades, so that a target that was avoided is tried again.
    func value(now: UInt64) -> Double? {
        average.map { $0 * Self.weight(age: now &- min(updated, now)) }
    }

    /// 1 at age 0, 1/2 after a half-life, 1/4 after two.
    static func weight(age: UInt64) -> Double {
        let (halvings, rest) = age.quotientAndRemainder(dividingBy: halfLife)
        guard halvings < 64 else { return 0 }
        let whole = Double(sign: .plus, exponent: -Int(halvings), significand: 1)
        return whole * (1 - Double(rest) / Double(halfLife) / 2)
    }
}

/// Exponential backoff with full jitter: attempt `n` waits a random time in `0...min(cap, base * 2^n)`.
///
/// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
package struct Backoff: Sendable {
    /// The first wait's upper bound, in microseconds.
    package var baseMicroseconds: Int64
    /// No wait is longer, in microseconds.
    package var capMicroseconds: Int64

    package init(baseMicroseconds: Int64, capMicroseconds: Int64) {
        self.baseMicroseconds = baseMicroseconds
        self.capMicroseconds = capMicroseconds
    }

    /// How long to wait before retry number `attempt` (0 for the first), in microseconds.
    package func delay(attempt: Int, using random: inout some RandomNumberGenerator) -> Int64 {
        let doublings = min(max(0, attempt), 40)
        let (scaled, overflow) = baseMicroseconds.multipliedReportingOverflow(by: 1 << doublings)
        let bound = overflow ? capMicroseconds : min(capMicroseconds, scaled)
        return Int64.random(in: 0...max(0, bound), using: &random)
    }
}

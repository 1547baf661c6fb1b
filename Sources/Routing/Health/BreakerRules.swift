/// When a target is left alone, and for how long.
package struct BreakerRules: Sendable, Hashable {
    /// That many failures in a row open the breaker.
    package var consecutiveFailures: Int
    /// So does this share of failures in the window, above 0 and at most 1 ...
    package var failureShare: Double
    /// ... once the window has seen that many calls.
    package var minimumRequests: Int
    /// Length of the sliding window, in nanoseconds.
    package var window: UInt64
    /// How long it stays open the first time, in nanoseconds; it doubles each time a probe fails ...
    package var cooldown: UInt64
    /// ... up to this, in nanoseconds.
    package var maximumCooldown: UInt64
    /// How many calls at once may probe a half-open target.
    package var probes: Int
    /// How long a target that answers 429 without `Retry-After` is left alone, in nanoseconds.
    package var rateLimitCooldown: UInt64

    /// The defaults: five failures in a row (chance makes that 1 in 3 million at 5 % errors), or half of at least 20
    /// calls in 30 seconds; 5 seconds at first, 2 minutes at most.
    package init(
        consecutiveFailures: Int = 5, failureShare: Double = 0.5, minimumRequests: Int = 20,
        window: UInt64 = 30_000_000_000, cooldown: UInt64 = 5_000_000_000, maximumCooldown: UInt64 = 120_000_000_000,
        probes: Int = 1, rateLimitCooldown: UInt64 = 2_000_000_000
    ) {
        self.consecutiveFailures = consecutiveFailures
        self.failureShare = failureShare
        self.minimumRequests = minimumRequests
        self.window = window
        self.cooldown = cooldown
        self.maximumCooldown = maximumCooldown
        self.probes = probes
        self.rateLimitCooldown = rateLimitCooldown
    }
}

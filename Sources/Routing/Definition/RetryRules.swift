/// When and how often one target is asked again before the next one is.
package struct RetryRules: Sendable, Hashable {
    /// Further tries after the first; 0 for none.
    package var attempts: Int
    /// The failures that are worth another try.
    package var on: Set<FailureKind>
    /// Statuses that are worth another try beside `on`; where there are any, a status alone decides.
    package var statuses: StatusSet?
    /// Upper bound of the first wait, in nanoseconds; it doubles with each try.
    package var backoffBase: UInt64
    /// No wait is longer, in nanoseconds.
    package var backoffMaximum: UInt64
    /// The share of a wait that is random: 1 is full jitter, 0 none.
    package var jitter: Double
    /// Wait as long as the provider's `Retry-After` asks.
    package var usesRetryAfter: Bool
    /// A provider that asks for more, in nanoseconds, is not waited for: the next target is tried instead.
    package var maximumRetryAfter: UInt64

    package init(
        attempts: Int = 0, on: Set<FailureKind> = RetryRules.transient, statuses: StatusSet? = nil,
        backoffBase: UInt64 = 200_000_000, backoffMaximum: UInt64 = 5_000_000_000, jitter: Double = 1,
        usesRetryAfter: Bool = true, maximumRetryAfter: UInt64 = 10_000_000_000
    ) {
        self.attempts = attempts
        self.on = on
        self.statuses = statuses
        self.backoffBase = backoffBase
        self.backoffMaximum = backoffMaximum
        self.jitter = jitter
        self.usesRetryAfter = usesRetryAfter
        self.maximumRetryAfter = maximumRetryAfter
    }

    /// Failures that often pass by themselves.
    package static let transient: Set<FailureKind> = [.connect, .timeout, .rateLimited, .serverError]
    /// More is a loop, not a retry.
    package static let mostAttempts = 10

    /// Whether `failure` is worth another try.
    package func allows(_ failure: RouteFailure) -> Bool {
        if let statuses, let status = failure.status { return statuses.contains(status) }
        return on.contains(failure.kind)
    }

    /// How long to wait before further try number `attempt` (0 for the first), in nanoseconds; `nil` where the
    /// provider asks for more than is waited.
    ///
    /// Exponential backoff with jitter: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
    package func delay(
        attempt: Int, after failure: RouteFailure, using random: inout some RandomNumberGenerator
    ) -> UInt64? {
        if usesRetryAfter, let asked = failure.retryAfter { return asked <= maximumRetryAfter ? asked : nil }
        let (scaled, overflow) = backoffBase.multipliedReportingOverflow(by: 1 << UInt64(min(max(0, attempt), 40)))
        let bound = overflow ? backoffMaximum : min(backoffMaximum, scaled)
        let fixed = UInt64(Double(bound) * (1 - jitter))
        return fixed + UInt64.random(in: 0...(bound - min(bound, fixed)), using: &random)
    }
}

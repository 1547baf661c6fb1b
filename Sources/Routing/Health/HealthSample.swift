/// How one attempt at a target ended.
package struct HealthSample: Sendable, Hashable {
    /// What it says about the target.
    package enum Outcome: Sendable, Hashable {
        case success
        case failure(FailureKind)
        /// The provider asked to be left alone, for that many nanoseconds where it said how long.
        case rateLimited(retryAfter: UInt64?)
        /// The caller left, or another copy was quicker: says nothing about the target.
        case cancelled
    }

    package var outcome: Outcome
    /// From the attempt's beginning to the first byte of the answer, in nanoseconds.
    package var firstByte: UInt64?
    /// From the attempt's beginning to its end, in nanoseconds.
    package var total: UInt64
    /// Tokens of output, for the throughput; `nil` where not known.
    package var outputTokens: Int64?

    package init(_ outcome: Outcome, firstByte: UInt64? = nil, total: UInt64 = 0, outputTokens: Int64? = nil) {
        self.outcome = outcome
        self.firstByte = firstByte
        self.total = total
        self.outputTokens = outputTokens
    }
}

extension FailureKind {
    /// True where the failure is the target's, not the call's: a wrong request or a refused content says nothing about
    /// the target's health.
    package var isTargetsFault: Bool {
        switch self {
        case .connect, .timeout, .serverError, .authentication, .notFound, .streamBroken, .invalidAnswer: true
        case .rateLimited, .contextWindow, .contentPolicy, .badRequest: false
        }
    }
}

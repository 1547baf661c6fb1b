/// Whether calls may go to a target.
package enum BreakerPhase: Sendable, Hashable {
    case closed
    /// No calls until then (monotonic nanoseconds).
    case open(until: UInt64)
    /// A few calls may try whether it works again; `probesLeft` more at this moment.
    case halfOpen(probesLeft: Int)
}

/// What the router needs of a target's health; cheap to take.
package struct HealthBrief: Sendable, Hashable {
    package var inFlight: Int
    /// Peak EWMA of the time to the first byte, in nanoseconds; `nil` before the first answer.
    package var latency: Double?
    /// Failures among the calls of the breaker's window, 0 to 1.
    package var errorRate: Double
    package var breaker: BreakerPhase
    /// The provider asked to be left alone until then (monotonic nanoseconds); `nil` where it does not.
    package var cooldownUntil: UInt64?

    package init(
        inFlight: Int = 0, latency: Double? = nil, errorRate: Double = 0, breaker: BreakerPhase = .closed,
        cooldownUntil: UInt64? = nil
    ) {
        self.inFlight = inFlight
        self.latency = latency
        self.errorRate = errorRate
        self.breaker = breaker
        self.cooldownUntil = cooldownUntil
    }

    /// Why no call should go there now, `nil` where one may. `now` is monotonic nanoseconds.
    package func ruledOut(now: UInt64) -> RuledOut? {
        switch breaker {
        case .open(let until): return .breakerOpen(until: until)
        case .halfOpen(let left) where left <= 0: return .breakerOpen(until: now)
        case .closed, .halfOpen: break
        }
        guard let cooldownUntil, cooldownUntil > now else { return nil }
        return .coolingDown(until: cooldownUntil)
    }
}

/// A target's health for people: the router's part, and the percentiles of the last five minutes.
package struct HealthView: Sendable, Hashable {
    package var brief: HealthBrief
    /// Calls that ended in the last five minutes.
    package var requests: Int
    /// Those of them that failed by the target's fault.
    package var failures: Int
    /// Time to the first byte, in nanoseconds; `nil` without answers.
    package var latencyP50: UInt64?
    package var latencyP95: UInt64?
    /// Tokens of output per second; `nil` where none are known. 95 % of the answers were at least as quick as `P95`.
    package var throughputP50: Double?
    package var throughputP95: Double?
    /// The last failure and when it was (monotonic nanoseconds).
    package var lastFailure: FailureKind?
    package var lastFailureAt: UInt64?

    package init(
        brief: HealthBrief, requests: Int = 0, failures: Int = 0, latencyP50: UInt64? = nil, latencyP95: UInt64? = nil,
        throughputP50: Double? = nil, throughputP95: Double? = nil, lastFailure: FailureKind? = nil,
        lastFailureAt: UInt64? = nil
    ) {
        self.brief = brief
        self.requests = requests
        self.failures = failures
        self.latencyP50 = latencyP50
        self.latencyP95 = latencyP95
        self.throughputP50 = throughputP50
        self.throughputP95 = throughputP95
        self.lastFailure = lastFailure
        self.lastFailureAt = lastFailureAt
    }
}

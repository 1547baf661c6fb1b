import Synchronization

/// A call that has begun; handed back when it ends.
package struct HealthTicket: Sendable, Hashable {
    /// Monotonic nanoseconds.
    package var began: UInt64
    /// True for a call that tries out a half-open target.
    package var isProbe: Bool
}

/// Live health of one target, shared by all loops and kept over reloads. Times are monotonic nanoseconds.
package final class TargetHealth: Sendable {
    private let state: Mutex<HealthState>

    package init(rules: BreakerRules = BreakerRules()) { state = Mutex(HealthState(rules: rules)) }

    /// A call is on its way. Each ticket must be given back once, by `ended`.
    package func began(now: UInt64) -> HealthTicket { state.withLock { $0.began(now: now) } }

    /// A call has ended.
    package func ended(_ ticket: HealthTicket, _ sample: HealthSample, now: UInt64) {
        state.withLock { $0.ended(ticket, sample, now: now) }
    }

    /// What an active probe has found; it counts like a call.
    package func probed(_ sample: HealthSample, now: UInt64) {
        state.withLock { state in
            let ticket = state.began(now: now)
            state.ended(ticket, sample, now: now)
        }
    }

    /// What the router needs.
    package func brief(now: UInt64) -> HealthBrief { state.withLock { $0.brief(now: now) } }

    /// Everything; merges histograms, so not for every call.
    package func snapshot(now: UInt64) -> HealthView { state.withLock { $0.view(now: now) } }

    /// Other rules from now on; what is open stays open.
    package func setRules(_ rules: BreakerRules) { state.withLock { $0.setRules(rules) } }
}

import Synchronization

/// How many retries a route may make: a share of its calls, and a few per second beside it, so that a provider that is
/// down is not asked ever more often. Times are monotonic nanoseconds.
package struct RetryBudgetState: Sendable, Hashable {
    /// What each call pays in, in thousandths of a retry.
    package var shareThousandths: Int64
    /// What each second pays in, in retries; also the most that can be saved up by waiting.
    package var perSecond: Int64
    /// Thousandths of a retry that may be spent.
    private var balance: Int64
    /// Up to when time has been paid in; `nil` before the first look at the clock.
    private var paidUntil: UInt64?

    /// Twenty per cent of calls and ten per second: enough to hide a bad minute, too little to make a storm.
    package init(shareThousandths: Int64 = 200, perSecond: Int64 = 10) {
        self.shareThousandths = shareThousandths
        self.perSecond = perSecond
        balance = perSecond * 1000
    }

    /// A call has begun.
    package mutating func called(now: UInt64) {
        pay(now: now)
        balance = min(ceiling, balance + shareThousandths)
    }

    /// Takes one retry; false if there is none to take.
    package mutating func take(now: UInt64) -> Bool {
        pay(now: now)
        guard balance >= 1000 else { return false }
        balance -= 1000
        return true
    }

    /// Calls may save up ten seconds' worth of the time's own pay: a quiet hour must not buy a storm.
    private var ceiling: Int64 { max(1000, perSecond * 10_000) }

    private mutating func pay(now: UInt64) {
        guard let last = paidUntil, now > last else {
            paidUntil = max(now, paidUntil ?? 0)
            return
        }
        // Thousandths per second are one per (1,000,000 / perSecond) nanoseconds.
        let elapsed = min(now - last, 10_000_000_000)
        let earned = Int64(elapsed) * perSecond / 1_000_000
        guard earned > 0 else { return }
        paidUntil = now
        let most = perSecond * 1000
        if balance < most { balance = min(most, balance + earned) }
    }
}

/// A route's retry budget, shared by all loops and kept over reloads.
package final class RetryBudget: Sendable {
    private let state: Mutex<RetryBudgetState>

    package init(_ state: RetryBudgetState = RetryBudgetState()) { self.state = Mutex(state) }

    /// A call has begun.
    package func called(now: UInt64) { state.withLock { $0.called(now: now) } }

    /// Takes one retry; false if there is none to take.
    package func take(now: UInt64) -> Bool { state.withLock { $0.take(now: now) } }
}

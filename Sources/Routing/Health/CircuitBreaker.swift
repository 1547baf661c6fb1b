/// The breaker of one target: closed, open for a while, half-open. Times are monotonic nanoseconds.
struct CircuitBreaker: Sendable {
    private enum State: Sendable {
        case closed
        case open(since: UInt64, until: UInt64)
    }

    var rules: BreakerRules
    private var state = State.closed
    private var consecutive = 0
    /// How often it has opened since it was last closed: the cooldown doubles with each.
    private var openings = 0
    private var probesInFlight = 0
    private var counts: SlidingCounts

    init(rules: BreakerRules) {
        self.rules = rules
        counts = SlidingCounts(window: rules.window)
    }

    /// Where it stands.
    func phase(now: UInt64) -> BreakerPhase {
        switch state {
        case .closed: .closed
        case .open(_, let until) where until > now: .open(until: until)
        case .open: .halfOpen(probesLeft: max(0, rules.probes - probesInFlight))
        }
    }

    /// Failures among the calls of the window, 0 to 1.
    func errorRate(now: UInt64) -> Double {
        let total = counts.total(now: now)
        return total.requests == 0 ? 0 : Double(total.failures) / Double(total.requests)
    }

    /// A call begins. True if it is a probe, which is what every call to a target that is not closed is.
    mutating func began(now: UInt64) -> Bool {
        if case .closed = state { return false }
        probesInFlight += 1
        return true
    }

    /// A call has ended. `isSuccess` is `nil` where it says nothing about the target.
    mutating func ended(_ ticket: HealthTicket, isSuccess: Bool?, now: UInt64) {
        if ticket.isProbe { probesInFlight = max(0, probesInFlight - 1) }
        guard let isSuccess else { return }
        counts.add(isFailure: !isSuccess, now: now)
        switch state {
        case .closed: endedWhileClosed(isSuccess, now: now)
        case .open(let since, let until): endedWhileOpen(ticket, isSuccess, since: since, until: until, now: now)
        }
    }

    /// Takes the new rules; a new window begins empty.
    mutating func setRules(_ new: BreakerRules) {
        if new.window != rules.window { counts = SlidingCounts(window: new.window) }
        rules = new
    }

    private mutating func endedWhileClosed(_ isSuccess: Bool, now: UInt64) {
        consecutive = isSuccess ? 0 : consecutive + 1
        guard !isSuccess else { return }
        let total = counts.total(now: now)
        let isShareReached =
            total.requests >= rules.minimumRequests
            && Double(total.failures) >= rules.failureShare * Double(total.requests)
        if consecutive >= rules.consecutiveFailures || isShareReached { open(now: now) }
    }

    /// Only a call that began after the breaker opened says whether the target has come back.
    private mutating func endedWhileOpen(
        _ ticket: HealthTicket, _ isSuccess: Bool, since: UInt64, until: UInt64, now: UInt64
    ) {
        guard ticket.isProbe, ticket.began >= since else { return }
        if isSuccess {
            close()
        } else if now >= until {
            open(now: now)
        }
    }

    private mutating func open(now: UInt64) {
        let doubled = rules.cooldown.multipliedReportingOverflow(by: 1 << UInt64(min(openings, 32)))
        let wait = doubled.overflow ? rules.maximumCooldown : min(rules.maximumCooldown, doubled.partialValue)
        state = .open(since: now, until: now &+ wait)
        openings += 1
        consecutive = 0
    }

    private mutating func close() {
        state = .closed
        openings = 0
        consecutive = 0
        counts.clear()
    }
}

import Vocabulary

/// The count behind one rule of one subject.
struct Meter: Sendable {
    let subject: Subject
    /// The rule as it was published last, for showing; what a call is checked against stands in its chain.
    var rule: CompiledRule
    var generation: UInt32
    /// Open calls that hold something here. For parallel calls this is the count itself.
    var holds: Int32 = 0
    /// No rule asks for it any more; it stays until the last open call has ended.
    var isRetired = false
    /// Empty unless the rule is a budget.
    var budget: BudgetCount
    /// `nil` unless the rule is a rate.
    var rate: RateCount?

    init(subject: Subject, rule: CompiledRule, generation: UInt32, windows: [WindowCount], time: Microseconds) {
        self.subject = subject
        self.rule = rule
        self.generation = generation
        budget = BudgetCount(window: rule.window ?? .lifetime, windows: windows)
        rate = rule.period.map { RateCount(period: $0, at: time) }
    }

    /// Brings the count to the present.
    mutating func advance(to now: UnixMicroseconds, time: Microseconds) {
        switch rule.count {
        case .budget: budget.roll(to: now)
        case .rate: rate?.advance(to: time)
        case .parallel: break
        }
    }

    /// Settled and held, once the count is at the present.
    var fill: (used: Int64, reserved: Int64) {
        switch rule.count {
        case .budget: (budget.current.used, budget.current.reserved)
        case .rate: (rate?.total ?? 0, 0)
        case .parallel: (Int64(holds), 0)
        }
    }

    /// Holds `amount`, and says where: the window's start or the slot's number.
    mutating func hold(_ amount: Int64) -> Int64 {
        holds += 1
        switch rule.count {
        case .budget:
            budget.hold(amount)
            return budget.current.start
        case .rate:
            rate?.add(amount)
            return rate?.slot ?? 0
        case .parallel:
            return 0
        }
    }

    /// Ends a hold; what was settled before, where that is asked.
    mutating func close(at place: Int64, held: Int64, settled: Int64) -> Int64 {
        holds -= 1
        switch rule.count {
        case .budget: return budget.close(start: place, held: held, settled: settled)
        case .rate: rate?.correct(slot: place, from: held, to: settled)
        case .parallel: break
        }
        return 0
    }

    /// Nothing is held and no sliding window has anything left, so that only sums of budgets would be lost with it.
    mutating func isIdle(at time: Microseconds) -> Bool {
        rate?.advance(to: time)
        return holds == 0 && (rate?.total ?? 0) == 0
    }
}

package import Vocabulary

/// How full one rule is.
package struct RuleState: Sendable, Hashable {
    package var subject: Subject
    /// The rule's id.
    package var rule: String
    package var measure: RuleMeasure
    package var mode: RuleMode
    package var models: [String]
    /// In the rule's unit, as everything below.
    package var limit: Int64
    /// Settled in this window, or counted in this period, or open now.
    package var used: Int64
    /// Held by open calls.
    package var reserved: Int64
    /// The current window of a budget; `nil` for limits.
    package var window: WindowSpan?
    /// The period of a limit; `nil` for others.
    package var period: Microseconds?
    /// How long until nothing is used any more, if nothing is added; `nil` for parallel calls and for budgets that
    /// never begin anew.
    package var resetAfter: Microseconds?

    /// What is left, never below zero.
    package var remaining: Int64 { max(0, limit - min(limit, used.addingOrMax(reserved))) }
}

extension Meter {
    /// The state at a moment, without bringing the count there.
    func state(of rule: CompiledRule, at now: UnixMicroseconds, time: Microseconds) -> RuleState {
        var state = RuleState(
            subject: subject, rule: rule.id, measure: rule.measure, mode: rule.mode, models: rule.models,
            limit: rule.limit(at: now), used: 0, reserved: 0, window: nil, period: rule.period, resetAfter: nil
        )
        switch rule.count {
        case .budget:
            let (count, span) = budget.count(at: now)
            (state.used, state.reserved, state.window) = (count.used, count.reserved, span)
            state.resetAfter = span.end == .max ? nil : span.end - now
        case .rate:
            var present = rate
            present?.advance(to: time)
            state.used = present?.total ?? 0
            state.resetAfter = present.map { $0.wait(toFree: $0.total, at: time) }
        case .parallel:
            state.used = Int64(holds)
        }
        return state
    }
}

extension LedgerBook {
    /// The rules that are published for a subject, or that a customer has been counted by.
    func state(of subject: Subject, at now: UnixMicroseconds) -> [RuleState] {
        var clock = clock
        let time = clock.advance(to: now)
        if let own = published[subject] {
            return own.entries.map { meters.meters[Int($0.meter.index)].state(of: $0.rule, at: now, time: time) }
        }
        guard subject.kind == .customer else { return [] }
        return customers.meters(of: subject.id).map { place in
            let meter = meters.meters[Int(place)]
            return meter.state(of: meter.rule, at: now, time: time)
        }
    }

    /// The rules that apply to calls of a chain for `model`.
    func state(of chain: LedgerChain, customer: String?, model: String, at now: UnixMicroseconds) -> [RuleState] {
        var clock = clock
        let time = clock.advance(to: now)
        var states: [RuleState] = []
        for entry in chain.entries where meters.holds(entry.meter) && entry.rule.applies(to: model) {
            states.append(meters.meters[Int(entry.meter.index)].state(of: entry.rule, at: now, time: time))
        }
        guard let customer else { return states }
        let subject = Subject(.customer, customer)
        if published[subject] != nil {
            return states + state(of: subject, at: now).filter { ModelPatterns.name($0.models, model) }
        }
        let rules = chain.eachCustomer.filter { $0.applies(to: model) }
        return states + rules.map { stateOfCustomer(subject, $0, at: now, time: time) }
    }

    /// Also of a customer that is not followed now: its sums may be parked.
    private func stateOfCustomer(
        _ subject: Subject, _ rule: CompiledRule, at now: UnixMicroseconds, time: Microseconds
    ) -> RuleState {
        let key = MeterKey(subject: subject, counter: rule.counter)
        if let place = meters.place(of: key) {
            return meters.meters[Int(place)].state(of: rule, at: now, time: time)
        }
        let parked = meters.parked[key]
        return Meter(subject: subject, rule: rule, generation: 0, windows: parked, time: time)
            .state(of: rule, at: now, time: time)
    }
}

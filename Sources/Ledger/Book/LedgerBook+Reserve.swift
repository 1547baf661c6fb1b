import Vocabulary

extension LedgerBook {
    /// Takes what a call may consume out of every count that applies to it, or out of none.
    mutating func reserve(_ demand: borrowing LedgerDemand, at now: UnixMicroseconds) -> ReserveResult {
        let time = clock.advance(to: now)
        let reservation = open.begin()
        var check = DemandCheck(demand: demand, now: now, time: time)
        for entry in demand.chain.entries where meters.holds(entry.meter) && entry.rule.applies(to: demand.model) {
            inspect(entry.meter.index, entry.rule, &check, reservation)
        }
        if let customer = demand.customer {
            inspectCustomer(customer, demand, &check, reservation)
        }
        if let refusal = check.refusal {
            open.end(reservation)
            return .refused(refusal)
        }
        return .granted(LedgerGrant(reservation: hold(reservation), notices: check.notices))
    }

    /// Takes what was found to fit. A reservation of nothing is given up at once.
    private mutating func hold(_ reservation: LedgerReservation) -> LedgerReservation {
        let holds = open[reservation].count
        guard holds > 0 else {
            open.end(reservation)
            return .nothing
        }
        for at in 0..<holds {
            let hold = open[reservation][at]
            open[reservation][at].place = meters[hold.meter].hold(hold.amount)
        }
        return reservation
    }

    private mutating func inspect(
        _ meter: Int32, _ rule: CompiledRule, _ check: inout DemandCheck, _ reservation: LedgerReservation
    ) {
        meters[meter].advance(to: check.now, time: check.time)
        check.look(at: meters.meters[Int(meter)], rule)
        let amount = check.amounts.amount(of: rule.measure)
        open[reservation].append(Hold(meter: meter, rule: rule, amount: amount))
    }

    private mutating func inspectCustomer(
        _ id: String, _ demand: borrowing LedgerDemand, _ check: inout DemandCheck, _ reservation: LedgerReservation
    ) {
        let subject = Subject(.customer, id)
        if customersWithRules > 0, let own = published[subject] {
            for entry in own.entries where entry.rule.applies(to: demand.model) {
                inspect(entry.meter.index, entry.rule, &check, reservation)
            }
            return
        }
        let rules = demand.chain.eachCustomer
        guard rules.contains(where: { $0.applies(to: demand.model) }) else { return }
        guard let place = placeForCustomer(id, rules, check) else {
            check.add(noRoom(for: subject, rules.filter { $0.applies(to: demand.model) }))
            return
        }
        for rule in rules where rule.applies(to: demand.model) {
            let meter = customers.meter(of: rule, at: place, in: &meters, time: check.time)
            inspect(meter, rule, &check, reservation)
        }
    }

    private mutating func placeForCustomer(_ id: String, _ rules: [CompiledRule], _ check: DemandCheck) -> Int? {
        if meters.parked.count >= parkedCapacity, check.now >= nextSweep {
            meters.forgetClosedWindows(at: check.now)
            nextSweep = check.now + 1_000_000
        }
        if meters.parked.count >= parkedCapacity, !isKnown(id, rules) { return nil }
        return customers.place(of: id, in: &meters, time: check.time)
    }

    /// Whether the customer is followed, or has sums that come back with it.
    private func isKnown(_ id: String, _ rules: [CompiledRule]) -> Bool {
        customers.has(id) || rules.contains { rule in
            !meters.parked[MeterKey(subject: Subject(.customer, id), counter: rule.counter)].isEmpty
        }
    }

    /// Without a hard rule it is a notice: the call goes on, and this customer's count misses it.
    private func noRoom(for subject: Subject, _ rules: [CompiledRule]) -> LedgerBreach {
        let mode: RuleMode = rules.contains { $0.mode == .hard } ? .hard : .soft
        return LedgerBreach(
            subject: subject, rule: "customers", measure: .customers, mode: mode, limit: Int64(customers.capacity),
            used: Int64(customers.count + meters.parked.count), reserved: 0, asked: 1, resetsAt: nil,
            retryAfter: LedgerBreach.openCallsDelay, period: nil
        )
    }
}

/// One call, held against one count after the other.
struct DemandCheck {
    let amounts: CallAmounts
    let now: UnixMicroseconds
    /// The same moment for sliding windows.
    let time: Microseconds
    /// Of the hard rules that are reached, the one to wait for longest: who waits for less is refused again.
    private(set) var refusal: LedgerBreach?
    private(set) var notices: [LedgerBreach] = []

    init(demand: borrowing LedgerDemand, now: UnixMicroseconds, time: Microseconds) {
        amounts = CallAmounts(estimate: demand)
        self.now = now
        self.time = time
    }

    mutating func look(at meter: borrowing Meter, _ rule: CompiledRule) {
        let asked = amounts.asked(of: rule.measure)
        let (used, reserved) = meter.fill
        let limit = rule.limit(at: now)
        guard asked > 0, used.addingOrMax(reserved).addingOrMax(asked) > limit else { return }
        add(
            LedgerBreach(
                subject: meter.subject, rule: rule.id, measure: rule.measure, mode: rule.mode, limit: limit, used: used,
                reserved: reserved, asked: asked, resetsAt: meter.resetsAt,
                retryAfter: wait(for: meter, used: used, asked: asked, limit: limit), period: rule.period
            )
        )
    }

    mutating func add(_ breach: LedgerBreach) {
        guard breach.mode == .hard else {
            notices.append(breach)
            return
        }
        if (breach.retryAfter ?? .max) > (refusal.map { $0.retryAfter ?? .max } ?? -1) { refusal = breach }
    }

    private func wait(for meter: borrowing Meter, used: Int64, asked: Int64, limit: Int64) -> Microseconds? {
        if asked > limit { return nil }
        if let rate = meter.rate { return rate.wait(toFree: used - (limit - asked), at: time) }
        // Whatever is in the way is only held, and comes back when an open call ends.
        if meter.rule.window == nil || used <= limit - asked { return LedgerBreach.openCallsDelay }
        return meter.resetsAt.map { $0 - now }
    }
}

extension Meter {
    /// When a budget begins anew; `nil` if never, and for limits.
    var resetsAt: UnixMicroseconds? { rule.window == nil ? nil : budget.end }
}

import Ledger
import Vocabulary

/// Does the same to the ledger and to the reference model, and tells the first difference.
struct Comparison {
    static let capacity = 4

    private var world: RandomWorld
    private var ledger = Ledger(customerCapacity: capacity)
    private var reference = ReferenceLedger(capacity: capacity)
    private var rules: [Subject: SpendingRules]
    private var each: SpendingRules
    private var chains: [LedgerChain] = []
    private var open: [(call: Int, reservation: LedgerReservation)] = []
    /// Reservations that have ended; ending them again must do nothing.
    private var ended: LedgerReservation = .nothing
    private var store: [LedgerSum: Int64] = [:]
    private var calls = 0
    private(set) var tally = Tally()

    /// How often each kind of event came up, so that a test can tell that it tested something.
    struct Tally {
        var granted = 0
        var refused = 0
        var settled = 0
        var released = 0
        var crashes = 0
        var ruleChanges = 0
        var noRoomForCustomer = 0
    }

    init(seed: UInt64) {
        world = RandomWorld(seed: seed)
        rules = world.rules()
        each = world.eachCustomer()
        publish()
    }

    /// One event.
    ///
    /// - Returns: What differs; `nil` if nothing does.
    mutating func step() -> String? {
        world.passTime()
        switch world.below(10_000) {
        case 0..<4_600: return open.count < 14 ? reserve() : settle()
        case 4_600..<8_000: return settle()
        case 8_000..<9_700: return release()
        case 9_700..<9_900: return endAgain()
        case 9_900..<9_970: return compareStates()
        case 9_970..<9_998: return changeRules()
        default: return crash()
        }
    }

    /// Whether the records' charges add up to what the model settled.
    func compareHistories() -> String? {
        var expected: [LedgerSum: Int64] = [:]
        for count in reference.counts {
            for (start, amount) in count.history {
                expected[LedgerSum(subject: count.subject, rule: count.name, windowStart: start, amount: 0)] = amount
            }
        }
        return expected == store ? nil : "the charges on record add up to something else than was settled"
    }

    private mutating func publish() {
        ledger.publish(rules)
        reference.publish(rules)
        chains = RandomWorld.chains.map { ledger.chain($0, eachCustomer: each) }
    }

    // MARK: Events

    private mutating func reserve() -> String? {
        let at = Int(world.below(Int64(chains.count)))
        let model = world.pick(RandomWorld.models)
        let customer = world.chance(1, in: 3) ? world.pick(RandomWorld.customers) : nil
        let money: Int64? = world.chance(1, in: 10) ? nil : world.chance(1, in: 10) ? 0 : world.below(60)
        let tokens = world.below(40)
        calls += 1
        let expected = reference.reserve(
            call: calls, chain: RandomWorld.chains[at], customer: customer, each: each, model: model, money: money,
            tokens: tokens, now: world.now
        )
        let demand = LedgerDemand(
            chain: chains[at], customer: customer, model: model, money: money.map(Money.init(nanodollars:)),
            tokens: tokens
        )
        return compare(ledger.reserve(demand, at: world.now), expected)
    }

    private mutating func compare(_ result: ReserveResult, _ expected: ReferenceLedger.Verdict) -> String? {
        switch (result, expected) {
        case (.granted(let grant), .granted(let notices)):
            tally.granted += 1
            open.append((calls, grant.reservation))
            let seen = grant.notices.map(Self.refusal)
            return Self.sorted(seen) == Self.sorted(notices) ? nil : "call \(calls): notices \(seen), not \(notices)"
        case (.refused(let breach), .refused(let refusal)):
            tally.refused += 1
            if breach.measure == .customers { tally.noRoomForCustomer += 1 }
            let seen = Self.refusal(breach)
            return seen == refusal ? nil : "call \(calls): refused by \(seen), not by \(refusal)"
        default:
            return "call \(calls): \(result), not \(expected)"
        }
    }

    private static func refusal(_ breach: LedgerBreach) -> ReferenceLedger.Refusal {
        ReferenceLedger.Refusal(
            subject: breach.subject, id: breach.rule, limit: breach.limit,
            used: breach.measure == .customers ? 0 : breach.used, reserved: breach.reserved, asked: breach.asked,
            wait: breach.retryAfter
        )
    }

    private static func sorted(_ refusals: [ReferenceLedger.Refusal]) -> [ReferenceLedger.Refusal] {
        refusals.count < 2 ? refusals : refusals.sorted { "\($0)" < "\($1)" }
    }

    private mutating func takeOpen() -> (call: Int, reservation: LedgerReservation)? {
        guard !open.isEmpty else { return nil }
        let at = Int(world.below(Int64(open.count)))
        open.swapAt(at, open.count - 1)
        return open.removeLast()
    }

    private mutating func settle() -> String? {
        guard let (call, reservation) = takeOpen() else { return nil }
        let money = world.below(world.chance(1, in: 20) ? 500 : 40)
        let tokens = world.below(world.chance(1, in: 20) ? 300 : 30)
        let expected = reference.settle(call: call, money: money, tokens: tokens, now: world.now)
        let charges = ledger.settle(reservation, money: Money(nanodollars: money), tokens: tokens, at: world.now)
        tally.settled += 1
        ended = reservation
        for charge in charges {
            let key = LedgerSum(subject: charge.subject, rule: charge.rule, windowStart: charge.windowStart, amount: 0)
            store[key, default: 0] += charge.amount
        }
        let seen = charges.map {
            ReferenceLedger.Charge(
                subject: $0.subject, name: $0.rule, start: $0.windowStart, amount: $0.amount, before: $0.before,
                limit: $0.limit
            )
        }
        return seen == expected ? nil : "call \(call): charged \(seen), not \(expected)"
    }

    private mutating func release() -> String? {
        guard let (call, reservation) = takeOpen() else { return nil }
        reference.release(call: call)
        ledger.release(reservation)
        tally.released += 1
        ended = reservation
        return nil
    }

    private mutating func endAgain() -> String? {
        ledger.release(ended)
        let charges = ledger.settle(ended, money: Money(nanodollars: 1_000), tokens: 1_000, at: world.now)
        return charges.isEmpty ? nil : "a reservation that had ended was charged again"
    }

    private mutating func changeRules() -> String? {
        tally.ruleChanges += 1
        if world.chance(1, in: 4) { each = world.eachCustomer() }
        rules = world.chance(1, in: 10) ? world.rules() : world.changed(rules)
        publish()
        return compareStates()
    }

    private mutating func crash() -> String? {
        tally.crashes += 1
        ledger = Ledger(customerCapacity: Self.capacity)
        (open, ended) = ([], .nothing)
        let sums = store.map { key, amount in
            LedgerSum(subject: key.subject, rule: key.rule, windowStart: key.windowStart, amount: amount)
        }
        let restoresFirst = world.chance(1, in: 2)
        if restoresFirst { ledger.restore(sums, at: world.now) }
        reference.crash(now: world.now)
        publish()
        // Journals are replayed and stores are read twice: neither may double anything.
        if !restoresFirst || world.chance(1, in: 2) { ledger.restore(sums, at: world.now) }
        return compareStates()
    }

    // MARK: States

    private mutating func compareStates() -> String? {
        // The model's clock is read as a reservation would read it; the ledger's is only looked at.
        var model = reference
        let time = model.time(at: world.now)
        for (subject, own) in reference.rules {
            let seen = ledger.state(of: subject, at: world.now)
            guard seen.count == own.count else { return "\(subject) has \(seen.count) rules, not \(own.count)" }
            for (state, rule) in zip(seen, own) {
                let fill = reference.fill(rule, now: world.now, time: time)
                guard state.used == fill.used, state.reserved == fill.reserved else {
                    return "\(subject) \(rule.id): \(state.used) + \(state.reserved), not \(fill)"
                }
                guard state.used >= 0, state.reserved >= 0, state.limit == rule.limit(at: world.now) else {
                    return "\(subject) \(rule.id): below zero or another limit: \(state)"
                }
            }
        }
        let held = reference.open.values.reduce(0) { $0 + ($1.isEmpty ? 0 : 1) }
        return ledger.size.openCalls == held ? nil : "\(ledger.size.openCalls) calls are open, not \(held)"
    }
}

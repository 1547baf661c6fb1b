import Vocabulary

/// Every count and every open reservation, and the rules for changing them: what `Ledger` guards with its lock.
///
/// Pure: time is passed in, nothing is read or written elsewhere.
struct LedgerBook: Sendable {
    /// The rules of one subject as they were published.
    struct Published: Sendable {
        var source: SpendingRules
        var entries: [ChainEntry]
    }

    var meters = MeterTable()
    var published: [Subject: Published] = [:]
    /// How many customers have rules of their own.
    var customersWithRules = 0
    var customers: CustomerTable
    var open = OpenCalls()
    var clock = RateClock()
    /// Parked sums are looked through at most this often, because that takes long.
    var nextSweep: UnixMicroseconds = .min

    let parkedCapacity: Int

    init(customerCapacity: Int, parkedCapacity: Int) {
        customers = CustomerTable(capacity: customerCapacity)
        self.parkedCapacity = parkedCapacity
    }

    /// The rules of these subjects in this order, each once.
    func chain(_ subjects: [Subject], eachCustomer: SpendingRules) -> LedgerChain {
        var seen: Set<Subject> = []
        let entries = subjects.filter { seen.insert($0).inserted }.flatMap { published[$0]?.entries ?? [] }
        return LedgerChain(
            entries: entries, eachCustomer: CompiledRule.all(of: eachCustomer),
            customersHaveRules: customersWithRules > 0
        )
    }

    mutating func settle(
        _ reservation: LedgerReservation, _ amounts: CallAmounts, at now: UnixMicroseconds
    ) -> [LedgerCharge] {
        guard open.isOpen(reservation) else { return [] }
        var charges: [LedgerCharge] = []
        charges.reserveCapacity(open[reservation].count)
        for hold in open[reservation] {
            let amount = amounts.amount(of: hold.rule.measure)
            // A retired count is gone once its last hold ends, so its owner is read first.
            let subject = meters.meters[Int(hold.meter)].subject
            let before = meters.close(hold, settled: amount)
            if let charge = hold.charge(subject, amount: amount, before: before, at: now) { charges.append(charge) }
        }
        open.end(reservation)
        return charges
    }

    mutating func release(_ reservation: LedgerReservation) {
        guard open.isOpen(reservation) else { return }
        for hold in open[reservation] { _ = meters.close(hold, settled: 0) }
        open.end(reservation)
    }

    mutating func restore(_ sums: [LedgerSum], at now: UnixMicroseconds) {
        var byCount: [MeterKey: [LedgerSum]] = [:]
        for sum in sums { byCount[MeterKey(subject: sum.subject, counter: sum.rule), default: []].append(sum) }
        for sums in byCount.values {
            // Of many windows those nearest to now are of use; the current one is among the nearest three.
            let nearest = sums.sorted { Self.isNearer($0.windowStart, $1.windowStart, to: now) }
            for sum in nearest.prefix(BudgetCount.keptWindows + 1) { meters.raise(sum) }
        }
    }

    private static func isNearer(_ a: UnixMicroseconds, _ b: UnixMicroseconds, to now: UnixMicroseconds) -> Bool {
        let (first, second) = (distance(a, now), distance(b, now))
        return first == second ? a < b : first < second
    }

    private static func distance(_ a: UnixMicroseconds, _ b: UnixMicroseconds) -> UInt64 {
        a > b ? UInt64(bitPattern: a &- b) : UInt64(bitPattern: b &- a)
    }
}

extension Hold {
    /// The line that goes on the call's record; `nil` for limits, which are not kept beyond their period.
    fileprivate func charge(
        _ subject: Subject, amount: Int64, before: Int64, at now: UnixMicroseconds
    ) -> LedgerCharge? {
        guard rule.window != nil else { return nil }
        let unit: MeteredUnit =
            switch rule.measure {
            case .money: .money
            case .tokens: .tokens
            case .requests, .parallel, .customers: .requests
            }
        return LedgerCharge(
            subject: subject, rule: rule.counter, windowStart: place, amount: amount, before: before,
            limit: rule.limit(at: now), unit: unit, mode: rule.mode
        )
    }
}

import Vocabulary

/// The ledger once more, slow and plain: it keeps what every open call holds and every entry of a rate in lists, and
/// adds them up anew whenever it is asked. No sum of what is held is ever stored.
struct ReferenceLedger {
    struct Count {
        var subject: Subject
        var name: String
        /// A rule in force counts here.
        var isLive = false
        /// Settled sums that are at hand, by the window's start.
        var settled: [Int64: Int64] = [:]
        /// Starts of windows that are at hand; first the one that was current last.
        var recent: [Int64] = []
        var entries: [(call: Int, slot: Int64, amount: Int64)] = []
        /// Every sum ever settled: what a store would have.
        var history: [Int64: Int64] = [:]
    }

    struct Hold {
        var rule: ReferenceRule
        var place: Int64
        var amount: Int64
    }

    struct Charge: Equatable {
        var subject: Subject
        var name: String
        var start: Int64
        var amount: Int64
        var before: Int64
        var limit: Int64
    }

    struct Refusal: Equatable {
        var subject: Subject
        var id: String
        var limit: Int64
        var used: Int64
        var reserved: Int64
        var asked: Int64
        /// `nil`: waiting does not help.
        var wait: Int64?
    }

    enum Verdict {
        case granted(notices: [Refusal])
        case refused(Refusal)
    }

    let capacity: Int
    private(set) var counts: [Count] = []
    private var numbers: [String: Int] = [:]
    var rules: [Subject: [ReferenceRule]] = [:]
    var open: [Int: [Hold]] = [:]
    private var followed: [String: (lastUsed: Int, counts: Set<Int>)] = [:]
    private var uses = 0
    private var lastEach = SpendingRules.none
    private var rulesOfEach: [String: [ReferenceRule]] = [:]
    /// The wall clock's highest reading since it was last set back, and the time for rates that had passed before.
    private var highest: Int64?
    private var origin: Int64 = 0
    private var passed: Int64 = 0

    init(capacity: Int) { self.capacity = capacity }

    // MARK: Rules

    mutating func number(_ subject: Subject, _ name: String) -> Int {
        let key = "\(subject)|\(name)"
        if let number = numbers[key] { return number }
        counts.append(Count(subject: subject, name: name))
        numbers[key] = counts.count - 1
        return counts.count - 1
    }

    mutating func read(_ rules: SpendingRules, of subject: Subject) -> [ReferenceRule] {
        let budgets = rules.budgets.map { rule in
            ReferenceRule(
                id: rule.id, count: number(subject, "\(rule.id)/\(rule.unit)/\(rule.window)"), subject: subject,
                kind: .budget(rule.window, rule.unit), mode: rule.mode, models: rule.models, baseLimit: rule.limit,
                increase: rule.increase
            )
        }
        let limits = rules.limits.map { rule in
            let period = rule.unit == .parallel ? 0 : rule.period
            return ReferenceRule(
                id: rule.id, count: number(subject, "limit \(rule.id) \(rule.unit) \(period)"), subject: subject,
                kind: rule.unit == .parallel ? .parallel : .rate(period, rule.unit), mode: rule.mode,
                models: rule.models, baseLimit: rule.limit, increase: nil
            )
        }
        return budgets + limits
    }

    mutating func publish(_ published: [Subject: SpendingRules]) {
        let before = rules
        rules = [:]
        for (subject, source) in published where !source.isEmpty { rules[subject] = read(source, of: subject) }
        for subject in rules.keys where subject.kind == .customer { leaveFollowed(subject.id) }
        let live = Set(rules.values.joined().map(\.count))
        for rule in before.values.joined() where !live.contains(rule.count) { leave(rule.count) }
        for number in live { counts[number].isLive = true }
    }

    private mutating func leaveFollowed(_ customer: String) {
        for number in followed[customer]?.counts ?? [] { leave(number) }
        followed[customer] = nil
    }

    private mutating func leave(_ number: Int) {
        counts[number].isLive = false
        clearIfDone(number)
    }

    /// What nobody asks for and nobody holds keeps its sums, and nothing else.
    private mutating func clearIfDone(_ number: Int) {
        guard !counts[number].isLive, !isHeld(number) else { return }
        let settled = counts[number].settled
        counts[number].recent.removeAll { settled[$0, default: 0] == 0 }
        counts[number].entries = []
    }

    // MARK: Sums

    private func isHeld(_ number: Int, at place: Int64? = nil) -> Bool {
        open.values.contains { $0.contains { $0.rule.count == number && (place == nil || $0.place == place) } }
    }

    private func held(_ number: Int, at place: Int64) -> Int64 {
        var sum: Int64 = 0
        for holds in open.values {
            for hold in holds where hold.rule.count == number && hold.place == place { sum += hold.amount }
        }
        return sum
    }

    static func slot(_ time: Int64, _ period: Int64) -> Int64 {
        let width = (period + 59) / 60
        return (time - (time % width + width) % width) / width
    }

    private func rated(_ number: Int, from slot: Int64) -> Int64 {
        var sum: Int64 = 0
        for entry in counts[number].entries where entry.slot >= slot { sum += entry.amount }
        return sum
    }

    /// Settled and held.
    func fill(_ rule: ReferenceRule, now: Int64, time: Int64) -> (used: Int64, reserved: Int64) {
        switch rule.kind {
        case .budget(let window, _):
            let start = ReferenceCalendar.window(window, at: now).start
            return (counts[rule.count].settled[start] ?? 0, held(rule.count, at: start))
        case .rate(let period, _):
            return (rated(rule.count, from: Self.slot(time, period) - 60), 0)
        case .parallel:
            let holders = open.values.filter { $0.contains { $0.rule.count == rule.count } }
            return (Int64(holders.count), 0)
        }
    }

    // MARK: Time

    /// Time for rates at a reading of the wall clock: it stands still while the clock is behind by a second or less,
    /// and goes on from where it was if the clock is behind by more.
    mutating func time(at now: Int64) -> Int64 {
        guard let top = highest else {
            (highest, origin, passed) = (now, now, now)
            return now
        }
        if now < top - 1_000_000 {
            passed += top - origin
            (origin, highest) = (now, now)
        } else if now > top {
            highest = now
        }
        return passed + (highest ?? now) - origin
    }

    // MARK: Calls

    mutating func reserve(
        call: Int, chain: [Subject], customer: String?, each: SpendingRules, model: String, money: Int64?,
        tokens: Int64, now: Int64
    ) -> Verdict {
        let inChain = chain.flatMap { rules[$0] ?? [] }
        // Whom no rule can hold back is not looked at, and neither is the clock.
        if inChain.isEmpty, customer == nil { return .granted(notices: []) }
        let time = time(at: now)
        var applying = inChain.filter { $0.isFor(model) }
        var breaches: [(RuleMode, Refusal)] = []
        var full: Full?
        if let customer {
            switch customerRules(customer, each, model, time) {
            case .success(let own): applying += own
            case .failure(let failure): full = failure
            }
        }
        for rule in applying {
            if case .budget(let window, _) = rule.kind {
                visit(rule.count, ReferenceCalendar.window(window, at: now).start)
            }
            let ask = asked(rule, money, tokens)
            if let refusal = refusal(rule, asked: ask, now: now, time: time) { breaches.append((rule.mode, refusal)) }
        }
        if let full { breaches.append((full.mode, full.refusal)) }
        var worst: Refusal?
        for (mode, refusal) in breaches where mode == .hard {
            if worst == nil || (refusal.wait ?? .max) > (worst?.wait ?? .max) { worst = refusal }
        }
        if let worst { return .refused(worst) }
        hold(call, applying, money, tokens, now: now, time: time)
        return .granted(notices: breaches.map(\.1))
    }

    private mutating func hold(
        _ call: Int, _ applying: [ReferenceRule], _ money: Int64?, _ tokens: Int64, now: Int64, time: Int64
    ) {
        open[call] = applying.map { rule in
            let amount = rule.measure == "money" ? money ?? 0 : rule.measure == "tokens" ? tokens : 1
            switch rule.kind {
            case .budget(let window, _):
                return Hold(rule: rule, place: ReferenceCalendar.window(window, at: now).start, amount: amount)
            case .rate(let period, _):
                return Hold(rule: rule, place: Self.slot(time, period), amount: amount)
            case .parallel:
                return Hold(rule: rule, place: 0, amount: 1)
            }
        }
        for hold in open[call] ?? [] {
            guard case .rate = hold.rule.kind else { continue }
            counts[hold.rule.count].entries.removeAll { $0.slot < hold.place - 60 }
            counts[hold.rule.count].entries.append((call, hold.place, hold.amount))
        }
    }

    private func asked(_ rule: ReferenceRule, _ money: Int64?, _ tokens: Int64) -> Int64 {
        switch rule.measure {
        case "money": money ?? 1
        case "tokens": max(1, tokens)
        default: 1
        }
    }

    private func refusal(_ rule: ReferenceRule, asked: Int64, now: Int64, time: Int64) -> Refusal? {
        let limit = rule.limit(at: now)
        let (used, reserved) = fill(rule, now: now, time: time)
        if asked == 0 || used + reserved + asked <= limit { return nil }
        var refusal = Refusal(
            subject: rule.subject, id: rule.id, limit: limit, used: used, reserved: reserved, asked: asked, wait: nil
        )
        guard asked <= limit else { return refusal }
        switch rule.kind {
        case .parallel: refusal.wait = 1_000_000
        case .budget(let window, _):
            let end = ReferenceCalendar.window(window, at: now).end
            refusal.wait = used + asked <= limit ? 1_000_000 : end.map { $0 - now }
        case .rate(let period, _):
            let slot = Self.slot(time, period)
            let later = (1...61).first { rated(rule.count, from: slot + $0 - 60) + asked <= limit }
            refusal.wait = later.map { (slot + $0) * ((period + 59) / 60) - time }
        }
        return refusal
    }

    /// A window becomes the current one; of those that nobody holds, the seven that were current last are kept.
    private mutating func visit(_ number: Int, _ start: Int64) {
        guard counts[number].recent.first != start else { return }
        counts[number].recent.removeAll { $0 == start }
        var others: [Int64] = []
        var idle = 0
        for other in counts[number].recent {
            if isHeld(number, at: other) {
                others.append(other)
            } else if counts[number].settled[other, default: 0] > 0, idle < 7 {
                idle += 1
                others.append(other)
            }
        }
        counts[number].recent = [start] + others
        for gone in counts[number].settled.keys where !counts[number].recent.contains(gone) {
            counts[number].settled[gone] = nil
        }
    }

    mutating func settle(call: Int, money: Int64, tokens: Int64, now: Int64) -> [Charge] {
        guard let holds = open.removeValue(forKey: call) else { return [] }
        var charges: [Charge] = []
        for hold in holds {
            let rule = hold.rule
            let amount = rule.measure == "money" ? money : rule.measure == "tokens" ? tokens : 1
            if case .budget = rule.kind {
                let before = counts[rule.count].settled[hold.place] ?? 0
                charges.append(
                    Charge(
                        subject: rule.subject, name: counts[rule.count].name, start: hold.place, amount: amount,
                        before: before, limit: rule.limit(at: now)
                    )
                )
                counts[rule.count].settled[hold.place] = before + amount
                counts[rule.count].history[hold.place, default: 0] += amount
            }
            correct(call, rule.count, to: amount)
            clearIfDone(rule.count)
        }
        return charges
    }

    mutating func release(call: Int) {
        for hold in open.removeValue(forKey: call) ?? [] {
            correct(call, hold.rule.count, to: 0)
            clearIfDone(hold.rule.count)
        }
    }

    private mutating func correct(_ call: Int, _ number: Int, to amount: Int64) {
        guard let at = counts[number].entries.firstIndex(where: { $0.call == call }) else { return }
        counts[number].entries[at].amount = amount
    }

    /// Everything in memory is gone, and what was settled is read back.
    mutating func crash(now: Int64) {
        (open, followed, highest, uses) = ([:], [:], nil, 0)
        for number in counts.indices {
            counts[number].entries = []
            let known = counts[number].history.keys.sorted { a, b in
                (abs(a - now), a) < (abs(b - now), b)
            }
            counts[number].recent = Array(known.prefix(8))
            let history = counts[number].history
            counts[number].settled = history.filter { known.prefix(8).contains($0.key) }
            counts[number].recent.removeAll { history[$0] == 0 }
        }
        for number in counts.indices where counts[number].subject.kind == .customer {
            counts[number].isLive = rules[counts[number].subject]?.contains { $0.count == number } ?? false
        }
    }

    // MARK: Customers

    private struct Full: Error {
        var mode: RuleMode
        var refusal: Refusal
    }

    private mutating func customerRules(
        _ customer: String, _ each: SpendingRules, _ model: String, _ time: Int64
    ) -> Result<[ReferenceRule], Full> {
        let subject = Subject(.customer, customer)
        if let own = rules[subject] { return .success(own.filter { $0.isFor(model) }) }
        let applying = readEach(each, of: subject).filter { $0.isFor(model) }
        if applying.isEmpty { return .success([]) }
        uses += 1
        if followed[customer] == nil, followed.count >= capacity {
            let idle = followed.filter { isIdle($0.value.counts, time) }.min { $0.value.lastUsed < $1.value.lastUsed }
            guard let idle else {
                let mode: RuleMode = applying.contains { $0.mode == .hard } ? .hard : .soft
                let refusal = Refusal(
                    subject: subject, id: "customers", limit: Int64(capacity), used: 0, reserved: 0, asked: 1,
                    wait: 1_000_000
                )
                return .failure(Full(mode: mode, refusal: refusal))
            }
            leaveFollowed(idle.key)
        }
        let touched = (followed[customer]?.counts ?? []).union(applying.map(\.count))
        followed[customer] = (uses, touched)
        for rule in applying { counts[rule.count].isLive = true }
        return .success(applying)
    }

    /// As `read`, but only once for each customer until the rules change: names take long to put together.
    private mutating func readEach(_ each: SpendingRules, of subject: Subject) -> [ReferenceRule] {
        if each != lastEach { (lastEach, rulesOfEach) = (each, [:]) }
        if let known = rulesOfEach[subject.id] { return known }
        let rules = read(each, of: subject)
        rulesOfEach[subject.id] = rules
        return rules
    }

    private func isIdle(_ numbers: Set<Int>, _ time: Int64) -> Bool {
        numbers.allSatisfy { number in
            if isHeld(number) { return false }
            return !counts[number].entries.contains { entry in
                entry.amount > 0 && entry.slot >= Self.slot(time, period(number)) - 60
            }
        }
    }

    private func period(_ number: Int) -> Int64 {
        counts[number].name.split(separator: " ").last.flatMap { Int64($0) } ?? 60_000_000
    }
}

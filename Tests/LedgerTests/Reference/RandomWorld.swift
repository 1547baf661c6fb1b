import Runtime
import Vocabulary

/// Makes the events of a random test. The same seed makes the same events.
struct RandomWorld {
    static let start = RFC3339.parse("2026-11-23T18:00:00Z") ?? 0
    static let models = ["gpt-4o", "gpt-4o-mini", "o3"]
    static let customers = ["c0", "c1", "c2", "c3", "c4", "c5"]
    static let chains: [[Subject]] = [
        [organisation, Subject(.project, "a"), Subject(.team, "t"), Subject(.user, "u"), Subject(.key, "k1")],
        [organisation, Subject(.project, "a"), Subject(.key, "k2")],
        [organisation, Subject(.project, "b"), Subject(.key, "k3")],
    ]
    private static let organisation = Subject(.organisation, "default")
    private static let subjects = Array(Set(chains.joined())).sorted { $0.description < $1.description }

    private var random: FastRandom
    private(set) var now = start

    init(seed: UInt64) { random = FastRandom(seed: seed) }

    /// A number below `bound`.
    mutating func below(_ bound: Int64) -> Int64 { Int64(random.next() % UInt64(bound)) }

    mutating func chance(_ one: Int64, in many: Int64) -> Bool { below(many) < one }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int(below(Int64(elements.count)))] }

    /// Lets time pass, mostly a little; sometimes right up to a border, sometimes the clock is set.
    mutating func passTime() {
        switch below(1_000) {
        case 0..<900: now += below(500_000)
        case 900..<940: now -= below(1_000_001)
        case 940..<970: toBorder(pick([60_000_000, 3_600_000_000]))
        case 970..<985: now += below(120_000_000)
        case 985..<989: toBorder(86_400_000_000)
        case 989..<992: now -= below(200_000_000)
        case 992..<993: now -= below(3 * 86_400_000_000)
        case 993..<994: now += below(3 * 86_400_000_000)
        case 994: if chance(1, in: 20) { now += below(40 * 86_400_000_000) - 10 * 86_400_000_000 }
        default: now += 1
        }
        if abs(now - Self.start) > 1_500 * 86_400_000_000 { now = Self.start }
    }

    /// To the last microsecond before the next border of a window, or to its first.
    private mutating func toBorder(_ length: Int64) {
        now += length - now % length - below(2)
    }

    // MARK: Rules

    mutating func rules() -> [Subject: SpendingRules] {
        var all: [Subject: SpendingRules] = [:]
        for subject in Self.subjects { all[subject] = someRules() }
        if chance(1, in: 3) { all[Subject(.customer, "c0")] = someRules() }
        return all
    }

    /// As before, but for one subject.
    mutating func changed(_ rules: [Subject: SpendingRules]) -> [Subject: SpendingRules] {
        var rules = rules
        let subject = pick(Self.subjects + [Subject(.customer, "c0")])
        rules[subject] = chance(1, in: 4) ? nil : someRules()
        return rules
    }

    mutating func eachCustomer() -> SpendingRules {
        var rules = SpendingRules()
        rules.budgets = [BudgetRule(id: "each", limit: 20 + below(200), window: .hour, mode: mode())]
        if chance(1, in: 2) {
            let limit = LimitRule(id: "each", unit: .requests, limit: 2 + below(4), period: 7_000_000, mode: mode())
            rules.limits = [limit]
        }
        return rules
    }

    private mutating func mode() -> RuleMode { chance(3, in: 4) ? .hard : pick([.soft, .shadow]) }

    private mutating func someRules() -> SpendingRules {
        var rules = SpendingRules()
        if chance(1, in: 2) { rules.budgets.append(moneyBudget()) }
        if chance(1, in: 3) { rules.budgets.append(otherBudget()) }
        if chance(1, in: 2) { rules.limits.append(limit()) }
        return rules
    }

    private mutating func moneyBudget() -> BudgetRule {
        let windows: [BudgetWindow] = [.minute, .day, .month, .every(90_000_000, from: Self.start + 7)]
        let increase = TemporaryIncrease(amount: below(200), until: chance(1, in: 2) ? nil : now + below(600_000_000))
        return BudgetRule(
            id: "m", limit: 50 + below(chance(1, in: 2) ? 400 : 1_000_000), window: pick(windows), mode: mode(),
            models: models(), increase: chance(1, in: 5) ? increase : nil
        )
    }

    private mutating func otherBudget() -> BudgetRule {
        let windows: [BudgetWindow] = [.minute, .week, .lifetime]
        return BudgetRule(
            id: "o", unit: pick([.tokens, .requests]), limit: 20 + below(chance(1, in: 2) ? 300 : 1_000_000),
            window: pick(windows), mode: mode(), models: models()
        )
    }

    private mutating func limit() -> LimitRule {
        LimitRule(
            id: "l", unit: pick([.requests, .tokens, .parallel]), limit: below(2) + pick([3, 10, 200]),
            period: pick([1_000_000, 10_000_007, 60_000_000]), mode: mode(), models: models()
        )
    }

    private mutating func models() -> [String] {
        chance(2, in: 3) ? [] : pick([["gpt-4o*"], ["o3"], ["gpt-4o-mini", "o3"]])
    }
}

import Ledger
import Testing
import Vocabulary

/// A ledger with rules and one chain, in few words.
struct Desk {
    static let noon = RFC3339.parse("2026-11-23T12:00:00Z") ?? 0
    static let second: Int64 = 1_000_000
    static let key = Subject(.key, "k")
    static let everyLevel = [
        Subject(.organisation, "o"), Subject(.project, "p"), Subject(.team, "t"), Subject(.user, "u"), key,
    ]

    let ledger: Ledger
    var chain: LedgerChain

    init(
        _ rules: [Subject: SpendingRules], each: SpendingRules = .none, customerCapacity: Int = 1_000,
        parkedCapacity: Int = 1_000
    ) {
        ledger = Ledger(customerCapacity: customerCapacity, parkedCapacity: parkedCapacity)
        ledger.publish(rules)
        chain = ledger.chain(Self.everyLevel, eachCustomer: each)
    }

    /// One budget on the key.
    init(_ budget: BudgetRule) { self.init([Self.key: SpendingRules(budgets: [budget])]) }

    /// One limit on the key.
    init(_ limit: LimitRule) { self.init([Self.key: SpendingRules(limits: [limit])]) }

    func reserve(
        _ money: Int64? = 0, tokens: Int64 = 0, model: String = "m", customer: String? = nil, at now: Int64 = noon
    ) -> ReserveResult {
        ledger.reserve(
            LedgerDemand(
                chain: chain, customer: customer, model: model, money: money.map(Money.init(nanodollars:)),
                tokens: tokens
            ),
            at: now
        )
    }

    /// Reserves and settles the same amount; `false` if refused.
    @discardableResult
    func spend(
        _ money: Int64, tokens: Int64 = 0, model: String = "m", customer: String? = nil, at now: Int64 = noon
    ) -> Bool {
        guard let grant = reserve(money, tokens: tokens, model: model, customer: customer, at: now).grant else {
            return false
        }
        settle(grant, money, tokens: tokens, at: now)
        return true
    }

    @discardableResult
    func settle(_ grant: LedgerGrant, _ money: Int64, tokens: Int64 = 0, at now: Int64 = noon) -> [LedgerCharge] {
        ledger.settle(grant.reservation, money: Money(nanodollars: money), tokens: tokens, at: now)
    }

    /// The first rule of a subject.
    func state(_ subject: Subject = key, at now: Int64 = noon) throws -> RuleState {
        try #require(ledger.state(of: subject, at: now).first)
    }

    /// The sums a store would have after these charges.
    static func sums(_ charges: [LedgerCharge]) -> [LedgerSum] {
        var sums: [LedgerSum: Int64] = [:]
        for charge in charges {
            let key = LedgerSum(subject: charge.subject, rule: charge.rule, windowStart: charge.windowStart, amount: 0)
            sums[key, default: 0] += charge.amount
        }
        return sums.map {
            LedgerSum(subject: $0.key.subject, rule: $0.key.rule, windowStart: $0.key.windowStart, amount: $0.value)
        }
    }
}

extension ReserveResult {
    var grant: LedgerGrant? { if case .granted(let grant) = self { grant } else { nil } }
    var refusal: LedgerBreach? { if case .refused(let breach) = self { breach } else { nil } }
}

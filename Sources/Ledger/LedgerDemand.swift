package import Vocabulary

/// What a call is about to consume at worst.
package struct LedgerDemand: Sendable {
    package var chain: LedgerChain
    /// The end customer it is made for; `nil` if none is named. Unique across projects.
    package var customer: String?
    /// The model's name as rules write it: that of the route, after aliases.
    package var model: String
    /// The highest it may cost. Zero: it is known to be free, and budgets in money do not hold it back. `nil`: the
    /// price is not known; nothing is reserved, but a budget that is used up refuses it.
    package var money: Money?
    /// The most tokens it may consume, input and output.
    package var tokens: Int64

    package init(chain: LedgerChain, customer: String? = nil, model: String, money: Money?, tokens: Int64) {
        self.chain = chain
        self.customer = customer
        self.model = model
        self.money = money
        self.tokens = tokens
    }
}

/// Amounts of one call by what a rule counts.
struct CallAmounts {
    /// 2^44 (17,592 dollars, or 17 trillion tokens) is beyond any call. An estimate above it is taken as this, so that
    /// half a million open calls cannot overflow a count.
    static let highestEstimate: Int64 = 1 << 44

    var money: Int64
    var tokens: Int64
    /// Whether the price is known.
    var isPriced = true

    init(estimate demand: borrowing LedgerDemand) {
        money = Self.bounded(demand.money?.nanodollars ?? 0)
        tokens = Self.bounded(demand.tokens)
        isPriced = demand.money != nil
    }

    init(settled money: Money, tokens: Int64) {
        self.money = max(0, money.nanodollars)
        self.tokens = max(0, tokens)
    }

    /// What is held or charged.
    func amount(of measure: RuleMeasure) -> Int64 {
        switch measure {
        case .money: money
        case .tokens: tokens
        case .requests, .parallel, .customers: 1
        }
    }

    /// What must still fit: at least one unit, so that a full count refuses, but nothing for a call known to be free.
    func asked(of measure: RuleMeasure) -> Int64 {
        let amount = amount(of: measure)
        return amount > 0 || (measure == .money && isPriced) ? amount : 1
    }

    private static func bounded(_ value: Int64) -> Int64 { min(max(value, 0), highestEstimate) }
}

/// What a rule does once its limit is reached.
package enum RuleMode: String, Sendable, CaseIterable {
    /// Refuses the call.
    case hard
    /// Lets the call pass and warns: in a header, in the record and as an event.
    case soft
    /// Only counts, and says in the record what it would have done.
    case shadow
}

/// What a budget counts.
package enum MeteredUnit: String, Sendable, CaseIterable {
    /// Nano-dollars.
    case money
    case tokens
    case requests
}

/// At most so much in one window, for example 100 dollars a month.
package struct BudgetRule: Hashable, Sendable {
    /// Unique among the rules of its subject.
    package var id: String
    package var unit: MeteredUnit
    /// In `unit`. 0 lets nothing pass.
    package var limit: Int64
    package var window: BudgetWindow
    package var mode: RuleMode
    /// Names of models it holds for; a trailing `*` stands for any ending. Empty: all models.
    package var models: [String]
    /// More than `limit` for a while; `nil` for none.
    package var increase: TemporaryIncrease?

    package init(
        id: String, unit: MeteredUnit = .money, limit: Int64, window: BudgetWindow, mode: RuleMode = .hard,
        models: [String] = [], increase: TemporaryIncrease? = nil
    ) {
        self.id = id
        self.unit = unit
        self.limit = limit
        self.window = window
        self.mode = mode
        self.models = models
        self.increase = increase
    }

    /// The limit in force at `now`, in `unit`.
    package func limit(at now: UnixMicroseconds) -> Int64 {
        guard let increase, increase.until.map({ now < $0 }) ?? true else { return limit }
        let (sum, overflows) = limit.addingReportingOverflow(increase.amount)
        return overflows ? .max : sum
    }

    /// The name that its sums are kept under: id, unit and window, for example `monthly/money/month`.
    ///
    /// A rule whose unit or window is changed begins a new count, rather than mix days with months or dollars with
    /// tokens. A changed limit, mode or list of models goes on with the old one.
    package var counter: String { "\(id)/\(unit.rawValue)/\(window)" }
}

/// An addition to a budget's limit that ends by itself.
package struct TemporaryIncrease: Hashable, Sendable {
    /// In the budget's unit.
    package var amount: Int64
    /// The first moment at which it no longer holds; `nil` for until it is removed.
    package var until: UnixMicroseconds?

    package init(amount: Int64, until: UnixMicroseconds?) {
        self.amount = amount
        self.until = until
    }
}

/// What a limit counts.
package enum LimitedUnit: String, Sendable, CaseIterable {
    /// Calls begun in any stretch of `LimitRule.period`.
    case requests
    /// Tokens of calls begun in any stretch of `LimitRule.period`.
    case tokens
    /// Calls that are open at the same time.
    case parallel
}

/// At most so many requests or tokens in any stretch of time, or calls at once.
package struct LimitRule: Hashable, Sendable {
    /// Unique among the rules of its subject.
    package var id: String
    package var unit: LimitedUnit
    /// In `unit`. 0 lets nothing pass.
    package var limit: Int64
    /// From one second to a day; without meaning for `parallel`.
    package var period: Microseconds
    package var mode: RuleMode
    /// Names of models it holds for; a trailing `*` stands for any ending. Empty: all models.
    package var models: [String]

    package init(
        id: String, unit: LimitedUnit, limit: Int64, period: Microseconds = 60_000_000, mode: RuleMode = .hard,
        models: [String] = []
    ) {
        self.id = id
        self.unit = unit
        self.limit = limit
        self.period = period
        self.mode = mode
        self.models = models
    }
}

/// Everything that one subject has to keep to.
package struct SpendingRules: Hashable, Sendable {
    package var budgets: [BudgetRule]
    package var limits: [LimitRule]

    package init(budgets: [BudgetRule] = [], limits: [LimitRule] = []) {
        self.budgets = budgets
        self.limits = limits
    }

    /// No rule at all.
    package static let none = SpendingRules()

    package var isEmpty: Bool { budgets.isEmpty && limits.isEmpty }
}

/// Lists of model names as rules write them.
package enum ModelPatterns {
    /// Whether a list names `model`: by its whole name, or by a beginning and `*`. An empty list names every model.
    package static func name(_ patterns: [String], _ model: String) -> Bool {
        patterns.isEmpty || patterns.contains { matches($0, model) }
    }

    private static func matches(_ pattern: String, _ model: String) -> Bool {
        guard pattern.utf8.last == UInt8(ascii: "*") else { return pattern == model }
        return model.utf8.starts(with: pattern.utf8.dropLast())
    }
}

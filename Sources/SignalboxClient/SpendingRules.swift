/// Everything that somebody has to keep to, at most 32 rules.
public struct SpendingRules: Codable, Sendable, Equatable {
    /// At most so much in a window.
    public var budgets: [BudgetRule]
    /// At most so much in any stretch of time, or at once.
    public var limits: [LimitRule]

    /// Rules; none if nothing is given.
    public init(budgets: [BudgetRule] = [], limits: [LimitRule] = []) {
        self.budgets = budgets
        self.limits = limits
    }
}

/// What a rule does once its limit is reached.
public enum RuleMode: String, Codable, Sendable, CaseIterable {
    /// Refuses calls.
    case hard
    /// Warns.
    case soft
    /// Only counts.
    case shadow
}

/// At most so much in one window.
public struct BudgetRule: Codable, Sendable, Equatable {
    /// What a budget counts.
    public enum Unit: String, Codable, Sendable, CaseIterable {
        /// Nano-dollars (10^-9 USD).
        case money
        /// Tokens, input and output.
        case tokens
        /// Calls.
        case requests
    }

    /// Unique among the rules of one subject.
    public var id: String
    /// What it counts.
    public var unit: Unit
    /// In `unit`.
    public var limit: Int64
    /// `minute`, `hour`, `day`, `week`, `month`, `lifetime`, or a length such as `30d`.
    public var window: String
    /// What it does once the limit is reached.
    public var mode: RuleMode
    /// Names of models it holds for, with a trailing `*` for any ending; empty for all.
    public var models: [String]
    /// More than the limit for a while.
    public var increase: TemporaryIncrease?

    /// A budget, by default a hard one in money for all models.
    public init(
        id: String, unit: Unit = .money, limit: Int64, window: String, mode: RuleMode = .hard, models: [String] = [],
        increase: TemporaryIncrease? = nil
    ) {
        self.id = id
        self.unit = unit
        self.limit = limit
        self.window = window
        self.mode = mode
        self.models = models
        self.increase = increase
    }
}

/// An addition to a budget's limit that ends by itself.
public struct TemporaryIncrease: Codable, Sendable, Equatable {
    /// In the budget's unit.
    public var amount: Int64
    /// When it ends, RFC 3339; `nil` for when it is removed.
    public var until: String?

    /// An increase.
    public init(amount: Int64, until: String? = nil) {
        self.amount = amount
        self.until = until
    }
}

/// At most so many requests or tokens in any stretch of time, or calls at once.
public struct LimitRule: Codable, Sendable, Equatable {
    /// What a limit counts.
    public enum Unit: String, Codable, Sendable, CaseIterable {
        /// Calls in any stretch of the period.
        case requests
        /// Tokens in any stretch of the period.
        case tokens
        /// Calls that are open at the same time.
        case parallel
    }

    /// Unique among the rules of one subject.
    public var id: String
    /// What it counts.
    public var unit: Unit
    /// In `unit`.
    public var limit: Int64
    /// Milliseconds, a second to a day; without meaning for `parallel`.
    public var periodMS: Int64
    /// What it does once the limit is reached.
    public var mode: RuleMode
    /// Names of models it holds for, with a trailing `*` for any ending; empty for all.
    public var models: [String]

    /// A limit, by default a hard one a minute for all models.
    public init(
        id: String, unit: Unit, limit: Int64, periodMS: Int64 = 60_000, mode: RuleMode = .hard, models: [String] = []
    ) {
        self.id = id
        self.unit = unit
        self.limit = limit
        self.periodMS = periodMS
        self.mode = mode
        self.models = models
    }

    enum CodingKeys: String, CodingKey {
        case id, unit, limit, mode, models
        case periodMS = "period_ms"
    }
}

/// Somebody that rules can be set on.
public struct SubjectName: Codable, Sendable, Equatable {
    /// `organisation`, `project`, `team`, `user`, `key` or `customer`.
    public var kind: String
    /// The id.
    public var id: String
}

/// What one call added to one window of one budget.
public struct Charge: Codable, Sendable, Equatable {
    /// Whose budget it is.
    public var subject: SubjectName
    /// The rule's id.
    public var rule: String
    /// `money` (nano-dollars), `tokens` or `requests`.
    public var unit: String
    /// `hard`, `soft` or `shadow`.
    public var mode: String
    /// The start of the window, RFC 3339.
    public var windowStart: String
    /// In `unit`.
    public var amount: Int64
    /// Settled in the window before this call.
    public var before: Int64
    /// When the call was settled.
    public var limit: Int64

    enum CodingKeys: String, CodingKey {
        case subject, rule, unit, mode, amount, before, limit
        case windowStart = "window_start"
    }
}

/// How full one rule is.
public struct BudgetState: Codable, Sendable, Equatable {
    /// Whose rule it is.
    public var subject: SubjectName
    /// The rule's id.
    public var rule: String
    /// `money` (nano-dollars), `tokens`, `requests` or `parallel`.
    public var unit: String
    /// `hard`, `soft` or `shadow`.
    public var mode: String
    /// Names of models it holds for; empty for all.
    public var models: [String]
    /// In force now, increases included.
    public var limit: Int64
    /// Settled in the current window or period, or open now.
    public var used: Int64
    /// Held by open calls.
    public var reserved: Int64
    /// What is left.
    public var remaining: Int64
    /// The start of a budget's window, RFC 3339.
    public var windowStart: String?
    /// Its end; `nil` if it never ends.
    public var windowEnd: String?
    /// The period of a limit, in milliseconds.
    public var periodMS: Double?
    /// When nothing is used any more, if nothing is added.
    public var resetsAt: String?

    enum CodingKeys: String, CodingKey {
        case subject, rule, unit, mode, models, limit, used, reserved, remaining
        case windowStart = "window_start"
        case windowEnd = "window_end"
        case periodMS = "period_ms"
        case resetsAt = "resets_at"
    }
}

/// What the windows of one budget used.
public struct BudgetHistory: Codable, Sendable, Equatable {
    /// Whose budget it is.
    public var subject: SubjectName
    /// The rule's id.
    public var rule: String
    /// `money` (nano-dollars), `tokens` or `requests`.
    public var unit: String
    /// `hard`, `soft` or `shadow`.
    public var mode: String
    /// As it is now.
    public var limit: Int64
    /// For example `month` or `30d`.
    public var window: String
    /// Those in which something was used, oldest first.
    public var windows: [Window]

    /// One window.
    public struct Window: Codable, Sendable, Equatable {
        /// RFC 3339.
        public var start: String
        /// `nil` if it never ends.
        public var end: String?
        /// In the budget's unit.
        public var used: Int64
    }
}

/// Which rules to show. What is `nil` filters nothing.
public struct BudgetQuery: Sendable, Equatable {
    /// `organisation`, `project`, `team`, `user`, `key` or `customer`.
    public var kind: String?
    /// The id of the subject.
    public var id: String?
    /// The id of the rule.
    public var rule: String?

    /// A query for the given rules.
    public init(kind: String? = nil, id: String? = nil, rule: String? = nil) {
        self.kind = kind
        self.id = id
        self.rule = rule
    }

    /// The query as parameters. A thousand is the most a list gives at once.
    var items: [QueryItem] {
        let texts: [(String, String?)] = [("kind", kind), ("id", id), ("rule", rule), ("limit", "1000")]
        return texts.compactMap { name, value in value.map { QueryItem(name, $0) } }
    }
}

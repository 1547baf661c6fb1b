/// What one settled call added to one window of one budget. Stands on the call's record, so that it is stored exactly
/// once, with the record.
package struct LedgerCharge: Hashable, Sendable {
    package var subject: Subject
    /// `BudgetRule.counter`, for example `monthly/money/month`.
    package var rule: String
    /// The window's first moment; `BudgetWindow.lifetimeStart` where it never ends.
    package var windowStart: UnixMicroseconds
    /// In `unit`, never negative.
    package var amount: Int64
    /// What the window had settled before this call, in `unit`.
    package var before: Int64
    /// The limit when the call was settled, in `unit`.
    package var limit: Int64
    package var unit: MeteredUnit
    package var mode: RuleMode

    package init(
        subject: Subject, rule: String, windowStart: UnixMicroseconds, amount: Int64, before: Int64, limit: Int64,
        unit: MeteredUnit, mode: RuleMode
    ) {
        self.subject = subject
        self.rule = rule
        self.windowStart = windowStart
        self.amount = amount
        self.before = before
        self.limit = limit
        self.unit = unit
        self.mode = mode
    }

    /// The id of the rule, without unit and window.
    package var ruleID: Substring { CounterName.ruleID(rule) }

    /// Whether this call is the one with which the window reached its limit: true once per window and limit.
    package var crossesLimit: Bool { before < limit && amount >= limit - before }
}

/// What all calls together added to one window, as the store has it.
package struct LedgerSum: Hashable, Sendable {
    package var subject: Subject
    /// `BudgetRule.counter`.
    package var rule: String
    package var windowStart: UnixMicroseconds
    /// In the rule's unit.
    package var amount: Int64

    package init(subject: Subject, rule: String, windowStart: UnixMicroseconds, amount: Int64) {
        self.subject = subject
        self.rule = rule
        self.windowStart = windowStart
        self.amount = amount
    }

    /// The id of the rule, without unit and window.
    package var ruleID: Substring { CounterName.ruleID(rule) }
}

/// Takes names of counters apart.
private enum CounterName {
    static func ruleID(_ counter: String) -> Substring {
        var id = counter[...]
        for _ in 0..<2 {
            guard let slash = id.lastIndex(of: "/") else { return id }
            id = id[..<slash]
        }
        return id
    }
}

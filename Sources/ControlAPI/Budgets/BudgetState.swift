import Bytes
package import Vocabulary

/// How full one rule is now, as the ledger has it.
package struct BudgetState: Sendable, Equatable {
    package var subject: Subject
    /// The rule's id.
    package var rule: String
    /// `money` (nano-dollars), `tokens`, `requests` or `parallel`.
    package var unit: String
    package var mode: RuleMode
    /// Empty for all models.
    package var models: [String]
    /// In force now, increases included; in `unit`, as everything below.
    package var limit: Int64
    /// Settled in the current window or period, or open now.
    package var used: Int64
    /// Held by open calls.
    package var reserved: Int64
    /// The current window of a budget; `nil` for limits.
    package var window: WindowSpan?
    /// The period of a limit; `nil` for others.
    package var period: Microseconds?
    /// How long until nothing is used any more, if nothing is added; `nil` if that is not known or never.
    package var resetAfter: Microseconds?

    package init(
        subject: Subject, rule: String, unit: String, mode: RuleMode, models: [String] = [], limit: Int64, used: Int64,
        reserved: Int64 = 0, window: WindowSpan? = nil, period: Microseconds? = nil, resetAfter: Microseconds? = nil
    ) {
        self.subject = subject
        self.rule = rule
        self.unit = unit
        self.mode = mode
        self.models = models
        self.limit = limit
        self.used = used
        self.reserved = reserved
        self.window = window
        self.period = period
        self.resetAfter = resetAfter
    }

    /// What is left, never below zero.
    var remaining: Int64 {
        let (taken, overflows) = used.addingReportingOverflow(reserved)
        return overflows ? 0 : max(0, limit - min(limit, max(0, taken)))
    }

    /// Writes the state as an object.
    func write(to json: inout JSONWriter, now: UnixMicroseconds) {
        json.beginObject()
        writeSubject(subject, to: &json)
        json.member("rule", rule)
        json.member("unit", unit)
        json.member("mode", mode.rawValue)
        json.member("models", models)
        json.member("limit", limit)
        json.member("used", used)
        json.member("reserved", reserved)
        json.member("remaining", remaining)
        json.member("window_start", time: window?.start)
        json.member("window_end", time: window.flatMap { $0.end == .max ? nil : $0.end })
        json.member("period_ms", milliseconds: period)
        json.member("resets_at", time: resetAfter.map { now.addingReportingOverflow($0).partialValue })
        json.endObject()
    }
}

package import Vocabulary

/// A rule that a call does not fit in.
package struct LedgerBreach: Sendable, Hashable {
    package var subject: Subject
    /// The rule's id.
    package var rule: String
    package var measure: RuleMeasure
    package var mode: RuleMode
    /// In the rule's unit, as everything below.
    package var limit: Int64
    /// Settled in this window, or counted in this period.
    package var used: Int64
    /// Held by open calls.
    package var reserved: Int64
    /// What this call asked for.
    package var asked: Int64
    /// When the window ends; `nil` for limits and for budgets that never begin anew.
    package var resetsAt: UnixMicroseconds?
    /// After which time the same call is worth another try; `nil` if waiting does not help.
    ///
    /// Exact for budgets. For limits in a period it is never too early, and at most a sixtieth of the period late.
    package var retryAfter: Microseconds?
    /// The period of a limit; `nil` for others.
    package var period: Microseconds?

    /// `retryAfter` in whole seconds, rounded up, as the `Retry-After` header wants it.
    package var retryAfterSeconds: Int64? {
        retryAfter.map { max(1, $0 / 1_000_000 + ($0 % 1_000_000 > 0 ? 1 : 0)) }
    }

    /// Whether it is a limit (too fast: 429) rather than a budget (too much).
    package var isLimit: Bool { period != nil || measure == .parallel || measure == .customers }
}

extension LedgerBreach {
    /// A sentence for the caller: which rule, of whom, how full it is, and what to do.
    package var message: String {
        switch measure {
        case .customers:
            "\(subject) cannot be followed: \(used) customers have open windows and \(limit) are the most. "
                + "Raise the number of customers that are followed, or give them shorter windows."
        case .parallel:
            "Limit \"\(rule)\" of \(subject) is reached: \(used) calls are open and \(limit) may be at the same time. "
                + "Wait for one to end, or raise the limit."
        case .money, .tokens, .requests: "\(place) \(fill) \(mend)"
        }
    }

    private var place: String {
        let verdict = mode == .hard ? "does not allow" : "is exceeded by"
        return "\(isLimit ? "Limit" : "Budget") \"\(rule)\" of \(subject) \(verdict) this call:"
    }

    private var fill: String {
        let span = period.map { " within \(BudgetWindow.every($0, from: 0))" } ?? ""
        let held = reserved > 0 ? " and \(text(reserved)) held by open calls" : ""
        let part = measure == .money ? text(used) : String(used)
        return "\(part) of \(text(limit)) used\(span)\(held), and it asks for \(text(asked))."
    }

    private var mend: String {
        let raise = "raise the \(isLimit ? "limit" : "budget")"
        guard let seconds = retryAfterSeconds else {
            if limit <= 0 { return "It lets nothing pass: \(raise)." }
            return asked > limit ? "Ask for fewer tokens, or \(raise)." : "It does not begin anew: \(raise)."
        }
        if let resetsAt, (retryAfter ?? 0) > LedgerBreach.openCallsDelay {
            return "It begins anew at \(RFC3339.format(resetsAt)): wait, ask for fewer tokens, or \(raise)."
        }
        return "Try again in \(seconds) s, or \(raise)."
    }

    private func text(_ amount: Int64) -> String {
        measure == .money ? Money(nanodollars: amount).description : "\(amount) \(measure.rawValue)"
    }

    /// When only open calls are in the way, one of them may end at any moment: a second is what clients wait anyway.
    static let openCallsDelay: Microseconds = 1_000_000
}

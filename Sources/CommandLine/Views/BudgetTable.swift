package import SignalboxClient

/// Budgets and limits as tables.
package enum BudgetTable {
    private static let states = TextTable(columns: [
        .init(title: "KIND"), .init(title: "ID", minimum: 8), .init(title: "RULE", minimum: 6, rank: 1),
        .init(title: "MODE", rank: 3), .init(title: "USED", isRightAligned: true),
        .init(title: "HELD", isRightAligned: true, rank: 4), .init(title: "LIMIT", isRightAligned: true),
        .init(title: "FULL", isRightAligned: true), .init(title: "ENDS (UTC)", rank: 2),
    ])

    private static let windows = TextTable(columns: [
        .init(title: "KIND"), .init(title: "ID", minimum: 8), .init(title: "RULE", minimum: 6, rank: 1),
        .init(title: "WINDOW FROM (UTC)"), .init(title: "USED", isRightAligned: true),
        .init(title: "LIMIT NOW", isRightAligned: true), .init(title: "FULL", isRightAligned: true),
    ])

    /// One row per rule.
    package static func render(_ states: [BudgetState], width: Int) -> String {
        guard !states.isEmpty else { return "There are no budgets or limits." }
        let rows = states.map { state in
            [
                state.subject.kind, state.subject.id, state.rule, state.mode, amount(state.used, state.unit),
                amount(state.reserved, state.unit), amount(state.limit, state.unit), share(state.used, state.limit),
                Figures.time(state.windowEnd),
            ]
        }
        return self.states.render(rows, width: width)
    }

    /// One row per window.
    package static func render(_ histories: [BudgetHistory], width: Int) -> String {
        let rows = histories.flatMap { history in
            history.windows.map { window in
                [
                    history.subject.kind, history.subject.id, history.rule, Figures.time(window.start),
                    amount(window.used, history.unit), amount(history.limit, history.unit),
                    share(window.used, history.limit),
                ]
            }
        }
        return rows.isEmpty ? "No window has used anything." : windows.render(rows, width: width)
    }

    /// Money as dollars, everything else as a number.
    private static func amount(_ value: Int64, _ unit: String) -> String {
        unit == "money" ? Figures.money(value) : "\(value)"
    }

    /// Whole per cent, rounded down, so that 100% is never shown too early.
    package static func share(_ used: Int64, _ limit: Int64) -> String {
        guard limit > 0 else { return Figures.unknown }
        let (hundredfold, overflows) = used.multipliedReportingOverflow(by: 100)
        return "\(overflows ? used / max(1, limit / 100) : hundredfold / limit)%"
    }
}

/// Rules in a few words.
enum RuleList {
    static func text(_ rules: SpendingRules) -> String {
        let budgets = rules.budgets.map { rule in
            let amount = rule.unit == .money ? Figures.money(rule.limit) : "\(rule.limit) \(rule.unit.rawValue)"
            return "\(amount)/\(rule.window)"
        }
        let limits = rules.limits.map { rule in
            let period = rule.unit == .parallel ? "" : "/\(rule.periodMS / 1_000)s"
            return "\(rule.limit) \(rule.unit.rawValue)\(period)"
        }
        let all = budgets + limits
        return all.isEmpty ? Figures.unknown : all.joined(separator: ", ")
    }
}

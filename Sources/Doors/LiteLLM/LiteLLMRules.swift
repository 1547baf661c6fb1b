import Vocabulary

/// LiteLLM's budget and limit fields as our spending rules, and back.
///
/// `max_budget` (dollars) with `budget_duration` is a hard money budget, `soft_budget` a soft one of the same window,
/// `tpm_limit`, `rpm_limit` and `max_parallel_requests` are limits. A budget without a duration never begins anew.
enum LiteLLMRules {
    static let fields = [
        "max_budget", "soft_budget", "budget_duration", "tpm_limit", "rpm_limit", "max_parallel_requests",
        "budget_limits", "model_max_budget", "model_tpm_limit", "model_rpm_limit", "temp_budget_increase",
        "temp_budget_expiry",
    ]

    /// The rules that a body asks for, put over those that there are; a field that is null takes its rule away.
    ///
    /// - Parameter now: Windows with a length count from here, as in LiteLLM.
    @inline(never)  // The optimiser of Swift 6.2 crashes on typed errors inlined into asynchronous functions.
    static func rules(
        _ body: JSONTree, over old: SpendingRules = .none, now: UnixMicroseconds
    ) throws -> SpendingRules {
        var rules = old
        try readBudgets(body, now, &rules)
        try readIncrease(body, &rules)
        try readLimits(body, &rules)
        try readModels(body, now, &rules)
        return rules
    }

    private static func has(_ body: JSONTree, _ name: String) -> Bool { body.members.contains { $0.key == name } }

    // MARK: Budgets

    private static func readBudgets(
        _ body: JSONTree, _ now: UnixMicroseconds, _ rules: inout SpendingRules
    ) throws(DoorError) {
        for (name, mode) in [("max_budget", RuleMode.hard), ("soft_budget", .soft)] {
            let before = rules.budgets.first { $0.id == name }
            guard has(body, name) || (before != nil && has(body, "budget_duration")) else { continue }
            rules.budgets.removeAll { $0.id == name }
            guard let amount = try has(body, name) ? dollars(body, name) : before?.limit else { continue }
            let window = try has(body, "budget_duration") ? window(body["budget_duration"], now) : before?.window
            rules.budgets.append(BudgetRule(id: name, limit: amount, window: window ?? .lifetime, mode: mode))
        }
        guard has(body, "budget_limits") else { return }
        rules.budgets.removeAll { $0.id.hasPrefix("budget_limits/") }
        for (at, element) in (body["budget_limits"]?.elements ?? []).enumerated() {
            guard let amount = try dollars(element, "max_budget") else { continue }
            rules.budgets.append(
                BudgetRule(
                    id: "budget_limits/\(at)", limit: amount, window: try window(element["budget_duration"], now)))
        }
    }

    private static func readIncrease(_ body: JSONTree, _ rules: inout SpendingRules) throws(DoorError) {
        guard has(body, "temp_budget_increase") else { return }
        guard let at = rules.budgets.firstIndex(where: { $0.id == "max_budget" }) else {
            throw .invalid("temp_budget_increase", "given to a key that has a `max_budget`")
        }
        let amount = try dollars(body, "temp_budget_increase")
        let until = try time(body, "temp_budget_expiry")
        rules.budgets[at].increase = amount.map { TemporaryIncrease(amount: $0, until: until) }
    }

    static func window(_ value: JSONTree?, _ now: UnixMicroseconds) throws(DoorError) -> BudgetWindow {
        guard let value else { return .lifetime }
        let names: [String: BudgetWindow] = [
            "hourly": .hour, "daily": .day, "weekly": .week, "monthly": .month, "1mo": .month,
        ]
        guard let text = value.text, let window = names[text] ?? BudgetWindow(text, from: now) else {
            throw .invalid("budget_duration", "a length such as `30s`, `30m`, `24h`, `30d` or `1mo`")
        }
        return window
    }

    // MARK: Limits

    private static let limits: [(field: String, unit: LimitedUnit)] = [
        ("tpm_limit", .tokens), ("rpm_limit", .requests), ("max_parallel_requests", .parallel),
    ]

    private static func readLimits(_ body: JSONTree, _ rules: inout SpendingRules) throws(DoorError) {
        for (name, unit) in limits where has(body, name) {
            rules.limits.removeAll { $0.id == name }
            guard let limit = try count(body, name) else { continue }
            rules.limits.append(LimitRule(id: name, unit: unit, limit: limit))
        }
    }

    private static func readModels(
        _ body: JSONTree, _ now: UnixMicroseconds, _ rules: inout SpendingRules
    ) throws(DoorError) {
        if has(body, "model_max_budget") {
            rules.budgets.removeAll { $0.id.hasPrefix("model_max_budget/") }
            for (model, value) in (body["model_max_budget"]?.members ?? []).map({ ($0.key, $0.value) }) {
                let isObject = !value.members.isEmpty
                let amount = value["budget_limit"] ?? value["max_budget"] ?? (isObject ? .null : value)
                guard let money = Dollars.money(amount) else {
                    throw .invalid("model_max_budget", "dollars for each model")
                }
                let length = value["time_period"] ?? value["budget_duration"]
                rules.budgets.append(
                    BudgetRule(
                        id: "model_max_budget/\(model)", limit: money.nanodollars, window: try window(length, now),
                        models: [model]))
            }
        }
        for (name, unit) in [("model_tpm_limit", LimitedUnit.tokens), ("model_rpm_limit", .requests)]
        where has(body, name) {
            rules.limits.removeAll { $0.id.hasPrefix(name + "/") }
            for member in body[name]?.members ?? [] {
                guard let limit = member.value.integer, limit >= 0 else {
                    throw .invalid(name, "a number for each model")
                }
                rules.limits.append(
                    LimitRule(id: "\(name)/\(member.key)", unit: unit, limit: limit, models: [member.key]))
            }
        }
    }

    // MARK: Values

    private static func dollars(_ body: JSONTree, _ name: String) throws(DoorError) -> Int64? {
        guard let value = body[name] else { return nil }
        guard let money = Dollars.money(value) else { throw .invalid(name, "a number of dollars, 0 or more, or null") }
        return money.nanodollars
    }

    private static func count(_ body: JSONTree, _ name: String) throws(DoorError) -> Int64? {
        guard let value = body[name] else { return nil }
        guard let count = value.integer, count >= 0 else { throw .invalid(name, "a whole number, 0 or more, or null") }
        return count
    }

    /// A time; a date alone is its first moment in UTC.
    static func time(_ body: JSONTree, _ name: String) throws(DoorError) -> UnixMicroseconds? {
        guard let value = body[name] else { return nil }
        guard let text = value.text, let time = RFC3339.parse(text) ?? RFC3339.parse(text + "T00:00:00Z") else {
            throw .invalid(name, "a time such as `2027-01-01T00:00:00Z`, or a day")
        }
        return time
    }
}

extension LiteLLMRules {
    /// The rules in LiteLLM's fields; rules with other ids were made elsewhere and are named in `signalbox_rules`.
    static func fields(_ rules: SpendingRules, now: UnixMicroseconds) -> JSONTree {
        let budget = rules.budgets.first { $0.id == "max_budget" }
        let soft = rules.budgets.first { $0.id == "soft_budget" }
        func limit(_ id: String) -> JSONTree { .int(rules.limits.first { $0.id == id }?.limit) }
        let window = budget?.window ?? soft?.window
        return [
            "max_budget": Dollars.number(budget.map { Money(nanodollars: $0.limit(at: now)) }),
            "soft_budget": Dollars.number(soft.map { Money(nanodollars: $0.limit) }),
            "budget_duration": .text(window.flatMap(duration)),
            "budget_reset_at": .text(window.flatMap { $0 == .lifetime ? nil : RFC3339.format($0.span(at: now).end) }),
            "tpm_limit": limit("tpm_limit"), "rpm_limit": limit("rpm_limit"),
            "max_parallel_requests": limit("max_parallel_requests"), "model_max_budget": modelBudgets(rules),
            "budget_limits": budgetLimits(rules), "signalbox_rules": .texts(foreign(rules)),
        ]
    }

    /// `30d` of `30d@2026-...`; `nil` for what never begins anew.
    static func duration(_ window: BudgetWindow) -> String? {
        switch window {
        case .lifetime: nil
        case .month: "1mo"
        case .week: "7d"
        case .day: "24h"
        case .hour: "1h"
        case .minute: "60s"
        case .every: String(window.description.prefix { $0 != "@" })
        }
    }

    private static func modelBudgets(_ rules: SpendingRules) -> JSONTree {
        .object(
            rules.budgets.filter { $0.id.hasPrefix("model_max_budget/") }.map { rule in
                .init(
                    key: rule.models.first ?? "",
                    value: [
                        "budget_limit": Dollars.number(Money(nanodollars: rule.limit)),
                        "time_period": .text(duration(rule.window)),
                    ])
            })
    }

    private static func budgetLimits(_ rules: SpendingRules) -> JSONTree {
        .array(
            rules.budgets.filter { $0.id.hasPrefix("budget_limits/") }.map { rule in
                [
                    "max_budget": Dollars.number(Money(nanodollars: rule.limit)),
                    "budget_duration": .text(duration(rule.window)),
                ]
            })
    }

    private static func foreign(_ rules: SpendingRules) -> [String] {
        let beginnings = ["model_max_budget/", "budget_limits/", "model_tpm_limit/", "model_rpm_limit/"]
        return (rules.budgets.map(\.id) + rules.limits.map(\.id)).filter { id in
            !fields.contains(id) && !beginnings.contains(where: id.hasPrefix)
        }
    }
}

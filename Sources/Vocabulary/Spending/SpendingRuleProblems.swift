extension SpendingRules {
    /// The most rules that one subject may have: each call looks at all of them.
    package static let mostRules = 32
    /// Longest name of a rule, in bytes.
    package static let longestID = 100
    /// Periods of limits, in microseconds: a second to a day.
    package static let limitPeriods: ClosedRange<Microseconds> = 1_000_000...86_400_000_000
    /// The highest limit: 2^53 - 1, the last whole number that every JSON reader keeps exact. In money nine million
    /// dollars.
    package static let highestLimit: Int64 = 9_007_199_254_740_991

    /// What is wrong with these rules, each a sentence that names the place and the mend; empty if they can be used.
    package var problems: [String] {
        var found: [String] = []
        if budgets.count + limits.count > Self.mostRules {
            found.append("there are \(budgets.count + limits.count) rules; use at most \(Self.mostRules)")
        }
        for (at, rule) in budgets.enumerated() { found += Self.problems(of: rule, place: "budgets[\(at)]") }
        for (at, rule) in limits.enumerated() { found += Self.problems(of: rule, place: "limits[\(at)]") }
        var seen: Set<String> = []
        for id in budgets.map(\.id) + limits.map(\.id) where !seen.insert(id).inserted {
            found.append("two rules have the id \"\(id)\"; give one of them another")
        }
        return found
    }

    private static func problems(of rule: BudgetRule, place: String) -> [String] {
        var found = problems(id: rule.id, limit: rule.limit, models: rule.models, place: place)
        if case .every(let length, _) = rule.window, length < 1_000_000 {
            found.append("\(place).window is shorter than a second; use at least 1s")
        }
        if let amount = rule.increase?.amount, !(0...highestLimit).contains(amount) {
            found.append("\(place).increase.amount is \(amount); use 0 to \(highestLimit)")
        }
        return found
    }

    private static func problems(of rule: LimitRule, place: String) -> [String] {
        var found = problems(id: rule.id, limit: rule.limit, models: rule.models, place: place)
        if rule.unit != .parallel, !limitPeriods.contains(rule.period) {
            found.append("\(place).period is \(rule.period) microseconds; use 1s to 1d, or a budget for longer windows")
        }
        return found
    }

    private static func problems(id: String, limit: Int64, models: [String], place: String) -> [String] {
        var found: [String] = []
        if id.isEmpty || id.utf8.count > longestID {
            found.append("\(place).id has \(id.utf8.count) bytes; use 1 to \(longestID)")
        }
        if !(0...highestLimit).contains(limit) {
            found.append("\(place).limit is \(limit); use 0 to \(highestLimit)")
        }
        for model in models where model.isEmpty || model.dropLast().contains("*") {
            found.append("\(place).models has \"\(model)\"; write a whole name, or a beginning and one * at its end")
        }
        return found
    }
}

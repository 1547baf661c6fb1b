import ArgumentParser
package import SignalboxClient

/// Options that say what somebody has to keep to.
package struct RuleOptions: ParsableArguments {
    @Option(
        help: "At most so much in a window: 100usd/month, 2.5usd/30d:soft, 1000000tokens/day:hard:gpt-4o*. Repeatable.")
    var budget: [String] = []

    @Option(help: "At most so much in any stretch, or at once: 60requests/1m, 100000tokens/1m, 8parallel. Repeatable.")
    var limit: [String] = []

    @Option(help: "A budget for each end customer that has none of its own. Repeatable.")
    var customerBudget: [String] = []

    @Option(help: "A limit for each end customer that has none of its own. Repeatable.")
    var customerLimit: [String] = []

    package init() {}

    /// Says what is wrong with an option before anything is sent.
    package func validate() throws {
        do {
            _ = try Self.rules(budget, limit)
            _ = try Self.rules(customerBudget, customerLimit)
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// The rules of the subject itself; `nil` if no option names one.
    package var rules: SpendingRules? { try? Self.rules(budget, limit) }

    /// The rules for each end customer; `nil` if no option names one.
    package var customerRules: SpendingRules? { try? Self.rules(customerBudget, customerLimit) }

    private static func rules(_ budgets: [String], _ limits: [String]) throws(RuleText.Fault) -> SpendingRules? {
        guard !budgets.isEmpty || !limits.isEmpty else { return nil }
        var rules = SpendingRules()
        for text in budgets { rules.budgets.append(try RuleText.budget(text)) }
        for text in limits { rules.limits.append(try RuleText.limit(text)) }
        return rules
    }
}

/// Pairs as options write them: `NAME=VALUE`.
enum PairText {
    /// Throws `ValidationError` for a text without an equals sign.
    static func pairs(_ texts: [String], option: String) throws -> [String: String]? {
        var pairs: [String: String] = [:]
        for text in texts {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw ValidationError("--\(option) \"\(text)\" is no pair; write NAME=VALUE.")
            }
            pairs[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
        return pairs.isEmpty ? nil : pairs
    }
}

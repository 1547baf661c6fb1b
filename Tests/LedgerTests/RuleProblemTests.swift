import Testing
import Vocabulary

/// Rules that make no sense are named before they are stored.
@Suite struct RuleProblems {
    @Test func soundRulesHaveNone() {
        let rules = SpendingRules(
            budgets: [BudgetRule(id: "daily", limit: 0, window: .day, models: ["gpt-5*", "*"])],
            limits: [LimitRule(id: "p", unit: .parallel, limit: 1, period: 0)]
        )
        #expect(rules.problems.isEmpty)
    }

    @Test func eachProblemNamesItsPlaceAndItsMend() {
        let rules = SpendingRules(
            budgets: [
                BudgetRule(id: "", limit: -1, window: .every(5, from: 0), models: ["a*b"]),
                BudgetRule(id: "x", limit: 1, window: .day, increase: TemporaryIncrease(amount: -1, until: nil)),
            ],
            limits: [LimitRule(id: "x", unit: .requests, limit: 1, period: 5)]
        )
        let problems = rules.problems
        let places = [
            "budgets[0].id", "budgets[0].limit", "budgets[0].window", "budgets[0].models", "budgets[1].increase",
            "limits[0].period", "two rules",
        ]
        for place in places {
            #expect(problems.contains { $0.hasPrefix(place) && $0.contains("; ") }, "\(place)")
        }
        #expect(problems.count == places.count)
    }
}

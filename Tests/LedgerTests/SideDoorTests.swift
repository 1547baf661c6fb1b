import Ledger
import Testing
import Vocabulary

/// No way around a rule.
@Suite struct SideDoors {
    @Test func aPassThroughCallOfUnknownPriceIsHeldToEveryRule() throws {
        let rules = SpendingRules(
            budgets: [BudgetRule(id: "daily", limit: 100, window: .day)],
            limits: [LimitRule(id: "rpm", unit: .requests, limit: 10)]
        )
        let desk = Desk([Desk.key: rules])
        let grant = try #require(desk.reserve(nil).grant)
        // Its cost is known from the answer, and counts in full.
        #expect(desk.settle(grant, 100).map(\.amount) == [100])
        #expect(desk.reserve(nil).refusal?.rule == "daily")
        #expect(desk.ledger.state(of: Desk.key, at: Desk.noon).map(\.used) == [100, 1])
    }

    @Test func rulesPublishedNowHoldWithTheNextChain() {
        var desk = Desk([:])
        #expect(desk.spend(1_000))
        desk.ledger.publish([Desk.key: SpendingRules(budgets: [BudgetRule(id: "b", limit: 5, window: .day)])])
        desk.chain = desk.ledger.chain(Desk.everyLevel)
        #expect(desk.reserve(6).refusal != nil)
    }

    @Test func aTeamDoesNotHideItsUsersBudget() {
        let desk = Desk([
            Subject(.team, "t"): SpendingRules(budgets: [BudgetRule(id: "team", limit: 1_000, window: .day)]),
            Subject(.user, "u"): SpendingRules(budgets: [BudgetRule(id: "user", limit: 10, window: .day)]),
        ])
        #expect(desk.reserve(11).refusal?.rule == "user")
    }

    @Test func aLowerBudgetIsNotRaisedByAGenerousOne() {
        let desk = Desk([
            Desk.key: SpendingRules(budgets: [BudgetRule(id: "key", limit: 1_000, window: .day)]),
            Subject(.organisation, "o"): SpendingRules(budgets: [BudgetRule(id: "all", limit: 10, window: .day)]),
        ])
        #expect(desk.reserve(11).refusal?.rule == "all")
    }

    @Test func withdrawingARuleAndSettingItAgainForgivesNothing() {
        let rules: [Subject: SpendingRules] = [
            Desk.key: SpendingRules(budgets: [BudgetRule(id: "daily", limit: 100, window: .day)])
        ]
        var desk = Desk(rules)
        #expect(desk.spend(90))
        desk.ledger.publish([:])
        desk.ledger.publish(rules)
        desk.chain = desk.ledger.chain(Desk.everyLevel)
        #expect(desk.reserve(11).refusal?.used == 90)
    }
}

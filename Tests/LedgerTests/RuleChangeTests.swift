import Ledger
import Testing
import Vocabulary

/// Rules may be replaced while calls are open.
@Suite struct RuleChanges {
    private func change(_ desk: inout Desk, _ rule: BudgetRule) {
        desk.ledger.publish([Desk.key: SpendingRules(budgets: [rule])])
        desk.chain = desk.ledger.chain(Desk.everyLevel)
    }

    @Test func aNewLimitGoesOnWithTheOldCount() throws {
        var desk = Desk(BudgetRule(id: "b", limit: 100, window: .day))
        let open = try #require(desk.reserve(30).grant)
        #expect(desk.spend(50))
        change(&desk, BudgetRule(id: "b", limit: 90, window: .day))
        let refusal = try #require(desk.reserve(11).refusal)
        #expect(refusal.used == 50 && refusal.reserved == 30 && refusal.limit == 90)
        #expect(desk.settle(open, 30).map(\.limit) == [100])
        #expect(try desk.state().used == 80)
    }

    @Test func anotherWindowOrUnitBeginsACountOfItsOwn() throws {
        var desk = Desk(BudgetRule(id: "b", limit: 100, window: .day))
        let open = try #require(desk.reserve(30).grant)
        change(&desk, BudgetRule(id: "b", limit: 100, window: .month))
        #expect(try desk.state().used == 0)
        #expect(desk.settle(open, 30).map(\.rule) == ["b/money/day"])
        #expect(desk.spend(100))
        change(&desk, BudgetRule(id: "b", unit: .tokens, limit: 100, window: .month))
        #expect(try desk.state().used == 0)
        change(&desk, BudgetRule(id: "b", limit: 100, window: .day))
        #expect(try desk.state().used == 30)
    }

    @Test func aCallOfAWithdrawnRuleIsStillSettled() throws {
        let desk = Desk(BudgetRule(id: "b", limit: 100, window: .day))
        let open = try #require(desk.reserve(30).grant)
        desk.ledger.publish([:])
        let charges = desk.settle(open, 25)
        #expect(charges.map(\.subject) == [Desk.key] && charges.map(\.amount) == [25] && charges[0].ruleID == "b")
        #expect(desk.ledger.size.counts == 0 && desk.ledger.size.openCalls == 0)
    }

    @Test func aChainFromBeforeNeverTouchesACountThatIsNotItsOwn() throws {
        let desk = Desk(BudgetRule(id: "old", limit: 100, window: .day))
        let other = Subject(.key, "other")
        desk.ledger.publish([other: SpendingRules(budgets: [BudgetRule(id: "new", limit: 100, window: .day)])])
        #expect(try #require(desk.reserve(60).grant).reservation.isNothing)
        #expect(try desk.state(other).reserved == 0)
    }
}

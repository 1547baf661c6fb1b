import Ledger
import Testing
import Vocabulary

/// A budget is never passed by letting calls in.
@Suite struct BudgetsHold {
    @Test func callsInFlightCountWithTheirEstimates() throws {
        let desk = Desk(BudgetRule(id: "daily", limit: 100, window: .day))
        let first = try #require(desk.reserve(60).grant)
        let second = try #require(desk.reserve(60).refusal)
        #expect(second.used == 0 && second.reserved == 60 && second.asked == 60 && second.limit == 100)
        desk.settle(first, 40)
        #expect(desk.reserve(60).grant != nil)
    }

    @Test func longPromptsSentAtOnceDoNotShareTheSameMoney() {
        let desk = Desk(BudgetRule(id: "daily", limit: 450, window: .day))
        let granted = (0..<5).compactMap { _ in desk.reserve(150).grant }
        #expect(granted.count == 3)
    }

    @Test func whatACallReallyCostsIsChargedInFullEvenAboveTheLimit() throws {
        let desk = Desk(BudgetRule(id: "daily", limit: 100, window: .day))
        let grant = try #require(desk.reserve(90).grant)
        let charges = desk.settle(grant, 250)
        #expect(charges.map(\.amount) == [250] && charges[0].crossesLimit)
        let state = try desk.state()
        #expect(state.used == 250 && state.reserved == 0 && state.remaining == 0)
        #expect(desk.reserve(1).refusal?.used == 250)
    }

    @Test func theActualCostReplacesTheEstimate() throws {
        let desk = Desk(BudgetRule(id: "daily", limit: 1_000, window: .day))
        for _ in 0..<10 {
            let grant = try #require(desk.reserve(300).grant)
            desk.settle(grant, 50)
        }
        let state = try desk.state()
        #expect(state.used == 500 && state.reserved == 0)
    }

    @Test(arguments: Desk.everyLevel)
    func everyLevelOfTheHierarchyIsHeld(subject: Subject) throws {
        let desk = Desk([subject: SpendingRules(budgets: [BudgetRule(id: "b", limit: 10, window: .month)])])
        #expect(desk.spend(10))
        let refusal = try #require(desk.reserve(1).refusal)
        #expect(refusal.subject == subject && refusal.message.contains(subject.description))
    }

    @Test func severalWindowsHoldAtOnce() throws {
        let budgets = [
            BudgetRule(id: "daily", limit: 50, window: .day), BudgetRule(id: "monthly", limit: 80, window: .month),
        ]
        let desk = Desk([Desk.key: SpendingRules(budgets: budgets)])
        #expect(desk.spend(50))
        #expect(desk.reserve(1).refusal?.rule == "daily")
        let tomorrow = Desk.noon + 86_400 * Desk.second
        #expect(desk.reserve(31, at: tomorrow).refusal?.rule == "monthly")
        #expect(desk.spend(30, at: tomorrow))
    }

    @Test func aBudgetForAModelLeavesOthersAlone() {
        let budgets = [BudgetRule(id: "big", limit: 10, window: .day, models: ["gpt-5*", "o3"])]
        let desk = Desk([Desk.key: SpendingRules(budgets: budgets)])
        #expect(desk.spend(10, model: "gpt-5-mini"))
        #expect(desk.reserve(1, model: "o3").refusal != nil)
        #expect(desk.reserve(1, model: "gpt-5").refusal != nil)
        #expect(desk.spend(500, model: "gpt-4o"))
    }

    @Test func tokensAndRequestsCanBeBudgeted() {
        let budgets = [
            BudgetRule(id: "tokens", unit: .tokens, limit: 100, window: .day),
            BudgetRule(id: "calls", unit: .requests, limit: 3, window: .day),
        ]
        let desk = Desk([Desk.key: SpendingRules(budgets: budgets)])
        #expect(desk.spend(0, tokens: 40) && desk.spend(0, tokens: 40))
        #expect(desk.reserve(tokens: 21).refusal?.rule == "tokens")
        #expect(desk.spend(0, tokens: 20))
        #expect(desk.reserve().refusal != nil)
    }

    @Test func aFreeModelMayBeCalledWhenTheMoneyIsSpent() {
        let desk = Desk(BudgetRule(id: "daily", limit: 10, window: .day))
        #expect(desk.spend(10))
        #expect(desk.reserve(0).grant != nil)
        #expect(desk.reserve(1).refusal != nil)
    }

    @Test func aLimitOfZeroLetsNothingPassAndSaysSo() throws {
        let desk = Desk(BudgetRule(id: "none", unit: .requests, limit: 0, window: .day))
        let refusal = try #require(desk.reserve().refusal)
        #expect(refusal.retryAfterSeconds == nil && refusal.message.contains("lets nothing pass"))
    }

    @Test func anIncreaseEndsByItself() {
        let until = Desk.noon + 60 * Desk.second
        let increase = TemporaryIncrease(amount: 50, until: until)
        let desk = Desk(BudgetRule(id: "daily", limit: 100, window: .day, increase: increase))
        #expect(desk.spend(120))
        #expect(desk.spend(30, at: until - 1))
        #expect(desk.reserve(1, at: until).refusal?.limit == 100)
    }

    @Test func amountsBeyondReasonNeitherOverflowNorPass() throws {
        let desk = Desk(BudgetRule(id: "life", limit: SpendingRules.highestLimit, window: .lifetime))
        // An estimate is bounded at 2^44 nano-dollars, 17,592 dollars for one call.
        let absurd = try #require(desk.reserve(.max).grant)
        #expect(try desk.state().reserved == 1 << 44)
        desk.ledger.release(absurd.reservation)
        let grant = try #require(desk.reserve(-5).grant)
        desk.settle(grant, .max)
        let again = try #require(desk.reserve(0).grant)
        desk.settle(again, .max)
        #expect(try desk.state().used == .max)
    }
}

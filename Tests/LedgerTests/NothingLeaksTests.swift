import Ledger
import Testing
import Vocabulary

/// Whatever becomes of a call, what it held comes back, once.
@Suite struct NothingLeaks {
    @Test func aFailedCallGivesEverythingBack() throws {
        let rules = SpendingRules(
            budgets: [BudgetRule(id: "daily", limit: 100, window: .day)],
            limits: [
                LimitRule(id: "rpm", unit: .requests, limit: 5), LimitRule(id: "tpm", unit: .tokens, limit: 100),
                LimitRule(id: "parallel", unit: .parallel, limit: 1),
            ]
        )
        let desk = Desk([Desk.key: rules])
        for _ in 0..<100 {
            let grant = try #require(desk.reserve(100, tokens: 100).grant)
            desk.ledger.release(grant.reservation)
        }
        #expect(desk.ledger.state(of: Desk.key, at: Desk.noon).allSatisfy { $0.used == 0 && $0.reserved == 0 })
        #expect(desk.ledger.size.openCalls == 0)
    }

    @Test func aCallIsChargedOnceHoweverOftenItIsSettled() throws {
        let desk = Desk(BudgetRule(id: "daily", limit: 1_000, window: .day))
        let grant = try #require(desk.reserve(300).grant)
        #expect(desk.settle(grant, 100).count == 1)
        for _ in 0..<3 {
            #expect(desk.settle(grant, 100).isEmpty)
            desk.ledger.release(grant.reservation)
        }
        #expect(try desk.state().used == 100)
        #expect(try desk.state().reserved == 0)
    }

    @Test func anEndedReservationCannotTouchTheCallThatTookItsPlace() throws {
        let desk = Desk(BudgetRule(id: "daily", limit: 1_000, window: .day))
        let old = try #require(desk.reserve(300).grant)
        desk.ledger.release(old.reservation)
        let new = try #require(desk.reserve(400).grant)
        desk.ledger.release(old.reservation)
        #expect(desk.settle(old, 999).isEmpty)
        #expect(try desk.state().reserved == 400)
        #expect(desk.settle(new, 1).map(\.amount) == [1])
    }

    @Test func aRefusedCallLeavesNoTrace() throws {
        let rules: [Subject: SpendingRules] = [
            Subject(.organisation, "o"): SpendingRules(limits: [LimitRule(id: "rpm", unit: .requests, limit: 100)]),
            Subject(.project, "p"): SpendingRules(budgets: [BudgetRule(id: "daily", limit: 100, window: .day)]),
            Desk.key: SpendingRules(limits: [LimitRule(id: "parallel", unit: .parallel, limit: 1)]),
        ]
        let desk = Desk(rules)
        let open = try #require(desk.reserve(10).grant)
        for _ in 0..<50 { #expect(desk.reserve(10).refusal?.rule == "parallel") }
        #expect(try desk.state(Subject(.organisation, "o")).used == 1)
        #expect(try desk.state(Subject(.project, "p")).reserved == 10)
        desk.settle(open, 10)
        #expect(desk.reserve(90).grant != nil)
    }

    @Test func settledCallsLeaveNothingBehind() {
        let desk = Desk(BudgetRule(id: "daily", limit: SpendingRules.highestLimit, window: .minute))
        #expect(desk.spend(1))
        let before = desk.ledger.size
        for step in 0..<200_000 { desk.spend(1, at: Desk.noon + Int64(step) * Desk.second) }
        #expect(desk.ledger.size == before)
    }

    @Test func aCallThatNoRuleAppliesToHoldsNothing() throws {
        let budgets = [BudgetRule(id: "b", limit: 10, window: .day, models: ["other"])]
        let desk = Desk([Desk.key: SpendingRules(budgets: budgets)])
        let grant = try #require(desk.reserve(500).grant)
        #expect(grant.reservation.isNothing && desk.settle(grant, 500).isEmpty)
        #expect(!LedgerChain.empty.applies(toCustomer: "c") && desk.ledger.size.openCalls == 0)
    }
}

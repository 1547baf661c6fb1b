import Ledger
import Testing
import Vocabulary

/// After a crash the ledger is what the store says: no more and no less.
@Suite struct Crashes {
    private static let budget = BudgetRule(id: "daily", limit: 100, window: .day)

    @Test func settledSumsComeBackAndReservationsDoNot() throws {
        let before = Desk(Self.budget)
        let grant = try #require(before.reserve(60).grant)
        let charges = before.settle(grant, 50)
        #expect(before.reserve(40).grant != nil)

        let after = Desk(Self.budget)
        after.ledger.restore(Desk.sums(charges), at: Desk.noon)
        let state = try after.state()
        #expect(state.used == 50 && state.reserved == 0)
        #expect(after.reserve(51).refusal != nil && after.reserve(50).grant != nil)
    }

    @Test func restoringTwiceDoublesNothing() throws {
        let desk = Desk(Self.budget)
        let grant = try #require(desk.reserve(60).grant)
        let sums = Desk.sums(desk.settle(grant, 50))
        desk.ledger.restore(sums, at: Desk.noon)
        desk.ledger.restore(sums, at: Desk.noon)
        #expect(try desk.state().used == 50)
    }

    @Test func aStoreThatIsBehindLowersNothing() throws {
        let desk = Desk(Self.budget)
        let grant = try #require(desk.reserve(20).grant)
        let early = Desk.sums(desk.settle(grant, 20))
        #expect(desk.spend(30))
        desk.ledger.restore(early, at: Desk.noon)
        #expect(try desk.state().used == 50)
    }

    @Test func sumsMayComeBeforeTheRules() throws {
        let ledger = Ledger()
        let sum = LedgerSum(
            subject: Desk.key, rule: Self.budget.counter, windowStart: BudgetWindow.day.span(at: Desk.noon).start,
            amount: 70
        )
        ledger.restore([sum], at: Desk.noon)
        ledger.publish([Desk.key: SpendingRules(budgets: [Self.budget])])
        #expect(ledger.state(of: Desk.key, at: Desk.noon).map(\.used) == [70])
    }

    @Test func customersComeBackWithTheirFirstCall() {
        let each = SpendingRules(budgets: [Self.budget])
        let desk = Desk([:], each: each)
        let subject = Subject(.customer, "c")
        let start = BudgetWindow.day.span(at: Desk.noon).start
        let sum = LedgerSum(subject: subject, rule: Self.budget.counter, windowStart: start, amount: 95)
        desk.ledger.restore([sum], at: Desk.noon)
        #expect(desk.ledger.state(of: desk.chain, customer: "c", model: "m", at: Desk.noon).map(\.used) == [95])
        #expect(desk.reserve(6, customer: "c").refusal?.subject == subject)
        #expect(desk.reserve(6, customer: "d").grant != nil)
    }

    @Test func lifetimeSumsComeBack() {
        let desk = Desk(BudgetRule(id: "life", limit: 10, window: .lifetime))
        let sum = LedgerSum(
            subject: Desk.key, rule: "life/money/lifetime", windowStart: BudgetWindow.lifetimeStart, amount: 10
        )
        desk.ledger.restore([sum], at: Desk.noon)
        #expect(desk.reserve(1).refusal?.retryAfterSeconds == nil)
    }
}

import Ledger
import Testing
import Vocabulary

/// Rules for each end customer.
@Suite struct Customers {
    private static let each = SpendingRules(
        budgets: [BudgetRule(id: "each", limit: 10, window: .day)],
        limits: [LimitRule(id: "rpm", unit: .requests, limit: 5)]
    )

    @Test func everyCustomerHasACountOfItsOwnFromItsFirstCall() {
        let desk = Desk([:], each: Self.each)
        for customer in ["a", "b", "c"] {
            #expect(desk.spend(10, customer: customer))
            #expect(desk.reserve(1, customer: customer).refusal?.subject == Subject(.customer, customer))
        }
        #expect(desk.spend(1_000))
    }

    @Test func aBudgetForAModelHoldsForEachCustomer() {
        let budgets = [BudgetRule(id: "each", limit: 10, window: .day, models: ["gpt-5"])]
        let desk = Desk([:], each: SpendingRules(budgets: budgets))
        #expect(desk.spend(10, model: "gpt-5", customer: "a"))
        #expect(!desk.spend(1, model: "gpt-5", customer: "a"))
        #expect(desk.spend(50, model: "gpt-4o", customer: "a"))
    }

    @Test func rulesOfItsOwnComeInPlaceOfThoseForEach() {
        let own = SpendingRules(budgets: [BudgetRule(id: "own", limit: 500, window: .day)])
        let desk = Desk([Subject(.customer, "vip"): own], each: Self.each)
        #expect(desk.spend(400, customer: "vip"))
        #expect(desk.reserve(101, customer: "vip").refusal?.rule == "own")
    }

    @Test func anIdleCustomerMakesRoomAndFindsItsSumsAgain() {
        let desk = Desk([:], each: Self.each, customerCapacity: 2)
        let customers = ["a", "b", "c", "d", "e"]
        for (at, customer) in customers.enumerated() {
            #expect(desk.spend(9, customer: customer, at: Desk.noon + Int64(at) * 120 * Desk.second))
        }
        let later = Desk.noon + 3_600 * Desk.second
        #expect(desk.ledger.size.customers == 2)
        for customer in customers {
            #expect(desk.reserve(2, customer: customer, at: later).refusal?.used == 9, "\(customer)")
        }
    }

    @Test func aBusyCustomerIsNeverForgottenForANewOne() throws {
        let desk = Desk([:], each: Self.each, customerCapacity: 2)
        let open = try #require(desk.reserve(5, customer: "a").grant)
        #expect(desk.spend(1, customer: "b"))
        let later = Desk.noon + 10 * Desk.second
        let refusal = try #require(desk.reserve(1, customer: "c", at: later).refusal)
        #expect(refusal.measure == .customers && refusal.message.contains("customer \"c\" cannot be followed"))
        #expect(desk.spend(1, customer: "c", at: later + 120 * Desk.second))
        #expect(desk.settle(open, 5).map(\.amount) == [5])
    }

    @Test func whenTooManySumsAreOpenNewcomersAreRefusedAndOldOnesAreNot() {
        let budget = BudgetRule(id: "each", limit: 10, window: .day)
        let desk = Desk([:], each: SpendingRules(budgets: [budget]), customerCapacity: 1, parkedCapacity: 3)
        for customer in 0..<4 { #expect(desk.spend(9, customer: "c\(customer)")) }
        #expect(!desk.spend(1, customer: "new"))
        for customer in 0..<4 { #expect(desk.reserve(2, customer: "c\(customer)").refusal?.used == 9) }
        #expect(desk.spend(1, customer: "new", at: Desk.noon + 86_400 * Desk.second))
    }
}

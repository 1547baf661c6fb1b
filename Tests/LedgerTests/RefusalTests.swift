import Ledger
import Testing
import Vocabulary

/// A refusal says where and what to do.
@Suite struct RefusalMessages {
    @Test func nameTheBudgetItsOwnerItsFillAndTheMend() throws {
        let desk = Desk([
            Subject(.team, "search"): SpendingRules(),
            Subject(.team, "t"): SpendingRules(budgets: [BudgetRule(id: "daily", limit: 2_000_000_000, window: .day)]),
        ])
        #expect(desk.spend(1_500_000_000))
        let refusal = try #require(desk.reserve(600_000_000).refusal)
        #expect(refusal.retryAfterSeconds == 43_200)
        #expect(
            refusal.message == "Budget \"daily\" of team \"t\" does not allow this call: $1.500000000 of $2.000000000 "
                + "used, and it asks for $0.600000000. It begins anew at 2026-11-24T00:00:00.000000Z: wait, ask for "
                + "fewer tokens, or raise the budget."
        )
    }

    @Test func sayWhenOnlyOpenCallsAreInTheWay() throws {
        let desk = Desk(BudgetRule(id: "daily", unit: .tokens, limit: 100, window: .day))
        #expect(desk.reserve(tokens: 80).grant != nil)
        let refusal = try #require(desk.reserve(tokens: 30).refusal)
        #expect(refusal.retryAfterSeconds == 1)
        #expect(refusal.message.contains("80 tokens held by open calls"))
        #expect(refusal.message.contains("Try again in 1 s"))
    }

    @Test func sayWhenTheCallIsTooBigForTheRule() throws {
        let desk = Desk(LimitRule(id: "tpm", unit: .tokens, limit: 100))
        let refusal = try #require(desk.reserve(tokens: 101).refusal)
        #expect(refusal.retryAfterSeconds == nil)
        #expect(refusal.message.contains("Ask for fewer tokens, or raise the limit."))
        #expect(refusal.message.contains("0 of 100 tokens used within 1m"))
    }
}

/// The values of the rate limit headers.
@Suite struct RateLimitHeaders {
    @Test func areThoseOfTheTightestRule() throws {
        let desk = Desk([
            Subject(.organisation, "o"): SpendingRules(limits: [LimitRule(id: "rpm", unit: .requests, limit: 3)]),
            Desk.key: SpendingRules(limits: [
                LimitRule(id: "rpm", unit: .requests, limit: 100), LimitRule(id: "tpm", unit: .tokens, limit: 1_000),
                LimitRule(id: "shadow", unit: .tokens, limit: 1, mode: .shadow),
            ]),
        ])
        #expect(desk.spend(0, tokens: 400))
        let states = desk.ledger.state(of: desk.chain, model: "m", at: Desk.noon)
        let values = RateLimitValues(states: states)
        let requests = try #require(values.requests)
        let tokens = try #require(values.tokens)
        #expect(requests.limit == 3 && requests.remaining == 2 && requests.resetText == "1m1s")
        #expect(tokens.limit == 1_000 && tokens.remaining == 600)
    }

    @Test func areAbsentWhereNothingIsCounted() {
        let desk = Desk(BudgetRule(id: "daily", limit: 10, window: .day))
        let values = RateLimitValues(states: desk.ledger.state(of: desk.chain, model: "m", at: Desk.noon))
        #expect(values.requests == nil && values.tokens == nil)
    }

    @Test(arguments: [(0, "0s"), (1, "1ms"), (250_000, "250ms"), (1_500_000, "1.5s"), (60_000_000, "1m0s"),
        (3_612_000_001, "1h0m12.001s")])
    func writeDurationsLikeOpenAI(microseconds: Int64, text: String) {
        #expect(RateLimitValues.Line(limit: 1, remaining: 0, resetAfter: microseconds).resetText == text)
    }
}

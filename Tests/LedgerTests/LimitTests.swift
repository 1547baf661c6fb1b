import Ledger
import Runtime
import Testing
import Vocabulary

/// Requests, tokens and parallel calls.
@Suite struct Limits {
    @Test(arguments: [1, 7, 60], [1_000_000, 10_000_007, 60_000_000] as [Int64])
    func noStretchOfThePeriodEverHoldsMoreThanTheLimit(limit: Int64, period: Int64) {
        let desk = Desk(LimitRule(id: "l", unit: .requests, limit: limit, period: period))
        var random = FastRandom(seed: UInt64(limit) &+ UInt64(period))
        var now = Desk.noon
        var passed: [Int64] = []
        for _ in 0..<20_000 {
            now += Int64(random.next() % UInt64(period / limit + 1))
            if desk.spend(0, at: now) { passed.append(now) }
        }
        let most = Int(limit)
        #expect(passed.count > 1_000)
        #expect(passed.indices.dropFirst(most).allSatisfy { passed[$0] - passed[$0 - most] >= period })
    }

    @Test func whoWaitsAsLongAsToldIsLetIn() throws {
        let desk = Desk(LimitRule(id: "tpm", unit: .tokens, limit: 1_000))
        for step in 0..<10 { #expect(desk.spend(0, tokens: 100, at: Desk.noon + Int64(step) * Desk.second)) }
        let now = Desk.noon + 20 * Desk.second
        let wait = try #require(desk.reserve(tokens: 350, at: now).refusal?.retryAfter)
        #expect(wait <= 44 * Desk.second + Desk.second && wait >= 43 * Desk.second)
        #expect(desk.reserve(tokens: 350, at: now + wait - 1).grant == nil)
        #expect(desk.spend(0, tokens: 350, at: now + wait))
    }

    @Test func tokensAreCorrectedWhenTheCallHasEnded() throws {
        let desk = Desk(LimitRule(id: "tpm", unit: .tokens, limit: 1_000))
        let grant = try #require(desk.reserve(tokens: 900).grant)
        #expect(desk.reserve(tokens: 200).refusal?.used == 900)
        desk.settle(grant, 0, tokens: 100)
        #expect(desk.spend(0, tokens: 900))
        #expect(try desk.state().used == 1_000)
    }

    @Test func parallelCallsAreCountedUntilTheyEnd() throws {
        let desk = Desk(LimitRule(id: "p", unit: .parallel, limit: 2))
        let first = try #require(desk.reserve().grant)
        let second = try #require(desk.reserve(at: Desk.noon + 9_999 * Desk.second).grant)
        let refusal = try #require(desk.reserve().refusal)
        #expect(refusal.used == 2 && refusal.retryAfterSeconds == 1 && refusal.isLimit)
        desk.settle(first, 0)
        let third = try #require(desk.reserve().grant)
        desk.ledger.release(second.reservation)
        desk.ledger.release(third.reservation)
        #expect(try desk.state().used == 0)
    }

    @Test func aClockThatIsSetBackNeitherBlocksNorFreesALimit() {
        let desk = Desk(LimitRule(id: "rpm", unit: .requests, limit: 2))
        #expect(desk.spend(0) && desk.spend(0))
        let hourBack = Desk.noon - 3_600 * Desk.second
        #expect(!desk.spend(0, at: hourBack))
        #expect(!desk.spend(0, at: hourBack + 59 * Desk.second))
        #expect(desk.spend(0, at: hourBack + 62 * Desk.second))
    }

    @Test func eventLoopsThatReadTheClockUnevenlyDoNotSpeedItUp() {
        let desk = Desk(LimitRule(id: "rpm", unit: .requests, limit: 1))
        #expect(desk.spend(0))
        for step in 0..<1_000 { #expect(!desk.spend(0, at: Desk.noon + Int64(step % 2) * 900_000)) }
        #expect(!desk.spend(0, at: Desk.noon + 59 * Desk.second))
    }

    @Test func theLongestWaitIsTold() {
        let limits = [
            LimitRule(id: "parallel", unit: .parallel, limit: 1),
            LimitRule(id: "minute", unit: .requests, limit: 1, period: 60_000_000),
            LimitRule(id: "second", unit: .requests, limit: 1, period: 1_000_000),
        ]
        let desk = Desk([Desk.key: SpendingRules(limits: limits)])
        #expect(desk.reserve().grant != nil)
        #expect(desk.reserve().refusal?.rule == "minute")
    }
}

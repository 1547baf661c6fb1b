import Ledger
import Testing
import Vocabulary

/// Soft rules warn, shadow rules only say what they would have done.
@Suite struct SoftAndShadow {
    @Test(arguments: [RuleMode.soft, .shadow])
    func theyLetTheCallPassAndTellOfIt(mode: RuleMode) throws {
        let desk = Desk(BudgetRule(id: "daily", limit: 10, window: .day, mode: mode))
        #expect(try #require(desk.reserve(10).grant).notices.isEmpty)
        let grant = try #require(desk.reserve(5).grant)
        #expect(grant.notices.map(\.mode) == [mode] && grant.notices[0].asked == 5)
        #expect(desk.settle(grant, 5).map(\.mode) == [mode])
    }

    @Test func aShadowLimitCountsLikeARealOne() throws {
        let desk = Desk(LimitRule(id: "rpm", unit: .requests, limit: 2, mode: .shadow))
        let notices = try (0..<5).map { _ in try #require(desk.reserve().grant).notices.count }
        #expect(notices == [0, 0, 1, 1, 1])
    }

    @Test func aSoftBudgetIsCrossedOnce() throws {
        let desk = Desk(BudgetRule(id: "daily", limit: 10, window: .day, mode: .soft))
        var crossed = 0
        for _ in 0..<8 {
            let grant = try #require(desk.reserve(3).grant)
            if desk.settle(grant, 3).contains(where: \.crossesLimit) { crossed += 1 }
        }
        #expect(crossed == 1)
    }
}

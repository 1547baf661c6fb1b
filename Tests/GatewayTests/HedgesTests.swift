import Gateway
import Routing
import Testing
import Vocabulary

/// A second attempt that joins where the first takes long.
@Suite struct Hedges {
    private func hedged(targets: Int = 2, maximum: Int = 1, departure: ExchangePolicy.Departure = .abort) throws
        -> ExchangePolicy
    {
        try routed(targets: targets, departure: departure) {
            $0.hedge = HedgeRules(after: 3 * second, maximum: maximum)
        }
    }

    /// Two attempts under way, at 5 s.
    private func racing(targets: Int = 2, maximum: Int = 1) throws -> Exchange {
        var (exchange, now) = exchange([admitted, connected()], policy: try hedged(targets: targets, maximum: maximum))
        #expect(exchange.deadline?.at == now + 3 * second)
        #expect(exchange.receive(.tick, at: now + 3 * second) == [.startRival])
        #expect(exchange.lead?.target == 0 && exchange.rival?.target == 1 && exchange.attempts == 2)
        _ = exchange.receive(connected(2), at: 5 * second)
        return exchange
    }

    @Test func theFirstMayWin() throws {
        var exchange = try racing()
        #expect(exchange.receive(began(), at: 6 * second) == [.cancelRival, .forwardHead])
        #expect(exchange.rival == nil && exchange.lead?.target == 0)
        #expect(exchange.failedAttempts.map(\.cause) == [.outrun] && exchange.failedAttempts[0].isHedge)
    }

    @Test func theSecondMayWin() throws {
        var exchange = try racing()
        let actions: ExchangeActions = [.cancelAttempt, .promoteRival, .forwardHead]
        #expect(exchange.receive(began(attempt: 2), at: 6 * second) == actions)
        #expect(exchange.rival == nil && exchange.lead?.target == 1)
        #expect(exchange.failedAttempts.map(\.target) == [0])
        #expect(exchange.receive(failed(.connect("late"), attempt: 1), at: 6 * second) == [], "it is over")
        #expect(exchange.receive(data(content: true), at: 6 * second) == [.forwardData])
        #expect(exchange.receive(.answerEnded, at: 7 * second) == [.settle, .endAnswer])
        #expect(exchange.outcome == .ok && exchange.attempts == 2)
    }

    @Test func anErrorDoesNotWin() throws {
        var exchange = try racing()
        #expect(exchange.receive(began(503, .untilEnd, attempt: 2), at: 6 * second) == [])
        #expect(exchange.receive(refused(RouteFailure(status: 503), attempt: 2), at: 6 * second) == [])
        #expect(exchange.rival == nil && exchange.failedAttempts.map(\.isHedge) == [true])
        #expect(exchange.receive(began(), at: 7 * second) == [.forwardHead])
    }

    @Test func theSecondTakesOverWhereTheFirstFails() throws {
        var exchange = try racing()
        #expect(exchange.receive(failed(.closed(reused: false, answered: false)), at: 6 * second) == [.promoteRival])
        #expect(exchange.lead?.number == 2 && exchange.rival == nil)
        #expect(exchange.receive(began(attempt: 2), at: 7 * second) == [.forwardHead])
    }

    @Test func whereBothFailTheCallFails() throws {
        var exchange = try racing()
        _ = exchange.receive(failed(.connect("refused"), attempt: 2), at: 6 * second)
        let actions = exchange.receive(failed(.closed(reused: false, answered: false)), at: 7 * second)
        #expect(actions == [.settle, .failAnswer])
        #expect(exchange.failedAttempts.map(\.target) == [1, 0] && exchange.failure?.code == .upstreamReset)
    }

    @Test func whereBothFailTheThirdIsTried() throws {
        var exchange = try racing(targets: 3)
        _ = exchange.receive(failed(.connect("refused"), attempt: 2), at: 6 * second)
        #expect(exchange.receive(failed(.closed(reused: false, answered: false)), at: 7 * second) == [.startAttempt])
        #expect(exchange.lead?.target == 2)
    }

    /// The hedge was refused for good, so what happens to the first must not ask it again.
    @Test func aHedgeThatWasRefusedIsNotRetriedForTheFirstsSake() throws {
        let policy = try routed(targets: 2, retries: 1) { $0.hedge = HedgeRules(after: 3 * second) }
        var (exchange, _) = exchange([admitted, connected()], policy: policy)
        _ = exchange.receive(.tick, at: 5 * second)
        _ = exchange.receive(connected(2), at: 5 * second)
        _ = exchange.receive(began(401, .whole, attempt: 2), at: 5 * second)
        _ = exchange.receive(refused(RouteFailure(status: 401), attempt: 2), at: 6 * second)
        let actions = exchange.receive(failed(.closed(reused: false, answered: false)), at: 7 * second)
        #expect(actions == [.settle, .failAnswer])
    }

    @Test func aStaleConnectionIsReplacedAtItsOwnTarget() throws {
        var exchange = try racing()
        _ = exchange.receive(failed(.connect("refused"), attempt: 2), at: 6 * second)
        let stale = failed(.closed(reused: true, answered: false))
        #expect(exchange.receive(stale, at: 7 * second) == [.startAttempt, .useFreshConnection])
        #expect(exchange.lead?.target == 0)
    }

    @Test func thereAreNoMoreThanAllowed() throws {
        var exchange = try racing(targets: 4, maximum: 2)
        _ = exchange.receive(failed(.connect("refused"), attempt: 2), at: 6 * second)
        #expect(exchange.receive(.tick, at: 6 * second) == [.startRival])
        #expect(exchange.rival?.target == 2)
        _ = exchange.receive(failed(.connect("refused"), attempt: 3), at: 7 * second)
        #expect(exchange.receive(.tick, at: 8 * second) == [])
        #expect(exchange.rival == nil)
    }

    @Test func leavingGivesBothUp() throws {
        var exchange = try racing()
        #expect(exchange.receive(.clientLeft, at: 6 * second) == [.cancelAttempt, .cancelRival, .settle])
    }

    @Test func stoppingGivesBothUp() throws {
        var exchange = try racing()
        let actions: ExchangeActions = [.cancelAttempt, .cancelRival, .settle, .failAnswer]
        #expect(exchange.receive(.stopped, at: 6 * second) == actions)
    }

    @Test func theTotalGivesBothUp() throws {
        var exchange = try racing()
        _ = exchange.receive(failed(.busy, attempt: 9), at: 6 * second)
        let actions: ExchangeActions = [.cancelAttempt, .cancelRival, .settle, .failAnswer]
        #expect(exchange.receive(.tick, at: 101 * second) == actions)
    }

    @Test func aSlowHedgeHasItsOwnDeadline() throws {
        var exchange = try racing(targets: 2)
        // The first is due at 32 s, the second, which was sent at 5 s, at 35 s.
        #expect(exchange.receive(.tick, at: 32 * second) == [.cancelAttempt, .promoteRival])
        #expect(exchange.receive(.tick, at: 35 * second) == [.cancelAttempt, .settle, .failAnswer])
        #expect(exchange.failure?.code == .upstreamFirstByteTimeout)
    }

    @Test func nobodyHedgesForACallerWhoLeft() throws {
        var (exchange, now) = exchange([admitted, connected()], policy: try hedged(departure: .drain))
        #expect(exchange.receive(.clientLeft, at: now) == [.resumeUpstream])
        #expect(exchange.receive(.tick, at: now + 5 * second) == [])
    }
}

import Gateway
import Testing
import Vocabulary

@Suite struct Failures {
    @Test func beforeTheAnswerTheCallerGetsAnError() {
        var (exchange, now) = exchange([admitted, connected()])
        let actions = exchange.receive(failed(.closed(reused: false, answered: false)), at: now)
        #expect(actions == [.settle, .failAnswer])
        #expect(exchange.failure?.code == .upstreamReset && exchange.status == 502 && exchange.outcome == .error)
    }

    @Test func withinTheAnswerTheStreamIsBrokenHonestly() {
        var (exchange, now) = exchange(streaming)
        let actions = exchange.receive(failed(.closed(reused: false, answered: true)), at: now)
        #expect(actions == [.settle, .breakAnswer])
        #expect(exchange.status == 200 && exchange.outcome == .error)
    }

    @Test func aKeepAliveRaceIsRetriedOnceOnAFreshConnection() {
        let race = failed(.closed(reused: true, answered: false))
        var (exchange, now) = exchange([admitted, connected()])
        #expect(exchange.receive(race, at: now) == [.startAttempt, .useFreshConnection])
        #expect(exchange.attempts == 2)
        _ = exchange.receive(connected(2), at: now)
        let again = failed(.closed(reused: true, answered: false), attempt: 2)
        #expect(exchange.receive(again, at: now) == [.settle, .failAnswer])
    }

    @Test(arguments: [
        AttemptFailure.closed(reused: false, answered: false), .closed(reused: true, answered: true),
        .connect("refused"), .tls("expired"), .malformed("x"), .busy,
    ])
    func nothingElseIsRetried(reason: AttemptFailure) {
        var (exchange, now) = exchange([admitted, connected()])
        let actions = exchange.receive(failed(reason), at: now)
        #expect(!actions.contains(.startAttempt))
    }

    @Test func aRetryNeverFollowsBytesThatWereSentOn() {
        var (exchange, now) = exchange(streaming)
        let actions = exchange.receive(failed(.closed(reused: true, answered: true)), at: now)
        #expect(!actions.contains(.startAttempt))
    }

    @Test func stoppingTellsThoseWhoWait() {
        var (waiting, now) = exchange([admitted, connected()])
        #expect(waiting.receive(.stopped, at: now) == [.cancelAttempt, .settle, .failAnswer])
        #expect(waiting.failure?.code == .shuttingDown)
        var (open, later) = exchange(streaming)
        #expect(open.receive(.stopped, at: later) == [.cancelAttempt, .settle, .breakAnswer])
    }
}

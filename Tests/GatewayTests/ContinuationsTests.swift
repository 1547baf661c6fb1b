import Gateway
import Routing
import Testing
import Vocabulary

/// Streams that break after their first content, on routes that go on elsewhere.
@Suite struct Continuations {
    private func goingOn(
        targets: Int = 2, retry: RetryRules? = nil, hedge: HedgeRules? = nil
    ) throws -> ExchangePolicy {
        try routed(targets: targets) {
            $0.streamBreak = .goOn
            $0.hedge = hedge
            if let retry { $0.retry = retry }
        }
    }

    @Test func theNextTargetGoesOn() throws {
        var (exchange, now) = exchange(streaming, policy: try goingOn())
        #expect(exchange.canReplaceAnswer)
        #expect(exchange.receive(failed(broken), at: now) == [.startAttempt, .continueAnswer])
        #expect(exchange.lead?.target == 1 && exchange.wasContinued && !exchange.canReplaceAnswer)
        _ = exchange.receive(connected(2), at: now)
        #expect(exchange.receive(began(attempt: 2), at: now) == [], "the caller has its head")
        #expect(exchange.receive(data(content: true), at: now) == [.forwardData])
        #expect(exchange.receive(.terminal(content: false), at: now) == [.settle])
        #expect(exchange.receive(.answerEnded, at: now) == [.endAnswer])
        #expect(exchange.outcome == .ok && exchange.attempts == 2)
    }

    @Test func aStallIsABreakToo() throws {
        var (exchange, now) = exchange(streaming, policy: try goingOn())
        let actions: ExchangeActions = [.cancelAttempt, .startAttempt, .continueAnswer]
        #expect(exchange.receive(.tick, at: now + 10 * second) == actions)
    }

    @Test func noTargetIsAskedTwice() throws {
        let retry = RetryRules(attempts: 5, on: Set(FailureKind.allCases), backoffBase: second, jitter: 0)
        var (exchange, now) = exchange(streaming, policy: try goingOn(targets: 3, retry: retry))
        #expect(exchange.receive(failed(broken), at: now) == [.startAttempt, .continueAnswer])
        _ = exchange.receive(connected(2), at: now)
        _ = exchange.receive(began(attempt: 2), at: now)
        #expect(exchange.receive(failed(broken, attempt: 2), at: now) == [.startAttempt, .continueAnswer])
        #expect(exchange.lead?.target == 2)
        _ = exchange.receive(connected(3), at: now)
        _ = exchange.receive(began(attempt: 3), at: now)
        #expect(exchange.receive(failed(broken, attempt: 3), at: now) == [.settle, .breakAnswer])
    }

    @Test func anErrorAnswerNeverBecomesASecondHead() throws {
        var (exchange, now) = exchange(streaming, policy: try goingOn())
        _ = exchange.receive(failed(broken), at: now)
        _ = exchange.receive(connected(2), at: now)
        #expect(exchange.receive(began(503, .whole, attempt: 2), at: now) == [])
        let actions = exchange.receive(refused(RouteFailure(status: 503), attempt: 2), at: now)
        #expect(actions == [.settle, .breakAnswer])
        #expect(exchange.failure?.code == .upstreamError && exchange.status == 200)
    }

    @Test func whatIsNoTextEndsWithAnError() throws {
        var (exchange, now) = exchange(streaming, policy: try goingOn())
        exchange.canContinue = false
        #expect(!exchange.canReplaceAnswer)
        #expect(exchange.receive(failed(broken), at: now) == [.settle, .breakAnswer])
    }

    @Test func aContinuationIsNotHedged() throws {
        var (exchange, now) = exchange(streaming, policy: try goingOn(targets: 3, hedge: HedgeRules(after: second)))
        _ = exchange.receive(failed(broken), at: now)
        _ = exchange.receive(connected(2), at: now)
        #expect(exchange.receive(.tick, at: now + 5 * second) == [])
        #expect(exchange.rival == nil)
    }

    @Test func aStaleConnectionIsReplacedWithinAContinuation() throws {
        var (exchange, now) = exchange(streaming, policy: try goingOn())
        _ = exchange.receive(failed(broken), at: now)
        _ = exchange.receive(connected(2), at: now)
        let stale = failed(.closed(reused: true, answered: false), attempt: 2)
        let actions: ExchangeActions = [.startAttempt, .useFreshConnection, .continueAnswer]
        #expect(exchange.receive(stale, at: now) == actions)
    }

    @Test func aCallerThatDoesNotReadHoldsTheNextTargetBackToo() throws {
        var (exchange, now) = exchange(streaming + [.clientBlocked], policy: try goingOn())
        _ = exchange.receive(failed(broken), at: now)
        _ = exchange.receive(connected(2), at: now)
        #expect(exchange.receive(began(attempt: 2), at: now) == [.pauseUpstream])
        #expect(exchange.receive(.clientReady, at: now) == [.resumeUpstream])
    }

    @Test func beforeContentThereIsNothingToGoOnWith() throws {
        var (exchange, now) = exchange([admitted, connected(), began()], policy: try goingOn())
        #expect(exchange.receive(failed(broken), at: now) == [.startAttempt])
        #expect(!exchange.wasContinued)
    }
}

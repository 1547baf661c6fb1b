import Gateway
import Routing
import Testing
import Vocabulary

/// What is kept back from the caller while another target could still answer in its place.
@Suite struct Holds {
    @Test func aStreamIsHeldUntilItsFirstContent() throws {
        var (exchange, now) = exchange([admitted, connected()], policy: try routed())
        #expect(exchange.receive(began(), at: now) == [])
        #expect(exchange.receive(data(content: false), at: now) == [])
        #expect(exchange.canReplaceAnswer && !exchange.hasAnswerBegun)
        #expect(exchange.receive(data(content: true), at: now) == [.forwardHead, .forwardData])
        #expect(!exchange.canReplaceAnswer && exchange.hasAnswerBegun)
        #expect(exchange.receive(data(content: true), at: now) == [.forwardData])
    }

    @Test(arguments: [1, 2])
    func aStreamIsSentAtOnceWhereNoOtherCouldAnswer(targets: Int) throws {
        var (exchange, now) = exchange([admitted, connected()], policy: try routed(targets: targets))
        if targets == 2 {
            #expect(exchange.receive(failed(.connect("refused")), at: now) == [.startAttempt])
            _ = exchange.receive(connected(2), at: now)
        }
        #expect(exchange.receive(began(attempt: targets), at: now) == [.forwardHead])
    }

    @Test func aTryThatIsLeftIsReasonToHoldToo() throws {
        var (exchange, now) = exchange([admitted, connected()], policy: try routed(targets: 1, retries: 1))
        #expect(exchange.receive(began(), at: now) == [])
    }

    @Test func aFallbackForRefusedContentIsReasonToHoldUntilItIsUsed() throws {
        let policy = try routed(targets: 1) { $0.contentPolicyFallback = [target("lenient")] }
        var (exchange, now) = exchange([admitted, connected()], policy: policy)
        #expect(exchange.receive(began(400, .untilEnd), at: now) == [])
        #expect(exchange.receive(refused(RouteFailure(.contentPolicy, status: 400)), at: now) == [.startAttempt])
        _ = exchange.receive(connected(2), at: now)
        #expect(exchange.receive(began(attempt: 2), at: now) == [.forwardHead])
    }

    @Test func aWholeAnswerIsHeldUntilItsEnd() throws {
        var (exchange, now) = exchange([admitted, connected(), began(200, .untilEnd)], policy: try routed())
        #expect(exchange.receive(data(content: false, bytes: 1000), at: now) == [])
        let actions: ExchangeActions = [.settle, .forwardHead, .forwardData, .endAnswer]
        #expect(exchange.receive(.answerEnded, at: now) == actions)
    }

    @Test func aWholeAnswerIsHeldNoFurtherThanTheLimit() throws {
        var policy = try routed()
        policy.holdLimit = 100
        var (exchange, now) = exchange([admitted, connected(), began(200, .untilEnd)], policy: policy)
        #expect(exchange.receive(data(content: false, bytes: 100), at: now) == [])
        #expect(exchange.receive(data(content: false, bytes: 1), at: now) == [.forwardHead, .forwardData])
        #expect(exchange.receive(failed(broken), at: now) == [.settle, .breakAnswer])
    }

    @Test func aStreamWithoutContentIsHeldNoFurtherThanTheLimit() throws {
        var policy = try routed()
        policy.holdLimit = 100
        var (exchange, now) = exchange([admitted, connected(), began()], policy: policy)
        #expect(exchange.receive(data(content: false, bytes: 101), at: now) == [.forwardHead, .forwardData])
    }

    @Test(arguments: [1, 2])
    func anAnswerThatIsRewrittenIsHeldToItsEndAlways(targets: Int) throws {
        var policy = try routed(targets: targets)
        policy.holdLimit = 100
        var (exchange, now) = exchange([admitted, connected(), began(200, .whole)], policy: policy)
        #expect(exchange.receive(data(content: false, bytes: 1000), at: now) == [])
        let actions: ExchangeActions = [.settle, .forwardHead, .forwardData, .endAnswer]
        #expect(exchange.receive(.answerEnded, at: now) == actions)
    }

    @Test func aStreamThatEndsWithoutContentIsStillAnAnswer() throws {
        var (exchange, now) = exchange([admitted, connected(), began()], policy: try routed())
        let head: ExchangeActions = [.settle, .forwardHead]
        #expect(exchange.receive(.terminal(content: false), at: now) == head)
        #expect(exchange.receive(data(content: false), at: now) == [.forwardData])
        #expect(exchange.receive(.answerEnded, at: now) == [.endAnswer])
        #expect(exchange.outcome == .ok)
    }

    @Test func whatBreaksWhileItIsHeldIsNeverSeen() throws {
        var (exchange, now) = exchange([admitted, connected(), began(), data(content: false)], policy: try routed())
        #expect(exchange.receive(failed(broken), at: now) == [.startAttempt])
        #expect(exchange.lead?.target == 1 && exchange.attempts == 2 && exchange.failure == nil)
        #expect(exchange.failedAttempts.map(\.cause.code) == ["upstream_reset"])
    }

    @Test func theFirstTokenCountsInAStreamOfOnePiece() {
        var (exchange, now) = exchange([admitted, connected(), began()])
        #expect(exchange.receive(.terminal(content: true), at: now + second) == [.settle])
        #expect(exchange.timing.firstTokenAfter == 4_000_000)
    }
}

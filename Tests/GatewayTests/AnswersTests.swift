import Gateway
import Testing
import Vocabulary

@Suite struct Answers {
    @Test func aWholeAnswerIsForwardedAndSettledBeforeItEnds() {
        var exchange = Exchange(policy: policy(), startedAt: 0, wallClock: 7)
        #expect(exchange.receive(admitted, at: second) == [.startAttempt])
        #expect(exchange.receive(connected(), at: 2 * second) == [])
        #expect(exchange.receive(began(), at: 3 * second) == [.forwardHead])
        #expect(exchange.receive(data(content: false), at: 4 * second) == [.forwardData])
        #expect(exchange.receive(.answerEnded, at: 5 * second) == [.settle, .endAnswer])
        #expect(exchange.hasEnded && exchange.outcome == .ok && exchange.status == 200 && exchange.attempts == 1)
        let timing = exchange.timing
        #expect(timing.startedAt == 7 && timing.admittedAfter == 1_000_000 && timing.connectedAfter == 2_000_000)
        #expect(timing.firstByteAfter == 3_000_000 && timing.firstTokenAfter == nil && timing.endedAfter == 5_000_000)
    }

    @Test func theFirstContentIsTheFirstToken() {
        var (exchange, now) = exchange([admitted, connected(), began()])
        _ = exchange.receive(data(content: false), at: now + 1)
        #expect(exchange.timing.firstTokenAfter == nil)
        _ = exchange.receive(data(content: true), at: now + second)
        _ = exchange.receive(data(content: true), at: now + 2 * second)
        #expect(exchange.timing.firstTokenAfter == 4_000_000)
    }

    @Test func aStreamIsSettledOnceAtItsTerminalEvent() {
        var (exchange, now) = exchange(streaming)
        #expect(exchange.receive(.terminal(content: false), at: now) == [.settle])
        #expect(exchange.receive(.terminal(content: false), at: now) == [])
        #expect(exchange.receive(data(content: false), at: now) == [.forwardData])
        #expect(exchange.receive(.answerEnded, at: now) == [.endAnswer])
    }

    @Test func anUpstreamThatBreaksOffAfterTheTerminalEventHasAnswered() {
        var (exchange, now) = exchange(streaming + [.terminal(content: false)])
        #expect(exchange.receive(failed(.closed(reused: false, answered: true)), at: now) == [.endAnswer])
        #expect(exchange.outcome == .ok && exchange.failure == nil)
    }

    @Test(arguments: [(200, CallOutcome.ok), (302, .ok), (400, .error), (429, .error), (500, .error)])
    func theOutcomeFollowsTheProvidersStatus(status: Int, outcome: CallOutcome) {
        let (exchange, _) = exchange([admitted, connected(), began(status), .answerEnded])
        #expect(exchange.outcome == outcome && exchange.status == status)
    }

    @Test func nothingHappensAfterTheEnd() {
        var (exchange, now) = exchange(streaming + [.answerEnded])
        let events: [Exchange.Event] = [
            .clientLeft, .stopped, .tick, .answerEnded, .terminal(content: false), .roomFreed,
        ]
        for event in events {
            #expect(exchange.receive(event, at: now + 1000 * second) == [])
        }
        #expect(exchange.deadline == nil)
    }
}

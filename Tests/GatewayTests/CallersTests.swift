import Gateway
import Testing
import Vocabulary

@Suite struct Callers {
    @Test(arguments: [[admitted], [admitted, connected()], streaming] as [[Exchange.Event]])
    func leavingCancelsTheUpstreamAndSettles(events: [Exchange.Event]) {
        var (exchange, now) = exchange(events)
        #expect(exchange.receive(.clientLeft, at: now) == [.cancelAttempt, .settle])
        #expect(exchange.outcome == .cancelled && exchange.hasEnded)
    }

    @Test func leavingWhileWaitingForRoomCostsNothing() {
        var (exchange, now) = exchange([.admitted(hasRoom: false)])
        #expect(exchange.receive(.clientLeft, at: now) == [.settle])
        #expect(exchange.attempts == 0)
    }

    @Test func leavingAfterTheTerminalEventIsNoDeparture() {
        var (exchange, now) = exchange(streaming + [.terminal(content: false)])
        #expect(exchange.receive(.clientLeft, at: now) == [.cancelAttempt])
        #expect(exchange.outcome == .ok)
    }

    @Test func drainReadsToTheEndWithoutSending() {
        var (exchange, now) = exchange(streaming, policy: policy(departure: .drain))
        #expect(exchange.receive(.clientLeft, at: now) == [.resumeUpstream])
        #expect(exchange.receive(data(content: true), at: now) == [])
        #expect(exchange.receive(.answerEnded, at: now + second) == [.settle])
        #expect(exchange.outcome == .cancelled && exchange.status == 499)
    }

    @Test func drainStillHasDeadlines() {
        var (exchange, now) = exchange(streaming, policy: policy(departure: .drain))
        _ = exchange.receive(.clientLeft, at: now)
        #expect(exchange.receive(.tick, at: now + 10 * second) == [.cancelAttempt, .settle])
    }

    @Test func oneThatDoesNotReadHoldsTheUpstreamBack() {
        var (exchange, now) = exchange(streaming)
        #expect(exchange.receive(.clientBlocked, at: now) == [.pauseUpstream])
        #expect(exchange.receive(.clientBlocked, at: now) == [])
        #expect(exchange.receive(.clientReady, at: now + 15 * second) == [.resumeUpstream])
        #expect(exchange.deadline?.at == now + 25 * second, "the wait for the caller does not count as the provider's")
    }
}

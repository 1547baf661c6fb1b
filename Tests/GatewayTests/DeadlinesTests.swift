import Gateway
import Testing

@Suite struct Deadlines {
    /// Each phase's events, when its deadline comes after the last of them, and what it means.
    @Test(arguments: [
        ([.admitted(hasRoom: false)], 5, GatewayFailure.Code.overloaded),
        ([admitted], 2, .upstreamConnectTimeout),
        ([admitted, connected()], 30, .upstreamFirstByteTimeout),
        (streaming, 10, .upstreamIdleTimeout),
        (streaming + [.clientBlocked], 20, .clientStalled),
    ] as [([Exchange.Event], UInt64, GatewayFailure.Code)])
    func eachPhaseHasOne(events: [Exchange.Event], seconds: UInt64, code: GatewayFailure.Code) {
        var (exchange, now) = exchange(events)
        #expect(exchange.deadline?.at == now + seconds * second)
        #expect(exchange.receive(.tick, at: now + seconds * second - 1) == [])
        let actions = exchange.receive(.tick, at: now + seconds * second)
        #expect(actions.contains(.settle))
        #expect(exchange.failure?.code == code && exchange.hasEnded)
    }

    @Test func theTotalCutsAnEndlessStream() {
        var (exchange, now) = exchange(streaming)
        while now < 100 * second {
            now += second
            _ = exchange.receive(data(content: true), at: now)
            #expect(exchange.receive(.tick, at: now) == [])
        }
        let actions = exchange.receive(.tick, at: now + second)
        #expect(actions.contains(.breakAnswer))
        #expect(exchange.failure?.code == .upstreamTotalTimeout)
    }

    @Test func bytesPutTheIdleDeadlineOff() {
        var (exchange, now) = exchange(streaming)
        _ = exchange.receive(data(content: true), at: now + 9 * second)
        #expect(exchange.deadline?.at == now + 19 * second)
    }

    @Test func roomInTheJournalStartsTheCall() {
        var (exchange, now) = exchange([.admitted(hasRoom: false)])
        #expect(exchange.isWaitingForRoom)
        #expect(exchange.receive(.roomFreed, at: now) == [.startAttempt])
        #expect(exchange.receive(.roomFreed, at: now) == [])
    }
}

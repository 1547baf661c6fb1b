import Gateway
import Routing
import Testing
import Vocabulary

/// Callers who leave, and servers that stop, at every stage of a call.
@Suite struct Departures {
    /// How far a call has come.
    struct Stage: Sendable, CustomTestStringConvertible {
        var name: String
        var events: [Exchange.Event]
        /// An attempt is under way, and must be given up.
        var isTrying = true
        /// With `drain`, the answer is read to its end.
        var drains = false
        /// The caller has a head already.
        var isSent = false
        /// Nothing is missing but the connection's end.
        var isComplete = false
        var targets = 2

        var testDescription: String { name }
    }

    static let stages = [
        Stage(name: "before admission", events: [], isTrying: false),
        Stage(name: "looking up", events: [.lookingUp], isTrying: false),
        Stage(name: "waiting for room", events: [.admitted(hasRoom: false)], isTrying: false),
        Stage(name: "connecting", events: [admitted]),
        Stage(name: "awaiting the answer", events: [admitted, connected()], drains: true),
        Stage(name: "holding a stream", events: [admitted, connected(), began()], drains: true),
        Stage(name: "holding a whole answer", events: [admitted, connected(), began(200, .whole)], drains: true),
        Stage(name: "reading an error", events: [admitted, connected(), began(503, .whole)]),
        Stage(
            name: "backing off", events: [admitted, failed(.busy)], isTrying: false, targets: 1
        ),
        Stage(name: "at the next target", events: [admitted, failed(.connect("x")), connected(2)], drains: true),
        Stage(name: "answering", events: streaming, drains: true, isSent: true),
        Stage(name: "blocked", events: streaming + [.clientBlocked], drains: true, isSent: true),
        Stage(name: "complete", events: streaming + [.terminal(content: false)], isSent: true, isComplete: true),
    ]

    private func reach(
        _ stage: Stage, _ departure: ExchangePolicy.Departure = .abort
    ) throws -> (Exchange, now: UInt64) {
        let policy = try routed(targets: stage.targets, retries: stage.targets == 1 ? 1 : 0, departure: departure)
        return exchange(stage.events, policy: policy)
    }

    @Test(arguments: stages)
    func leavingGivesUpAndSettlesOnce(stage: Stage) throws {
        var (exchange, now) = try reach(stage)
        var expected: ExchangeActions = stage.isComplete ? [] : [.settle]
        if stage.isTrying { expected.insert(.cancelAttempt) }
        #expect(exchange.receive(.clientLeft, at: now) == expected)
        #expect(exchange.hasEnded && exchange.outcome == (stage.isComplete ? .ok : .cancelled))
        #expect(exchange.receive(.clientLeft, at: now) == [])
    }

    @Test(arguments: stages)
    func drainingReadsOnWhereThereIsAnAnswerToRead(stage: Stage) throws {
        var (exchange, now) = try reach(stage, .drain)
        let actions = exchange.receive(.clientLeft, at: now)
        guard stage.drains else { return #expect(exchange.hasEnded && !actions.contains(.resumeUpstream)) }
        #expect(actions == [.resumeUpstream] && !exchange.hasEnded)
        let number = exchange.attempts
        _ = exchange.receive(connected(number), at: now)
        _ = exchange.receive(began(attempt: number), at: now)
        #expect(exchange.receive(data(content: true), at: now).isDisjoint(with: [.forwardHead, .forwardData]))
        #expect(exchange.receive(.answerEnded, at: now) == [.settle])
        #expect(exchange.outcome == .cancelled && exchange.status == 499 && exchange.hasEnded)
    }

    @Test(arguments: stages.filter(\.drains))
    func drainingTriesNothingElse(stage: Stage) throws {
        var (exchange, now) = try reach(stage, .drain)
        _ = exchange.receive(.clientLeft, at: now)
        #expect(exchange.receive(failed(broken, attempt: exchange.attempts), at: now) == [.settle])
        #expect(exchange.hasEnded && exchange.outcome == .cancelled)
    }

    @Test func anAnswerThatOthersWaitForIsReadToItsEnd() throws {
        var (exchange, now) = exchange([admitted, connected()], policy: try routed())
        exchange.isAwaitedByOthers = true
        #expect(exchange.receive(.clientLeft, at: now) == [.resumeUpstream])
        #expect(!exchange.hasEnded)
    }

    @Test func leavingWhileBlockedGivesTheProviderItsTimeBack() {
        var (exchange, now) = exchange(streaming + [.clientBlocked], policy: policy(departure: .drain))
        #expect(exchange.receive(.clientLeft, at: now + 15 * second) == [.resumeUpstream])
        #expect(exchange.deadline?.at == now + 25 * second)
    }

    @Test(arguments: stages)
    func stoppingTellsTheCallerAndSettlesOnce(stage: Stage) throws {
        var (exchange, now) = try reach(stage)
        var expected: ExchangeActions = stage.isComplete ? [.endAnswer] : [.settle]
        if stage.isTrying { expected.insert(.cancelAttempt) }
        if !stage.isComplete { expected.insert(stage.isSent ? .breakAnswer : .failAnswer) }
        #expect(exchange.receive(.stopped, at: now) == expected)
        #expect(exchange.hasEnded && exchange.failure?.code == (stage.isComplete ? nil : .shuttingDown))
    }

    @Test(arguments: stages.filter { !$0.events.isEmpty })
    func everyStageHasADeadline(stage: Stage) throws {
        var (exchange, now) = try reach(stage)
        let deadline = try #require(exchange.deadline)
        #expect(deadline.at > now)
        #expect(exchange.receive(.tick, at: deadline.at - 1) == [])
        let actions = exchange.receive(.tick, at: deadline.at)
        #expect(!actions.isEmpty)
    }

    @Test func theLookUpGivesWayToTheCall() {
        var (exchange, now) = exchange([.lookingUp])
        #expect(exchange.receive(.tick, at: now + 2 * second) == [.startAttempt])
        #expect(exchange.receive(.found, at: now + 3 * second) == [], "too late")
        #expect(exchange.receive(admitted, at: now + 3 * second) == [])
    }

    @Test func whatIsFoundIsServedAndSettled() {
        var (exchange, now) = exchange([.lookingUp])
        #expect(exchange.receive(.found, at: now) == [.settle, .serveStored])
        #expect(exchange.hasEnded && exchange.outcome == .ok && exchange.attempts == 0)
    }
}

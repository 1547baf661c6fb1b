import Gateway
import Routing
import Testing
import Vocabulary

/// What follows each kind of failure where a retry is left, where a target is left, and where nothing is.
@Suite struct FailureTable {
    /// One way to fail, and what the rules say by default.
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        /// After admission, up to and with the failure. Empty for a deadline.
        var events: [Exchange.Event] = []
        /// For a deadline: when it passes, seconds after the last of `before`.
        var before: [Exchange.Event] = []
        var deadline: UInt64 = 0
        var code: String
        var retries = true
        var fallsOver = true
        /// The provider's own answer is what the caller gets in the end.
        var isPassedOn = false

        var testDescription: String { name }
    }

    static let rows: [Row] = transport + deadlines + statuses

    static let transport = [
        Row(name: "connect", events: [failed(.connect("refused"))], code: "upstream_connect_failed"),
        Row(name: "tls", events: [failed(.tls("expired"))], code: "upstream_tls_failed", retries: false),
        Row(
            name: "closed", events: [connected(), failed(.closed(reused: false, answered: false))],
            code: "upstream_reset"
        ),
        Row(name: "closed within", events: [connected(), began(), failed(broken)], code: "upstream_reset"),
        Row(
            name: "malformed", events: [connected(), failed(.malformed("x"))], code: "upstream_malformed",
            retries: false
        ),
        Row(name: "busy", events: [failed(.busy)], code: "upstream_busy"),
    ]

    static let deadlines = [
        Row(name: "connect timeout", before: [], deadline: 2, code: "upstream_connect_timeout"),
        Row(name: "first byte", before: [connected()], deadline: 30, code: "upstream_first_byte_timeout"),
        Row(name: "idle", before: [connected(), began()], deadline: 10, code: "upstream_idle_timeout"),
        Row(
            name: "idle within an error", before: [connected(), began(503, .whole)], deadline: 10,
            code: "upstream_idle_timeout"
        ),
    ]

    static let statuses = [
        status(429), status(500), status(503), status(529),
        status(401, retries: false), status(402, retries: false), status(404, retries: false),
        status(400, retries: false, fallsOver: false), status(422, retries: false, fallsOver: false),
        status(504), status(408),
        answered(RouteFailure(.contextWindow, status: 400), retries: false),
        answered(RouteFailure(.contentPolicy, status: 400), retries: false, fallsOver: false),
        Row(
            name: "error in the stream",
            events: [connected(), began(), .answerRefused(attempt: 1, ProviderRefusal(RouteFailure(.serverError)))],
            code: "server_error"
        ),
    ]

    static func status(_ status: Int, retries: Bool = true, fallsOver: Bool = true) -> Row {
        answered(RouteFailure(status: status), retries: retries, fallsOver: fallsOver)
    }

    static func answered(_ failure: RouteFailure, retries: Bool, fallsOver: Bool = true) -> Row {
        let status = failure.status ?? 0
        return Row(
            name: "\(status) \(failure.kind.rawValue)", events: [connected(), began(status, .whole), refused(failure)],
            code: "http_\(status)", retries: retries, fallsOver: fallsOver, isPassedOn: true
        )
    }

    /// Plays a row's failure; what it leads to.
    private func play(_ row: Row, _ policy: ExchangePolicy) -> (Exchange, ExchangeActions, now: UInt64) {
        var (exchange, now) = exchange([admitted] + row.before, policy: policy)
        var actions: ExchangeActions = []
        for event in row.events { actions = exchange.receive(event, at: now) }
        if row.events.isEmpty {
            now += row.deadline * second
            actions = exchange.receive(.tick, at: now)
        }
        return (exchange, actions, now)
    }

    private func cancels(_ row: Row) -> ExchangeActions { row.events.isEmpty ? [.cancelAttempt] : [] }

    @Test(arguments: rows)
    func aRetryIsLeft(row: Row) throws {
        var (exchange, actions, now) = play(row, try routed(targets: 1, retries: 1))
        #expect(exchange.failedAttempts.map(\.cause.code) == [row.code])
        guard row.retries else { return #expect(exchange.hasEnded && actions.contains(.settle)) }
        #expect(actions == cancels(row) && exchange.attempts == 1)
        #expect(exchange.deadline?.at == now + second)
        #expect(exchange.receive(.tick, at: now + second) == [.startAttempt])
        #expect(exchange.lead?.target == 0 && exchange.attempts == 2 && exchange.failure == nil)
    }

    @Test(arguments: rows)
    func aTargetIsLeft(row: Row) throws {
        let (exchange, actions, _) = play(row, try routed(targets: 2))
        #expect(exchange.failedAttempts.map(\.cause.code) == [row.code])
        guard row.fallsOver else { return #expect(exchange.hasEnded && actions.contains(.settle)) }
        #expect(actions == cancels(row).union(.startAttempt))
        #expect(exchange.lead?.target == 1 && exchange.attempts == 2 && exchange.failure == nil)
    }

    @Test(arguments: rows)
    func nothingIsLeft(row: Row) throws {
        let (exchange, actions, _) = play(row, try routed(targets: 1))
        let tellsIt: ExchangeActions
        if row.isPassedOn {
            tellsIt = [.settle, .forwardHead, .forwardData, .endAnswer]
        } else {
            // A stream is sent on at once where nothing could replace it.
            let isSent = (row.events + row.before).contains(began())
            tellsIt = cancels(row).union([.settle, isSent ? .breakAnswer : .failAnswer])
        }
        #expect(actions == tellsIt && exchange.hasEnded && exchange.outcome == .error)
        #expect(exchange.failedAttempts.count == 1 && exchange.attempts == 1)
        #expect((exchange.failure == nil) == row.isPassedOn)
    }

    @Test func anErrorThatNothingCouldReplaceIsPassedOnAsItComes() throws {
        var (exchange, now) = exchange([admitted, connected()], policy: try routed(targets: 1))
        #expect(exchange.receive(began(429, .untilEnd), at: now) == [.forwardHead])
        #expect(exchange.receive(data(content: false), at: now) == [.forwardData])
        #expect(exchange.receive(.answerEnded, at: now) == [.settle, .endAnswer])
        #expect(exchange.status == 429 && exchange.outcome == .error)
    }

    @Test func theLastTargetsErrorIsTheAnswer() throws {
        var (exchange, now) = exchange(
            [admitted, connected(), began(429, .whole), refused(RouteFailure(status: 429)), connected(2)],
            policy: try routed(targets: 2)
        )
        _ = exchange.receive(began(503, .whole, attempt: 2), at: now)
        let actions: ExchangeActions = [.settle, .forwardHead, .forwardData, .endAnswer]
        #expect(exchange.receive(refused(RouteFailure(status: 503), attempt: 2), at: now) == actions)
        #expect(exchange.status == 503)
        #expect(exchange.failedAttempts.map(\.cause.code) == ["http_429", "http_503"])
    }

    @Test func tooLongAndRefusedGoToTheirOwnLists() throws {
        let policy = try routed(targets: 2) {
            $0.contextWindowFallback = [target("long")]
            $0.contentPolicyFallback = [target("lenient")]
        }
        for (kind, place) in [(FailureKind.contextWindow, 2), (.contentPolicy, 3)] {
            var (exchange, now) = exchange([admitted, connected(), began(400, .whole)], policy: policy)
            #expect(exchange.receive(refused(RouteFailure(kind, status: 400)), at: now) == [.startAttempt])
            #expect(exchange.lead?.target == place)
        }
    }
}

import Gateway
import Routing
import Testing

/// Random calls: whatever happens in whichever order, a caller gets one answer and the record is written once.
@Suite struct AnyOrder {
    @Test func everyCallHoldsTheRules() throws {
        let policies = try Self.policies()
        var ends: [String: Int] = [:]
        for seed in 0..<100_000 {
            var walk = RandomCall(seed: UInt64(seed), policy: policies[seed % policies.count])
            let fault = walk.play()
            #expect(fault == nil, "seed \(seed): \(fault ?? "") in \(walk.history)")
            if fault != nil { return }
            ends[walk.end, default: 0] += 1
        }
        for end in ["ended", "failed", "broken", "stored", "left"] {
            #expect(ends[end, default: 0] > 1000, "the walks are not one-sided: \(ends)")
        }
    }

    private static func policies() throws -> [ExchangePolicy] {
        var policies = [policy(), policy(departure: .drain)]
        for departure in [ExchangePolicy.Departure.abort, .drain] {
            policies.append(try routed(targets: 1, retries: 2, departure: departure))
            policies.append(try routed(targets: 3, retries: 1, departure: departure))
            policies.append(
                try routed(targets: 3, retries: 1, departure: departure) {
                    $0.hedge = HedgeRules(after: second, maximum: 2)
                    $0.timeouts = AttemptTimeouts(firstToken: 4 * second, total: 20 * second)
                }
            )
            policies.append(
                try routed(targets: 4, departure: departure) {
                    $0.streamBreak = .goOn
                    $0.hedge = HedgeRules(after: second)
                    $0.retry = RetryRules(attempts: 1, on: Set(FailureKind.allCases), backoffBase: second)
                    $0.contentPolicyFallback = [target("lenient")]
                }
            )
        }
        for index in policies.indices { policies[index].holdLimit = 30 }
        return policies
    }
}

/// One random call: plays the driver, and checks each of the exchange's answers.
private struct RandomCall {
    private enum Upstream { case connecting, waiting, good(Exchange.Hold), refusing }

    private var random: Numbers
    private var exchange: Exchange
    private let continues: Bool
    private var now: UInt64 = 1
    private var upstreams: [Int: Upstream] = [:]
    private var started = 0
    private var settled = 0
    private var heads = 0
    private var isOver = false
    private var isGone = false
    private var isBlocked = false
    private var hasSentContent = false
    private var events: [(event: Exchange.Event, actions: ExchangeActions)] = []
    /// What happened, for people.
    var history: [String] { events.map { "\($0.event) -> \($0.actions.rawValue)" } }
    private(set) var end = ""
    private var fault: String?

    init(seed: UInt64, policy: ExchangePolicy) {
        random = Numbers(seed: seed)
        exchange = Exchange(policy: policy, startedAt: 0, wallClock: 0)
        continues = policy.continuesBrokenStreams
    }

    mutating func play() -> String? {
        send(Bool.random(using: &random) ? .lookingUp : .admitted(hasRoom: number(4) > 0))
        for _ in 0..<60 where !exchange.hasEnded && fault == nil { step() }
        // Nothing more happens by itself: deadlines alone must end the call.
        for _ in 0..<60 where !exchange.hasEnded && fault == nil { passDeadline() }
        check(exchange.hasEnded, "deadlines do not end the call")
        check(settled == 1, "settled \(settled) times")
        check(upstreams.isEmpty, "attempts \(upstreams.keys.sorted()) were forgotten")
        check(started == exchange.attempts, "\(started) started, \(exchange.attempts) counted")
        check(exchange.failedAttempts.count <= started, "more failures than attempts")
        check(exchange.deadline == nil, "a deadline after the end")
        check(isOver || isGone, "the caller was left without an end")
        let isOrdered = exchange.failedAttempts.allSatisfy { $0.startedAfter <= $0.endedAfter }
        check(isOrdered, "an attempt ends before it begins")
        return fault
    }

    private mutating func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }

    private mutating func check(_ holds: Bool, _ what: String) {
        if !holds, fault == nil { fault = what }
    }

    // MARK: What happens

    private mutating func step() {
        now += UInt64(number(3)) * second / 2 + 1
        switch number(24) {
        case 0: if number(3) == 0 { leave() }
        case 1: if number(3) == 0 { send(.stopped) }
        case 2: passDeadline()
        case 3: send(exchange.isLookingUp ? .found : .notFound)
        case 4, 5: send(exchange.isLookingUp ? .admitted(hasRoom: number(4) > 0) : .roomFreed)
        case 6: block()
        case 7: sendStale()
        default: upstreamSpeaks()
        }
    }

    private mutating func passDeadline() {
        guard let deadline = exchange.deadline else { return check(exchange.hasEnded, "no deadline") }
        now = max(now, deadline.at)
        let before = deadline.at
        let actions = send(.tick)
        let isLater = exchange.deadline.map { $0.at > before } ?? true
        check(!actions.isEmpty || isLater, "a deadline that passes changes nothing")
    }

    private mutating func leave() {
        guard !isGone else { return }
        isGone = true
        send(.clientLeft)
    }

    private mutating func block() {
        guard heads > 0, !isGone else { return }
        isBlocked.toggle()
        send(isBlocked ? .clientBlocked : .clientReady)
    }

    /// Words of an attempt that is over, or never was.
    private mutating func sendStale() {
        let attempt = number(8)
        guard upstreams[attempt] == nil else { return }
        let events = [connected(attempt), began(attempt: attempt), failed(broken, attempt: attempt),
            refused(RouteFailure(status: 500), attempt: attempt)]
        let actions = send(events[number(events.count)])
        check(actions.isEmpty, "an attempt that is over still counts")
    }

    private mutating func upstreamSpeaks() {
        guard let attempt = upstreams.keys.sorted().dropFirst(number(max(1, upstreams.count))).first,
            let state = upstreams[attempt]
        else { return }
        switch state {
        case .connecting:
            if number(4) == 0 { return fail(attempt, .connect("x")) }
            upstreams[attempt] = .waiting
            send(connected(attempt))
        case .waiting: answer(attempt)
        case .refusing:
            if number(4) == 0 { return fail(attempt, broken) }
            // An error that is passed on as it comes ends as any answer does.
            guard exchange.isRefusing(attempt) else { return finish(attempt) }
            upstreams[attempt] = nil
            let kinds: [RouteFailure] = [RouteFailure(status: 500), RouteFailure(status: 429, retryAfter: second),
                RouteFailure(status: 400), RouteFailure(.contentPolicy, status: 400)]
            send(refused(kinds[number(kinds.count)], attempt: attempt))
        case .good(let hold): speak(attempt, hold)
        }
    }

    private mutating func answer(_ attempt: Int) {
        switch number(6) {
        case 0: fail(attempt, .closed(reused: Bool.random(using: &random), answered: false))
        case 1:
            upstreams[attempt] = .refusing
            send(began(number(2) == 0 ? 503 : 400, number(2) == 0 ? .whole : .untilEnd, attempt: attempt))
        default:
            let hold = [Exchange.Hold.untilContent, .untilContent, .untilEnd, .whole][number(4)]
            upstreams[attempt] = .good(hold)
            send(began(200, hold, attempt: attempt))
        }
    }

    private mutating func speak(_ attempt: Int, _ hold: Exchange.Hold) {
        switch number(8) {
        case 0: fail(attempt, broken)
        case 1:
            upstreams[attempt] = nil
            send(refused(RouteFailure(.serverError), attempt: attempt))
        case 2: finish(attempt)
        case 3 where hold == .untilContent:
            send(.terminal(content: false))
            send(data(content: false))
        default: send(data(content: hold == .untilContent && number(2) == 0, bytes: number(20)))
        }
    }

    private mutating func finish(_ attempt: Int) {
        upstreams[attempt] = nil
        send(.answerEnded)
    }

    private mutating func fail(_ attempt: Int, _ reason: AttemptFailure) {
        upstreams[attempt] = nil
        send(failed(reason, attempt: attempt))
    }

    // MARK: What is done about it

    @discardableResult
    private mutating func send(_ event: Exchange.Event) -> ExchangeActions {
        let lead = exchange.lead?.number
        let rival = exchange.rival?.number
        let wasOver = exchange.hasEnded
        let actions = exchange.receive(event, at: now, random: random.next())
        events.append((event, actions))
        check(!wasOver || actions.isEmpty, "something happens after the end")
        if actions.contains(.cancelAttempt) {
            check(lead.map { upstreams[$0] != nil } ?? false, "an attempt is given up that is none")
            lead.map { upstreams[$0] = nil }
        }
        if actions.contains(.cancelRival) {
            check(rival.map { upstreams[$0] != nil } ?? false, "a rival is given up that is none")
            rival.map { upstreams[$0] = nil }
        }
        if actions.contains(.promoteRival) { check(exchange.lead?.number == rival, "not the rival that is promoted") }
        if actions.contains(.settle) { settled += 1 }
        start(actions)
        tell(actions, event)
        return actions
    }

    private mutating func start(_ actions: ExchangeActions) {
        if actions.contains(.startAttempt) { start(exchange.lead) }
        if actions.contains(.startRival) { start(exchange.rival) }
        check(upstreams.count <= 2, "more than two attempts at once")
        guard actions.contains(.startAttempt) else {
            return check(!actions.contains(.continueAnswer), "going on without an attempt")
        }
        check(actions.contains(.continueAnswer) == (heads > 0), "a second answer, or half of one")
        check(!actions.contains(.continueAnswer) || continues, "going on where the route does not")
    }

    private mutating func start(_ lane: Exchange.Lane?) {
        guard let lane else { return check(false, "a start without an attempt") }
        check(settled == 0 && !exchange.hasEnded && !isGone, "a start after the end")
        check(upstreams[lane.number] == nil && lane.number == exchange.attempts, "a number that is taken")
        upstreams[lane.number] = .connecting
        started += 1
    }

    private mutating func tell(_ actions: ExchangeActions, _ event: Exchange.Event) {
        let speaks: ExchangeActions = [.forwardHead, .forwardData, .endAnswer, .failAnswer, .breakAnswer, .serveStored]
        check(!isGone || actions.isDisjoint(with: speaks), "a caller who left is told something")
        check(!isOver || actions.isDisjoint(with: speaks), "something follows the answer's end")
        for head in [ExchangeActions.forwardHead, .failAnswer, .serveStored] where actions.contains(head) { heads += 1 }
        check(heads <= 1, "two heads")
        let needsHead = !actions.isDisjoint(with: [.forwardData, .endAnswer, .breakAnswer])
        check(!needsHead || heads == 1, "data before the head")
        let ends: [(ExchangeActions, String)] = [
            (.endAnswer, "ended"), (.failAnswer, "failed"), (.breakAnswer, "broken"), (.serveStored, "stored"),
        ]
        for (action, name) in ends where actions.contains(action) {
            check(settled == 1, "\(name) before it is settled")
            check(!isOver, "two ends")
            check(exchange.hasEnded, "told the end too early")
            isOver = true
            end = name
        }
        if isGone, exchange.hasEnded, !isOver { end = "left" }
    }
}

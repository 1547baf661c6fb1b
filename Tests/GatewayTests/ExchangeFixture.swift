import Gateway
import Routing
import Testing

let second: UInt64 = 1_000_000_000

/// Deadlines that no two rules share, so that a test can tell which one fired.
func policy(departure: ExchangePolicy.Departure = .abort) -> ExchangePolicy {
    ExchangePolicy(
        admissionWait: 5 * second, total: 100 * second, clientStall: 20 * second, departure: departure,
        attempts: [rules]
    )
}

let rules = AttemptRules(connect: 2 * second, firstByte: 30 * second, idle: 10 * second)

/// The rules of a call over several targets, as the router decides them.
///
/// - Parameters:
///   - targets: How many there are, one behind the other.
///   - retries: Further tries at each, a second apart.
func routed(
    targets: Int = 2, retries: Int = 0, departure: ExchangePolicy.Departure = .abort,
    change: (inout RouteDefinition) -> Void = { _ in }
) throws -> ExchangePolicy {
    let members = (0..<targets).map { RouteMember(target("t\($0)")) }
    var definition = RouteDefinition(name: "route", root: .group(RouteGroup(.fallback, members: members)))
    definition.retry = RetryRules(attempts: retries, backoffBase: second, backoffMaximum: second, jitter: 0)
    change(&definition)
    let board = HealthBoard()
    let route = try CompiledRoute(definition, resolve: { (TargetFacts(), board.health(for: $0.label)) })
    let request = RouteRequest(model: "route")
    var random = Numbers(seed: 1)
    let decision = Router.decide(request, facts: CallFacts(request), route: route, now: 0, random: &random)
    var policy = policy(departure: departure)
    policy.attempts = Array(repeating: rules, count: route.targets.count)
    policy.walk = AttemptWalk(decision)
    policy.hedge = decision.hedge
    policy.continuesBrokenStreams = decision.streamBreak == .goOn
    return policy
}

func target(_ name: String) -> RouteNode { .target(TargetReference(provider: name, model: "m")) }

/// An exchange that has seen `events`, one a second.
func exchange(_ events: [Exchange.Event], policy: ExchangePolicy = policy()) -> (Exchange, now: UInt64) {
    var exchange = Exchange(policy: policy, startedAt: 0, wallClock: 1_000_000)
    var now: UInt64 = 0
    for event in events {
        now += second
        _ = exchange.receive(event, at: now)
    }
    return (exchange, now)
}

let admitted = Exchange.Event.admitted(hasRoom: true)
let streaming: [Exchange.Event] = [admitted, connected(), began(), data(content: true)]

func connected(_ attempt: Int = 1) -> Exchange.Event { .connected(attempt: attempt) }

func began(_ status: Int = 200, _ hold: Exchange.Hold = .untilContent, attempt: Int = 1) -> Exchange.Event {
    .answerBegan(attempt: attempt, status: status, hold: hold)
}

func data(content: Bool, bytes: Int = 10) -> Exchange.Event { .answerData(content: content, bytes: bytes) }

func failed(_ reason: AttemptFailure, attempt: Int = 1) -> Exchange.Event {
    .attemptFailed(attempt: attempt, reason)
}

func refused(_ failure: RouteFailure, attempt: Int = 1) -> Exchange.Event {
    .answerRefused(attempt: attempt, ProviderRefusal(failure))
}

/// A connection that broke within an answer.
let broken = AttemptFailure.closed(reused: false, answered: true)

/// The same numbers for the same seed on every machine (SplitMix64, Steele et al. 2014).
struct Numbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

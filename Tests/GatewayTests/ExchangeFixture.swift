import Gateway

let second: UInt64 = 1_000_000_000

/// Deadlines that no two rules share, so that a test can tell which one fired.
func policy(departure: ExchangePolicy.Departure = .abort, raceRetries: Int = 1) -> ExchangePolicy {
    ExchangePolicy(
        admissionWait: 5 * second, connect: 2 * second, firstByte: 30 * second, idle: 10 * second, total: 100 * second,
        clientStall: 20 * second, departure: departure, raceRetries: raceRetries
    )
}

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
let streaming: [Exchange.Event] = [admitted, .connected, .answerBegan(status: 200), .answerData(content: true)]

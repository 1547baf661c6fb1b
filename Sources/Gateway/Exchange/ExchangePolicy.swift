package import Routing

/// The rules that one exchange follows. All times are nanoseconds.
package struct ExchangePolicy: Sendable {
    /// What to do when the caller leaves before its answer is complete.
    package enum Departure: String, Sendable, CaseIterable {
        /// Cancel the upstream call at once: saves money.
        case abort
        /// Read the answer to its end for the record, without sending it.
        case drain
    }

    /// How long to wait for room in the journal before the call is refused.
    package var admissionWait: UInt64
    /// How long to wait for a look-up in the cache before the call goes on without it.
    package var lookupWait: UInt64 = 2_000_000_000
    /// From admission to the end, all attempts together.
    package var total: UInt64
    /// How long a caller that does not read may hold up its answer.
    package var clientStall: UInt64
    package var departure: Departure
    /// How often a connection that died of a keep-alive race may be replaced. Once: the second try uses a fresh one.
    package var raceRetries: Int = 1
    /// Deadlines of each target, by its place among the call's targets; never empty.
    package var attempts: [AttemptRules]
    /// Which target is tried when; `nil` where there is only the first, once.
    package var walk: AttemptWalk?
    /// Shared by all calls of a route: retries may not become a storm.
    package var retryBudget: RetryBudget?
    /// Send the request to the next target too where the first byte takes longer than this; `nil` for never.
    package var hedge: HedgeRules?
    /// A stream that breaks after content goes on at the next target instead of ending with an error event.
    package var continuesBrokenStreams: Bool
    /// The most bytes of an answer that are held back while the next target could still take over.
    package var holdLimit: Int = 1 << 20

    package init(
        admissionWait: UInt64, total: UInt64, clientStall: UInt64, departure: Departure, attempts: [AttemptRules]
    ) {
        self.admissionWait = admissionWait
        self.total = total
        self.clientStall = clientStall
        self.departure = departure
        self.attempts = attempts
        walk = nil
        retryBudget = nil
        hedge = nil
        continuesBrokenStreams = false
    }
}

/// What holds for every exchange, whichever its targets. Times are nanoseconds.
package struct ExchangeDefaults: Sendable, Equatable {
    /// How long to wait for room in the journal before a call is refused.
    package var admissionWait: UInt64
    /// How long a caller that does not read may hold up its answer.
    package var clientStall: UInt64
    package var departure: ExchangePolicy.Departure

    package init(admissionWait: UInt64, clientStall: UInt64, departure: ExchangePolicy.Departure) {
        self.admissionWait = admissionWait
        self.clientStall = clientStall
        self.departure = departure
    }
}

/// The deadlines of one target. All times are nanoseconds.
package struct AttemptRules: Sendable, Equatable {
    package var connect: UInt64
    /// From the request being sent to the first byte of the answer.
    package var firstByte: UInt64
    /// From the request being sent to the first content of a stream; `nil` for no such limit.
    package var firstToken: UInt64?
    /// Between two reads of the answer.
    package var idle: UInt64
    /// The whole attempt, from its beginning; `nil` for no limit but the call's.
    package var total: UInt64?
    package init(connect: UInt64, firstByte: UInt64, idle: UInt64) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
    }

    /// These deadlines, with those that a route sets in their place.
    func overridden(by timeouts: AttemptTimeouts) -> AttemptRules {
        var rules = self
        if let connect = timeouts.connect { rules.connect = connect }
        if let firstByte = timeouts.firstByte { rules.firstByte = firstByte }
        if let firstToken = timeouts.firstToken { rules.firstToken = firstToken }
        if let stall = timeouts.chunkStall { rules.idle = stall }
        rules.total = timeouts.total ?? rules.total
        return rules
    }
}

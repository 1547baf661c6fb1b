/// The rules that one exchange follows. All times are nanoseconds.
package struct ExchangePolicy: Sendable, Equatable {
    /// What to do when the caller leaves before its answer is complete.
    package enum Departure: String, Sendable, CaseIterable {
        /// Cancel the upstream call at once: saves money.
        case abort
        /// Read the answer to its end for the record, without sending it.
        case drain
    }

    /// How long to wait for room in the journal before the call is refused.
    package var admissionWait: UInt64
    package var connect: UInt64
    /// From the request being sent to the first byte of the answer.
    package var firstByte: UInt64
    /// Between two reads of the answer.
    package var idle: UInt64
    /// From admission to the end.
    package var total: UInt64
    /// How long a caller that does not read may hold up its answer.
    package var clientStall: UInt64
    package var departure: Departure
    /// How often a connection that died of a keep-alive race may be replaced. Once: the second try uses a fresh one.
    package var raceRetries: Int

    package init(
        admissionWait: UInt64, connect: UInt64, firstByte: UInt64, idle: UInt64, total: UInt64, clientStall: UInt64,
        departure: Departure, raceRetries: Int = 1
    ) {
        self.admissionWait = admissionWait
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
        self.total = total
        self.clientStall = clientStall
        self.departure = departure
        self.raceRetries = raceRetries
    }
}

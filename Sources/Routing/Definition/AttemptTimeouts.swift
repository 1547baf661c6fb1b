/// Deadlines of one attempt, in nanoseconds. What is `nil` is the provider's own setting.
package struct AttemptTimeouts: Sendable, Hashable {
    /// Until a connection stands.
    package var connect: UInt64?
    /// From there until the first byte of an answer.
    package var firstByte: UInt64?
    /// Until the first content of a stream.
    package var firstToken: UInt64?
    /// Between two chunks of a stream.
    package var chunkStall: UInt64?
    /// The whole attempt.
    package var total: UInt64?

    package init(
        connect: UInt64? = nil, firstByte: UInt64? = nil, firstToken: UInt64? = nil, chunkStall: UInt64? = nil,
        total: UInt64? = nil
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.firstToken = firstToken
        self.chunkStall = chunkStall
        self.total = total
    }

    /// These deadlines, with what they leave open taken from `other`.
    package func over(_ other: AttemptTimeouts?) -> AttemptTimeouts {
        guard let other else { return self }
        return AttemptTimeouts(
            connect: connect ?? other.connect, firstByte: firstByte ?? other.firstByte,
            firstToken: firstToken ?? other.firstToken, chunkStall: chunkStall ?? other.chunkStall,
            total: total ?? other.total
        )
    }
}

package import Dialects
package import Vocabulary

/// A whole good answer, kept in the form in which it was asked for.
package struct StoredAnswer: Sendable, Equatable {
    /// The body as the endpoint sends it whole.
    package var body: [UInt8]
    /// `nil` for what is no conversation (embeddings): such an answer is never replayed as a stream.
    package var format: WireFormat?
    /// It was put together from a stream, so members that only a whole answer has (id, creation time) may be ours.
    package var isAssembled = false
    /// What the provider said answered.
    package var responseModel: String?
    package var finishReason: String?
    package var provider = ""
    package var upstreamModel = ""
    package var usage = TokenUsage()
    /// What it cost; `nil` where no price is known.
    package var cost: Money?
    /// The call that it was the answer to.
    package var source: RequestID
    package var storedAt: UnixMicroseconds
    package var expiresAt: UnixMicroseconds

    package init(
        body: [UInt8], format: WireFormat?, source: RequestID, storedAt: UnixMicroseconds,
        expiresAt: UnixMicroseconds
    ) {
        self.body = body
        self.format = format
        self.source = source
        self.storedAt = storedAt
        self.expiresAt = expiresAt
    }

    /// What it takes in memory, in bytes: its body and about what the rest and its places in the tables need.
    package var footprint: Int { body.count + 512 }

    /// Whole seconds since it was stored.
    package func age(at now: UnixMicroseconds) -> Int64 { max(0, now - storedAt) / 1_000_000 }
}

package import Storage

/// Replays recorded traffic through a changed plan. Nothing is sent.
package protocol TrafficReplay: Sendable {
    /// - Returns: The report as one JSON object (docs/what-if.md).
    /// - Throws: `TrafficReplayError` that names the place in the changes and the mend.
    func replay(_ question: ReplayQuestion) async throws -> [UInt8]
}

/// What a replay looks at and what it changes.
package struct ReplayQuestion: Sendable, Equatable {
    /// Both ends of the time are set.
    package var filter: SpanFilter
    /// The changes as JSON: `routes`, `prices`, `cache`.
    package var changes: [UInt8]
    /// The most calls that are replayed; the rest is left out, spread over the time.
    package var limit: Int
    /// The same seed gives the same figures.
    package var seed: UInt64

    package init(filter: SpanFilter, changes: [UInt8], limit: Int, seed: UInt64) {
        self.filter = filter
        self.changes = changes
        self.limit = limit
        self.seed = seed
    }
}

/// What is wrong with a question, where, and the mend.
package struct TrafficReplayError: Error, Sendable, Equatable {
    package var message: String

    package init(message: String) { self.message = message }
}

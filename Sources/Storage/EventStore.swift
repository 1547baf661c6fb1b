package import Vocabulary

/// Append-only, large, time-ranged: the spans and the bodies they refer to.
///
/// Rooms make ids and timestamps; an adapter stores what it is given. No SQL crosses this port: queries are values.
package protocol EventStore: Sendable {
    /// Stores a batch whole or not at all: spans, contents, rollups, the sums of the spans' charges and journal
    /// positions in one transaction.
    ///
    /// Blocks; called from the writer's own thread, never from a task. A span whose id is already stored is skipped.
    func append(_ batch: EventBatch) throws

    /// How far each journal segment had been stored at the last `append`, in bytes, by segment name.
    func journalPositions() throws -> [String: UInt64]

    /// Forgets the positions of segments that no longer exist.
    func forgetJournal(segments: [String]) throws

    /// Spans that match, newest first unless the query says otherwise.
    func spans(_ query: SpanQuery) async throws -> SpanPage

    /// How many spans match, without fetching them.
    func count(_ filter: SpanFilter) async throws -> Int

    /// One span with everything on it; `nil` if there is none in that project.
    func span(_ id: RequestID, project: ProjectID) async throws -> SpanRecord?

    /// Sums and quantiles over time, from the rollups: never scans raw rows.
    func series(_ query: SeriesQuery) async throws -> [SeriesGroup]

    /// What budgets had used: the sums of all windows that began at `since` or later, and of those that never end.
    ///
    /// For the start, once the journal was replayed; `since` is the start of the oldest window that is still open.
    func ledgerSums(since: UnixMicroseconds) async throws -> [LedgerSum]

    /// The windows of one rule (`BudgetRule.counter`) that began in `from ..< to`, oldest first, closed ones included.
    func ledgerHistory(
        subject: Subject, rule: String, from: UnixMicroseconds, to: UnixMicroseconds
    ) async throws -> [LedgerSum]

    /// Sizes and counts for health pages.
    func statistics() async throws -> EventStoreStatistics
}

/// Message and payload bodies by content hash.
package protocol ContentStore: Sendable {
    /// The bytes of each hash that is stored for the project; missing ones are left out.
    func contents(_ hashes: [ContentHash], project: ProjectID) async throws -> [ContentHash: [UInt8]]
}

/// What one transaction of the writer stores.
package struct EventBatch: Sendable {
    package var spans: [SpanRecord]
    package var contents: [ContentPiece]
    /// Journal segment name to the offset (bytes) up to which this batch covers it.
    package var journalPositions: [String: UInt64]

    package init(spans: [SpanRecord] = [], contents: [ContentPiece] = [], journalPositions: [String: UInt64] = [:]) {
        self.spans = spans
        self.contents = contents
        self.journalPositions = journalPositions
    }
}

/// Health figures of an event store.
package struct EventStoreStatistics: Sendable, Equatable {
    package var spans: Int
    package var contents: Int
    /// Bytes on disk, all files together.
    package var diskBytes: Int64

    package init(spans: Int, contents: Int, diskBytes: Int64) {
        self.spans = spans
        self.contents = contents
        self.diskBytes = diskBytes
    }
}

import Storage
import Synchronization
import Vocabulary

/// An event store in memory that answers with what it was given and remembers what it was asked.
final class MemoryEvents: EventStore, ContentStore {
    private struct State {
        var spans: [SpanRecord] = []
        var contents: [ContentHash: [UInt8]] = [:]
        var groups: [SeriesGroup] = []
        var spanQueries: [SpanQuery] = []
        var seriesQueries: [SeriesQuery] = []
        var isBroken = false
    }

    private let state = Mutex(State())

    func append(_ batch: EventBatch) throws {
        state.withLock { state in
            state.spans += batch.spans
            for piece in batch.contents { state.contents[piece.hash] = piece.bytes }
        }
    }

    func setSeries(_ groups: [SeriesGroup]) { state.withLock { $0.groups = groups } }
    func breakDown() { state.withLock { $0.isBroken = true } }
    var lastSpanQuery: SpanQuery? { state.withLock { $0.spanQueries.last } }
    var seriesQueries: [SeriesQuery] { state.withLock { $0.seriesQueries } }

    func journalPositions() throws -> [String: UInt64] { [:] }
    func forgetJournal(segments: [String]) throws {}

    func spans(_ query: SpanQuery) async throws -> SpanPage {
        try state.withLock { state in
            if state.isBroken { throw StorageError.engine("disk I/O error in /secret/file.db") }
            state.spanQueries.append(query)
            let sorted = state.spans.filter { $0.project == query.filter.project }
                .sorted { query.descending ? $0.id > $1.id : $0.id < $1.id }
            let rest = sorted.drop { span in
                guard let after = query.after else { return false }
                return query.descending ? span.id >= after : span.id <= after
            }
            let page = rest.prefix(query.limit)
            return SpanPage(
                spans: page.map { SpanSummary(span: $0, cost: $0.receipt?.total) },
                next: rest.count > query.limit ? page.last?.id : nil
            )
        }
    }

    func count(_ filter: SpanFilter) async throws -> Int {
        state.withLock { $0.spans.count { $0.project == filter.project } }
    }

    func span(_ id: RequestID, project: ProjectID) async throws -> SpanRecord? {
        state.withLock { $0.spans.first { $0.id == id && $0.project == project } }
    }

    func series(_ query: SeriesQuery) async throws -> [SeriesGroup] {
        state.withLock { state in
            state.seriesQueries.append(query)
            return state.groups
        }
    }

    func ledgerSums(since: UnixMicroseconds) async throws -> [LedgerSum] { [] }

    func ledgerHistory(
        subject: Subject, rule: String, from: UnixMicroseconds, to: UnixMicroseconds
    ) async throws -> [LedgerSum] {
        let charges = state.withLock { $0.spans.flatMap(\.charges) }
        return charges.filter { $0.subject == subject && $0.rule == rule && (from..<to).contains($0.windowStart) }
            .map { LedgerSum(subject: $0.subject, rule: $0.rule, windowStart: $0.windowStart, amount: $0.amount) }
    }

    func statistics() async throws -> EventStoreStatistics {
        state.withLock { EventStoreStatistics(spans: $0.spans.count, contents: $0.contents.count, diskBytes: 4096) }
    }

    func contents(_ hashes: [ContentHash], project: ProjectID) async throws -> [ContentHash: [UInt8]] {
        state.withLock { state in state.contents.filter { hashes.contains($0.key) } }
    }
}

import Storage
import Synchronization
import Vocabulary

/// An event store in memory that keeps its promises: a batch whole or not at all, and no span twice.
final class MemoryEventStore: EventStore, ContentStore {
    struct State {
        var spans: [SpanRecord] = []
        var contents: [ContentHash: [UInt8]] = [:]
        var positions: [String: UInt64] = [:]
        var duplicates = 0
        var batches: [Int] = []
        /// How many calls of `append` fail before anything is stored.
        var failuresToCome = 0
        /// How many calls of `append` store everything and then fail, as a process that dies before it learns of it.
        var silentSuccessesToCome = 0
    }

    private let state = Mutex(State())

    func read<Value: Sendable>(_ body: (State) -> Value) -> Value { state.withLock { body($0) } }
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    var spans: [SpanRecord] { read { $0.spans } }
    var positions: [String: UInt64] { read { $0.positions } }
    var contents: [ContentHash: [UInt8]] { read { $0.contents } }

    func append(_ batch: EventBatch) throws {
        try state.withLock { state in
            if state.failuresToCome > 0 {
                state.failuresToCome -= 1
                throw StorageError.engine("disk I/O error")
            }
            let known = Set(state.spans.map(\.id))
            let fresh = batch.spans.filter { !known.contains($0.id) }
            state.duplicates += batch.spans.count - fresh.count
            state.spans += fresh
            state.batches.append(batch.spans.count)
            for piece in batch.contents { state.contents[piece.hash] = piece.bytes }
            state.positions.merge(batch.journalPositions) { $1 }
            if state.silentSuccessesToCome > 0 {
                state.silentSuccessesToCome -= 1
                throw StorageError.engine("the process died before it knew")
            }
        }
    }

    func journalPositions() throws -> [String: UInt64] { positions }

    func forgetJournal(segments: [String]) throws {
        change { state in for segment in segments { state.positions[segment] = nil } }
    }

    func contents(_ hashes: [ContentHash], project: ProjectID) async throws -> [ContentHash: [UInt8]] {
        contents.filter { hashes.contains($0.key) }
    }

    func spans(_ query: SpanQuery) async throws -> SpanPage {
        SpanPage(spans: spans.map { SpanSummary(span: $0, cost: nil) }, next: nil)
    }

    func count(_ filter: SpanFilter) async throws -> Int { spans.count }
    func span(_ id: RequestID, project: ProjectID) async throws -> SpanRecord? { spans.first { $0.id == id } }
    func series(_ query: SeriesQuery) async throws -> [SeriesGroup] { [] }
    func ledgerSums(since: UnixMicroseconds) async throws -> [LedgerSum] { [] }
    func ledgerHistory(
        subject: Subject, rule: String, from: UnixMicroseconds, to: UnixMicroseconds
    ) async throws -> [LedgerSum] { [] }
    func statistics() async throws -> EventStoreStatistics {
        EventStoreStatistics(spans: spans.count, contents: contents.count, diskBytes: 0)
    }
}

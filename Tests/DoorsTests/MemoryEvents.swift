import Storage
import Synchronization
import Vocabulary

/// An event store in memory that sums what it was given.
final class MemoryEvents: EventStore {
    private let stored = Mutex<[SpanRecord]>([])

    func append(_ batch: EventBatch) throws { stored.withLock { $0 += batch.spans } }
    func journalPositions() throws -> [String: UInt64] { [:] }
    func forgetJournal(segments: [String]) throws {}

    var all: [SpanRecord] { stored.withLock { $0 } }

    func spans(_ query: SpanQuery) async throws -> SpanPage {
        let found = all.filter { span in
            span.project == query.filter.project && (query.filter.keyID.map { $0 == span.keyID } ?? true)
        }
        return SpanPage(
            spans: found.prefix(query.limit).map { SpanSummary(span: $0, cost: $0.receipt?.total) }, next: nil)
    }

    func count(_ filter: SpanFilter) async throws -> Int { all.count }

    func span(_ id: RequestID, project: ProjectID) async throws -> SpanRecord? {
        all.first { $0.id == id && $0.project == project }
    }

    func series(_ query: SeriesQuery) async throws -> [SeriesGroup] {
        var groups: [String: RollupValues] = [:]
        for span in all where (query.from..<query.to).contains(span.timing.startedAt) {
            for value in query.dimension.values(of: span) where query.value.map({ $0 == value }) ?? true {
                groups[value, default: RollupValues()].add(RollupValues(span))
            }
        }
        return groups.map { value, totals in
            let at = query.grain.bucket(of: query.from)
            return SeriesGroup(value: value, totals: totals, points: [SeriesPoint(at: at, values: totals)])
        }
    }

    func ledgerSums(since: UnixMicroseconds) async throws -> [LedgerSum] { [] }

    func ledgerHistory(
        subject: Subject, rule: String, from: UnixMicroseconds, to: UnixMicroseconds
    ) async throws -> [LedgerSum] { [] }

    func statistics() async throws -> EventStoreStatistics {
        EventStoreStatistics(spans: all.count, contents: 0, diskBytes: 0)
    }
}

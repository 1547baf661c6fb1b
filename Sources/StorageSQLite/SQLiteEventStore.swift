import GRDB
package import Storage
import Synchronization
package import Vocabulary

/// Spans, bodies, rollups, sums of budgets and journal positions in `<data>/events.sqlite`.
///
/// `append` blocks its thread until the batch is on the disk. Reads run on the pool's own threads, each in one short
/// snapshot; at most four at a time, the others wait. One process only: hold a `DataDirectoryLock` while it is open.
///
/// `@unchecked Sendable`: `writer` is used only on the queue of the pool's writer connection, and `close` and
/// `deinit` let it go there; the rest is Sendable by itself.
package final class SQLiteEventStore: EventStore, ContentStore, @unchecked Sendable {
    private let pool: DatabasePool
    private var writer: EventWriter?
    private let names = NameCache()
    /// False once a span was stored whose id does not carry its start time.
    private let ordered: Atomic<Bool>
    private let path: String

    /// The writer's page cache holds the right edges of seven trees, the newest run of two indexes, and as much as it
    /// can of the content index, which is written at random places. Measured per span, in batches of 1,000:
    /// 27 microseconds with 2 MB, 25 with 8 MB, 24 with 16 MB.
    private static let file = SQLiteFile(
        name: "events.sqlite", writerCache_KiB: 8_000, readers: 4, migrator: EventSchema.migrator)

    /// Opens or creates the store in the folder. Takes milliseconds however large it is.
    ///
    /// Throws `StorageError` with what to do: not a store, written by a newer version, not writable, damaged.
    package init(directory: String) throws {
        let path = "\(directory)/\(Self.file.name)"
        let pool = try Self.file.open(in: directory)
        do {
            let (writer, isOrdered) = try pool.writeWithoutTransaction { db in
                let connection = try db.handle
                return (try EventWriter(on: connection), try Self.isOrdered(connection))
            }
            self.writer = writer
            ordered = Atomic(isOrdered)
        } catch {
            throw SQLiteFailure.error(error, file: path)
        }
        self.pool = pool
        self.path = path
    }

    deinit { try? close() }

    /// Ends the writer and all connections; the log is copied into the file, so that the next start is quick.
    /// Waits for reads that run; every later call throws.
    package func close() throws {
        try pool.writeWithoutTransaction { db in
            guard writer != nil else { return }
            writer = nil
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try pool.close()
    }

    /// One transaction; blocks until it is on the disk.
    package func append(_ batch: EventBatch) throws {
        try write { db, writer in try writer.append(batch, db, ordered: ordered) }
    }

    /// Blocks; for the start, before anything is appended.
    package func journalPositions() throws -> [String: UInt64] {
        try write { db, _ in
            let statement = try SQLStatement("SELECT segment, position FROM journal_positions", on: db.handle)
            var positions: [String: UInt64] = [:]
            while try statement.step() {
                positions[statement.nextText()] = UInt64(bitPattern: statement.nextInt())
            }
            return positions
        }
    }

    /// Blocks; one transaction. Unknown names are ignored.
    package func forgetJournal(segments: [String]) throws {
        try write { db, _ in
            try db.inTransaction(.immediate) {
                let statement = try SQLStatement(
                    "DELETE FROM journal_positions WHERE segment = ?", on: db.handle)
                for segment in segments {
                    statement.bind(segment)
                    try statement.run()
                }
                return .commit
            }
        }
    }

    /// Blocks until the writer's queue has done it.
    private func write<T>(_ body: (Database, EventWriter) throws -> T) throws -> T {
        do {
            return try pool.writeWithoutTransaction { db in
                guard let writer else { throw StorageError.engine("the event store is closed") }
                return try body(db, writer)
            }
        } catch {
            throw SQLiteFailure.error(error, file: path)
        }
    }

    private static func isOrdered(_ connection: OpaquePointer) throws -> Bool {
        let statement = try SQLStatement("SELECT ids_are_times FROM counters", on: connection)
        return try statement.step() ? statement.nextBool() : false
    }
}

/// Reads: one snapshot each, on the pool's threads. Cancelling the task interrupts the query.
extension SQLiteEventStore {
    /// One page; see `SpanCondition` for which filters are indexed.
    package func spans(_ query: SpanQuery) async throws -> SpanPage {
        try await read { try $0.spans.page(query) }
    }

    /// Reads every matching row of the slim half: about 80 ms a million.
    package func count(_ filter: SpanFilter) async throws -> Int {
        try await read { try $0.spans.count(filter) }
    }

    /// Both halves of one span, bodies included.
    package func span(_ id: RequestID, project: ProjectID) async throws -> SpanRecord? {
        try await read { try $0.spans.span(id, project: project) }
    }

    /// From the rollups; minutes come as hours where none are kept.
    package func series(_ query: SeriesQuery) async throws -> [SeriesGroup] {
        try await read { try $0.series.series(query) }
    }

    /// By the index on the windows' starts.
    package func ledgerSums(since: UnixMicroseconds) async throws -> [LedgerSum] {
        try await read { try $0.ledger.sums(since: since) }
    }

    /// One range of the table.
    package func ledgerHistory(
        subject: Subject, rule: String, from: UnixMicroseconds, to: UnixMicroseconds
    ) async throws -> [LedgerSum] {
        try await read { try $0.ledger.history(subject: subject, rule: rule, from: from, to: to) }
    }

    /// The bodies that are stored for the project.
    package func contents(_ hashes: [ContentHash], project: ProjectID) async throws -> [ContentHash: [UInt8]] {
        try await read { try $0.contents.contents(hashes, project: project) }
    }

    /// From the counters; scans nothing.
    package func statistics() async throws -> EventStoreStatistics {
        let files = [path, "\(path)-wal", "\(path)-shm"]
        return try await read { try $0.statistics(files: files) }
    }

    private func read<T: Sendable>(_ body: @escaping @Sendable (EventReader) throws -> T) async throws -> T {
        let names = names
        let isOrdered = ordered.load(ordering: .acquiring)
        do {
            return try await pool.read { db in
                try body(EventReader(connection: try db.handle, names: names, isOrdered: isOrdered))
            }
        } catch {
            // A cancelled read ends with SQLite's "interrupted", which is nobody's fault.
            if Task.isCancelled { throw CancellationError() }
            throw SQLiteFailure.error(error, file: path)
        }
    }
}

extension Database {
    /// The C connection; throws where the store was closed.
    var handle: OpaquePointer {
        get throws(StorageError) {
            guard let sqliteConnection else { throw .engine("the store is closed") }
            return sqliteConnection
        }
    }
}

import GRDB
import Storage
import Synchronization
import Vocabulary

/// Writes batches, each in one transaction. Confined to the queue of the pool's writer connection.
final class EventWriter {
    private let names: NameTable
    private let spans: SpanTable
    private let contents: ContentTable
    private let rollups: RollupTable
    private let ledger: LedgerTable
    private let setPosition: SQLStatement
    private let count: SQLStatement

    init(on connection: OpaquePointer) throws(StorageError) {
        names = try NameTable(on: connection)
        spans = try SpanTable(on: connection, names: names)
        contents = try ContentTable(on: connection)
        rollups = try RollupTable(on: connection)
        ledger = try LedgerTable(on: connection)
        setPosition = try SQLStatement(
            "INSERT OR REPLACE INTO journal_positions (segment, position) VALUES (?, ?)", on: connection)
        count = try SQLStatement(
            """
            UPDATE counters SET spans = spans + ?, contents = contents + ?, ids_are_times = ids_are_times & ?
            """, on: connection)
    }

    /// Stores the batch whole or not at all. Sets `ordered` to false, before the commit, where a span's id does not
    /// carry its start time.
    func append(_ batch: EventBatch, _ db: Database, ordered: borrowing Atomic<Bool>) throws {
        do {
            try db.inTransaction(.immediate) {
                let isOrdered = try store(batch)
                if !isOrdered { ordered.store(false, ordering: .releasing) }
                return .commit
            }
        } catch {
            forget()
            throw error
        }
    }

    private func store(_ batch: EventBatch) throws(StorageError) -> Bool {
        var newContents: Int64 = 0
        for piece in batch.contents {
            if try contents.store(piece, project: names.id(of: piece.project)) { newContents += 1 }
        }
        var sums = RollupBatch()
        var charges = LedgerBatch()
        var newSpans: Int64 = 0
        var isOrdered = true
        for span in batch.spans {
            let project = try names.id(of: span.project)
            let environment = try names.id(of: span.environment)
            guard try spans.store(span, project: project, environment: environment) else { continue }
            newSpans += 1
            isOrdered = isOrdered && SpanTime.isOrdered(span)
            sums.add(span, project: project, environment: environment)
            charges.add(span.charges)
        }
        try rollups.add(sums)
        try ledger.add(charges)
        try note(batch.journalPositions)
        try note(newSpans: newSpans, newContents: newContents, isOrdered: isOrdered)
        return isOrdered
    }

    private func note(_ positions: [String: UInt64]) throws(StorageError) {
        for (segment, position) in positions {
            setPosition.bind(segment)
            setPosition.bind(Int64(bitPattern: position))
            try setPosition.run()
        }
    }

    private func note(newSpans: Int64, newContents: Int64, isOrdered: Bool) throws(StorageError) {
        if newSpans == 0, newContents == 0 { return }
        count.bind(newSpans)
        count.bind(newContents)
        count.bind(isOrdered)
        try count.run()
    }

    /// After a rollback: what is remembered may speak of rows that do not exist. Sequence numbers just go on.
    private func forget() {
        names.forget()
        rollups.forget()
        contents.forget()
    }
}

import Foundation
import GRDB
import Storage
import StorageSQLite
import Testing
import Vocabulary

@Suite struct CrashTests {
    /// A copy of the files, made while the store is open, is what `kill -9` leaves; a log cut anywhere is what a
    /// power loss can leave. Whatever is left must be whole batches.
    @Test func aLogCutAnywhereLeavesWholeBatches() async throws {
        let size = 20
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let store = try SQLiteEventStore(directory: folder.path)
        var traffic = SampleTraffic(seed: 2)
        var positions: [UInt64] = [0]
        for _ in 0..<10 {
            let batch = traffic.batch(size)
            try store.append(batch)
            positions.append(batch.journalPositions["0001"] ?? 0)
        }
        let file = try folder.read("events.sqlite")
        let log = try folder.read("events.sqlite-wal")
        #expect(log.count > 100_000)
        var seen: Set<Int> = []
        for step in 0...24 {
            // Frames do not end at these offsets, so most cuts tear one.
            let stored = try await spans(file: file, log: log.prefix(log.count - step * 4_999))
            #expect(stored.count % size == 0)
            #expect(stored.calls == stored.count)
            #expect(stored.statistics == stored.count)
            #expect(stored.position == positions[stored.count / size])
            seen.insert(stored.count)
        }
        #expect(seen.contains(200))
        #expect(seen.count > 2)
    }

    /// What a store made of these files holds.
    private func spans(
        file: Data, log: Data
    ) async throws -> (count: Int, calls: Int, statistics: Int, position: UInt64) {
        let copy = try TemporaryFolder()
        defer { copy.remove() }
        try copy.write(file, to: "events.sqlite")
        try copy.write(log, to: "events.sqlite-wal")
        let store = try SQLiteEventStore(directory: copy.path)
        let query = SeriesQuery(project: "default", from: 0, to: .max, grain: .day, dimension: .total)
        return (
            try await store.count(SpanFilter(project: "default")),
            Int(try await store.series(query).first?.totals.calls ?? 0),
            try await store.statistics().spans,
            try store.journalPositions()["0001"] ?? 0
        )
    }

    @Test func aBatchThatFailsLeavesNothingAndTheNextOneIsWhole() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let store = try SQLiteEventStore(directory: folder.path)
        try refuseMessage("boom", in: folder)
        var traffic = SampleTraffic(seed: 3)
        var batch = traffic.batch(30)
        batch.spans[29].user = "a new user"
        batch.spans[29].requestModel = "a new model"
        batch.spans[29].errorMessage = "boom"
        #expect(throws: StorageError.self) { try store.append(batch) }
        #expect(try await store.statistics().spans == 0)
        #expect(try await store.statistics().contents == 0)
        #expect(try store.journalPositions() == [:])

        // The same again, without the cause: names, bodies and sums of the lost batch must not be taken for stored.
        batch.spans[29].errorMessage = nil
        try store.append(batch)
        for span in batch.spans { #expect(try await store.span(span.id, project: "default") == span) }
        #expect(try await store.statistics().contents == 32)
        let hashes = batch.contents.map(\.hash)
        #expect(try await store.contents(hashes, project: "default").count == 32)
        let query = SeriesQuery(project: "default", from: 0, to: .max, grain: .hour, dimension: .model)
        let groups = try await store.series(query)
        #expect(Dictionary(uniqueKeysWithValues: groups.map { ($0.value, $0.totals.calls) }) == [
            "gpt-4o-mini": 29, "a new model": 1,
        ])
    }

    /// Makes every later insert of that message fail, late in its batch.
    private func refuseMessage(_ message: String, in folder: TemporaryFolder) throws {
        let queue = try DatabaseQueue(path: folder.file("events.sqlite"))
        try queue.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER refusal BEFORE INSERT ON span_details WHEN NEW.error_message = '\(message)'
                    BEGIN SELECT RAISE(ABORT, 'refused'); END
                    """)
        }
        try queue.close()
    }

    @Test func aDamagedPageIsReportedAndNotReturned() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let store = try SQLiteEventStore(directory: folder.path)
        var traffic = SampleTraffic(seed: 4)
        try store.append(traffic.batch(2_000))
        try store.close()
        var file = try folder.read("events.sqlite")
        // Everything behind the first pages, which hold the schema.
        for offset in stride(from: 40 * 4_096, to: file.count - 4_096, by: 4_096) {
            file.replaceSubrange(offset..<offset + 64, with: Data(repeating: 0xA5, count: 64))
        }
        try folder.write(file, to: "events.sqlite")
        let error = await #expect(throws: StorageError.self) {
            let damaged = try SQLiteEventStore(directory: folder.path)
            _ = try await damaged.spans(SpanQuery(filter: SpanFilter(project: "default"), limit: 1_000))
        }
        guard case .engine(let message)? = error else {
            Issue.record("expected an engine error, got \(String(describing: error))")
            return
        }
        #expect(message.contains("damaged"))
        #expect(message.contains("backup"))
    }
}

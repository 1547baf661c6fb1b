import Foundation
import GRDB
import Storage
import StorageSQLite
import Testing
import Vocabulary

@Suite struct OpeningTests {
    @Test func aStoreThatIsOpenedAgainHoldsEverythingAndGoesOn() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var traffic = SampleTraffic(seed: 1)
        let first = traffic.batch(40)
        let store = try SQLiteEventStore(directory: folder.path)
        try store.append(first)
        try store.close()

        let again = try SQLiteEventStore(directory: folder.path)
        try again.append(first)
        try again.append(traffic.batch(10, segment: "0002"))
        #expect(try await again.count(SpanFilter(project: "default")) == 50)
        // 50 messages of their own, one that all share, one shell.
        #expect(try await again.statistics().contents == 52)
        #expect(try again.journalPositions().keys.sorted() == ["0001", "0002"])
        let totals = try await again.series(total).first?.totals
        #expect(totals?.calls == 50)
    }

    @Test func recordsSurviveReopening() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let store = try SQLiteRecordStore(directory: folder.path)
        _ = try await store.setSettingIfAbsent("salt", to: [1])
        try store.close()
        let again = try SQLiteRecordStore(directory: folder.path)
        #expect(try await again.setSettingIfAbsent("salt", to: [2]) == [1])
    }

    @Test func callsAfterCloseFailInsteadOfWaiting() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let store = try SQLiteEventStore(directory: folder.path)
        try store.close()
        try store.close()
        #expect(throws: StorageError.self) { try store.append(EventBatch()) }
        await #expect(throws: (any Error).self) { try await store.statistics() }
    }

    @Test func aNewerSchemaIsRefused() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try SQLiteEventStore(directory: folder.path).close()
        let queue = try DatabaseQueue(path: folder.file("events.sqlite"))
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999-from-the-future')") }
        try queue.close()
        let error = #expect(throws: StorageError.self) { _ = try SQLiteEventStore(directory: folder.path) }
        #expect(incompatible(error)?.contains("newer version") == true)
    }

    @Test func aFileThatIsNoDatabaseIsRefusedAndLeftAlone() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let text = Data(repeating: UInt8(ascii: "x"), count: 10_000)
        for (name, open) in openers(folder.path) {
            try folder.write(text, to: name)
            let error = #expect(throws: StorageError.self) { try open() }
            #expect(incompatible(error)?.contains("not a Signalbox store") == true)
            #expect(try folder.read(name) == text)
        }
    }

    @Test func aDatabaseOfAnotherProgramIsRefusedAndLeftAlone() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let queue = try DatabaseQueue(path: folder.file("events.sqlite"))
        try queue.write { try $0.execute(sql: "CREATE TABLE somebodys (thing TEXT)") }
        try queue.close()
        let before = try folder.read("events.sqlite")
        let error = #expect(throws: StorageError.self) { _ = try SQLiteEventStore(directory: folder.path) }
        #expect(incompatible(error)?.contains("another program") == true)
        #expect(try folder.read("events.sqlite") == before)
    }

    @Test func aFolderThatCannotBeUsedIsNamed() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write(Data(), to: "plain-file")
        for path in [folder.file("plain-file"), folder.file("missing/deeper")] {
            let error = #expect(throws: StorageError.self) { _ = try SQLiteEventStore(directory: path) }
            guard case .engine(let message)? = error else {
                Issue.record("expected an engine error, got \(String(describing: error))")
                continue
            }
            #expect(message.contains(path))
            #expect(message.contains("check that this user owns"))
        }
    }

    private let total = SeriesQuery(project: "default", from: 0, to: .max, grain: .day, dimension: .total)

    private func openers(_ path: String) -> [(String, () throws -> Void)] {
        [
            ("events.sqlite", { _ = try SQLiteEventStore(directory: path) }),
            ("records.sqlite", { _ = try SQLiteRecordStore(directory: path) }),
        ]
    }

    private func incompatible(_ error: StorageError?) -> String? {
        if case .incompatible(let message)? = error { message } else { nil }
    }
}

import Storage
import StorageConformance
import StorageSQLite
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: EventStoreConformance.checks)
    func eventStore(_ check: EventStoreConformance.Check) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try await check.run(try SQLiteEventStore(directory: folder.path))
    }

    @Test(arguments: RecordStoreConformance.checks)
    func recordStore(_ check: RecordStoreConformance.Check) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try await check.run(try SQLiteRecordStore(directory: folder.path))
    }

    @Test(arguments: VersionStoreConformance.checks)
    func versionStore(_ check: VersionStoreConformance.Check) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try await check.run(try SQLiteRecordStore(directory: folder.path))
    }
}

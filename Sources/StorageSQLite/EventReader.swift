import Storage
import Vocabulary

/// Everything that can be asked inside one read of one connection.
struct EventReader {
    let spans: SpanReader
    let series: SeriesReader
    let contents: ContentReader
    let ledger: LedgerReader
    private let connection: OpaquePointer

    init(connection: OpaquePointer, names cache: NameCache, isOrdered: Bool) {
        let names = NameLookup(cache: cache, connection: connection)
        self.connection = connection
        spans = SpanReader(connection: connection, names: names, ordered: isOrdered)
        series = SeriesReader(connection: connection, names: names)
        contents = ContentReader(connection: connection, names: names)
        ledger = LedgerReader(connection: connection)
    }

    /// From the counters that each batch keeps, and the sizes of the files.
    func statistics(files: [String]) throws(StorageError) -> EventStoreStatistics {
        let statement = try SQLStatement("SELECT spans, contents FROM counters", on: connection)
        guard try statement.step() else { throw .engine("the store is damaged: its counters are missing") }
        return EventStoreStatistics(
            spans: Int(statement.nextInt()), contents: Int(statement.nextInt()),
            diskBytes: DataDirectory.bytes(of: files))
    }
}

/// Bodies by hash, never across projects.
struct ContentReader {
    let connection: OpaquePointer
    let names: NameLookup

    func contents(_ hashes: [ContentHash], project: ProjectID) throws(StorageError) -> [ContentHash: [UInt8]] {
        guard let number = try names.id(of: project) else { return [:] }
        let statement = try SQLStatement(
            """
            SELECT c.bytes FROM content_index AS i CROSS JOIN contents AS c ON c.seq = i.seq
            WHERE i.project = ? AND i.hash = ?
            """, on: connection)
        var found: [ContentHash: [UInt8]] = [:]
        for hash in hashes where found[hash] == nil {
            statement.bind(number)
            statement.bind(hash)
            if try statement.step() {
                found[hash] = try statement.withNextBlob { (bytes) throws(StorageError) in [UInt8](bytes) }
            }
            statement.reset()
        }
        return found
    }
}

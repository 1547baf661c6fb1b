import Foundation
import GRDB
import GRDBSQLite
import Storage

/// Opens one of the store's files: connection settings, identity check, migrations.
struct SQLiteFile {
    /// The file's name in the data folder.
    var name: String
    /// Page cache of the writer's connection, in KiB.
    var writerCache_KiB: Int
    /// Connections that read; each costs a thread while it reads and at most 2 MB of cache.
    var readers: Int
    var migrator: DatabaseMigrator

    /// `SBX1`: marks the file as ours, so that a foreign database is refused before anything is written to it.
    static let applicationID: Int32 = 0x5342_5831
    /// The log is copied into the file when it holds this many pages: 32 MB at 4 KiB. A larger log saves writes,
    /// because a page that changed in twenty batches is copied once; but it is read once at the start after a
    /// crash, and 32 MB take about 30 ms.
    static let checkpointPages = 8_000
    /// Readers keep SQLite's usual 2 MB: lists touch few pages, and the kernel caches the file anyway.
    static let readerCache_KiB = 2_000

    /// Opens or creates the file and brings its schema up to date.
    func open(in directory: String) throws -> DatabasePool {
        try DataDirectory.prepare(directory)
        let path = "\(directory)/\(name)"
        do {
            let pool = try DatabasePool(path: path, configuration: configuration(path: path))
            try pool.writeWithoutTransaction { db in
                try refuseNewer(db, path: path)
                try setUpWriter(db)
            }
            try migrator.migrate(pool)
            return pool
        } catch {
            throw SQLiteFailure.error(error, file: path)
        }
    }

    private func configuration(path: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = name
        configuration.maximumReaderCount = readers
        configuration.foreignKeysEnabled = false
        // The folder's lock keeps other servers out; a person's sqlite3 shell may hold the file for a moment.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // Mapped pages would count as resident memory, and a failing disk would be a SIGBUS, not an error.
            try db.execute(sql: "PRAGMA mmap_size = 0")
            try db.execute(sql: "PRAGMA cache_size = -\(Self.readerCache_KiB)")
            if !db.configuration.readonly {
                // Before the journal mode is set, which would write to a foreign file.
                try Self.refuseForeign(db, path: path)
                // Takes effect only while the file is empty: retention can then give pages back to the disk.
                try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            }
        }
        return configuration
    }

    /// FULL: a commit is on the disk when it returns, because the journal segment it came from is deleted after it.
    private func setUpWriter(_ db: Database) throws {
        try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try db.execute(sql: "PRAGMA cache_size = -\(writerCache_KiB)")
        try db.execute(sql: "PRAGMA wal_autocheckpoint = \(Self.checkpointPages)")
        // After a checkpoint the log shrinks back to this, should a long reader have made it grow.
        try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
    }

    private static func refuseForeign(_ db: Database, path: String) throws {
        let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        if id == applicationID { return }
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard id == 0, tables == 0 else {
            throw StorageError.incompatible(
                "\(path) is a database of another program; move it away, or name another data folder")
        }
    }

    private func refuseNewer(_ db: Database, path: String) throws {
        if try migrator.hasBeenSuperseded(db) {
            throw StorageError.incompatible(
                "\(path) was written by a newer version of signalbox; start that version, or restore a backup "
                    + "made by this one")
        }
    }
}

import Foundation
import GRDB
package import Storage
package import Vocabulary

/// Keys, subjects and settings in `<data>/records.sqlite`: small, and every change is on the disk when the call
/// returns.
///
/// Calls run on the pool's own threads. A cancelled task interrupts its statement; a change is then either whole or
/// not made. One process only: hold a `DataDirectoryLock` while it is open.
package final class SQLiteRecordStore: RecordStore {
    let pool: DatabasePool
    private let path: String

    /// The whole file is a few hundred kilobytes, so SQLite's smallest usual cache holds it; two readers are plenty.
    private static let file = SQLiteFile(
        name: "records.sqlite", writerCache_KiB: 512, readers: 2, migrator: RecordSchema.migrator)

    /// Opens or creates the store in the folder.
    ///
    /// Throws `StorageError` with what to do: not a store, written by a newer version, not writable, damaged.
    package init(directory: String) throws {
        path = "\(directory)/\(Self.file.name)"
        pool = try Self.file.open(in: directory)
    }

    /// Ends all connections; every later call throws.
    package func close() throws {
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try pool.close()
    }

    /// Every key, oldest first; equal times by id.
    package func keys() async throws -> [KeyRecord] {
        try await naming {
            try await pool.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM keys ORDER BY created_at, id").map { try KeyRow.key($0) }
            }
        }
    }

    /// Throws `StorageError.duplicate` if the id or the secret's hash is taken.
    package func insert(_ key: KeyRecord) async throws {
        let columns = KeyRow.columns
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "INSERT INTO keys (\(columns.joined(separator: ", "))) VALUES (\(marks))"
        try await naming(key.id) {
            try await pool.write { db in try db.execute(sql: sql, arguments: KeyRow.arguments(key)) }
        }
    }

    /// Replaces the key with the same id. Throws `StorageError.notFound`.
    package func update(_ key: KeyRecord) async throws {
        let sets = KeyRow.columns.map { "\($0) = ?" }.joined(separator: ", ")
        try await naming(key.id) {
            try await pool.write { db in
                let arguments = KeyRow.arguments(key) + [key.id]
                try db.execute(sql: "UPDATE keys SET \(sets) WHERE id = ?", arguments: arguments)
                if db.changesCount == 0 { throw StorageError.notFound("there is no key \(key.id)") }
            }
        }
    }

    /// Every subject, oldest first; equal times by kind, project and id.
    package func subjects() async throws -> [SubjectRecord] {
        try await naming {
            try await pool.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM subjects ORDER BY created_at, kind, project, id")
                    .map { try SubjectRow.subject($0) }
            }
        }
    }

    /// Throws `StorageError.duplicate` if the project has one of that kind and id.
    package func insert(_ subject: SubjectRecord) async throws {
        let columns = SubjectRow.columns
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "INSERT INTO subjects (\(columns.joined(separator: ", "))) VALUES (\(marks))"
        try await naming("\(subject.kind.rawValue) \(subject.id)") {
            try await pool.write { db in try db.execute(sql: sql, arguments: SubjectRow.arguments(subject)) }
        }
    }

    /// Replaces the one with the same kind, project and id. Throws `StorageError.notFound`.
    package func update(_ subject: SubjectRecord) async throws {
        let sets = SubjectRow.columns.map { "\($0) = ?" }.joined(separator: ", ")
        let arguments = SubjectRow.arguments(subject)
        try await changeOne(
            "UPDATE subjects SET \(sets) WHERE kind = ? AND project = ? AND id = ?",
            arguments + [subject.kind.rawValue, subject.project, subject.id], subject.subject)
    }

    /// Removes the row. Throws `StorageError.notFound`.
    package func delete(_ kind: SubjectKind, id: String, project: ProjectID) async throws {
        try await changeOne(
            "DELETE FROM subjects WHERE kind = ? AND project = ? AND id = ?", [kind.rawValue, project, id],
            .scoped(kind, id, in: project))
    }

    private func changeOne(_ sql: String, _ arguments: StatementArguments, _ subject: Subject) async throws {
        try await naming(subject.description) {
            try await pool.write { db in
                try db.execute(sql: sql, arguments: arguments)
                if db.changesCount == 0 { throw StorageError.notFound("there is no \(subject)") }
            }
        }
    }

    /// The value; `nil` if never set.
    package func setting(_ name: String) async throws -> [UInt8]? {
        try await naming { try await pool.read { db in try Self.setting(name, db) } }
    }

    /// One statement inserts or does nothing, and the same transaction reads what is there.
    package func setSettingIfAbsent(_ name: String, to value: [UInt8]) async throws -> [UInt8] {
        try await naming {
            try await pool.write { db in
                try db.execute(
                    sql: "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    arguments: [name, Data(value)])
                return try Self.setting(name, db) ?? value
            }
        }
    }

    private static func setting(_ name: String, _ db: Database) throws -> [UInt8]? {
        try Data.fetchOne(db, sql: "SELECT value FROM settings WHERE name = ?", arguments: [name]).map { [UInt8]($0) }
    }

    /// Gives an engine's error its place and its remedy; a taken id or hash is `duplicate`.
    func naming<T: Sendable>(_ id: String = "", _ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw StorageError.duplicate("\(id) or a key with the same secret exists already")
        } catch {
            throw SQLiteFailure.error(error, file: path)
        }
    }
}

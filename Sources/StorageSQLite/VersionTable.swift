import Foundation
import GRDB
import Storage
import Vocabulary

/// Reads and writes `versions` and `pointer_moves`, inside one transaction of one connection.
struct VersionTable {
    let db: Database

    func put(_ draft: VersionDraft) throws -> VersionRecord {
        let newest = try select("", [], draft.place, limit: 1).first
        if let newest, newest.hash == draft.hash { return newest }
        let record = VersionRecord(draft, number: (newest?.number ?? 0) + 1)
        try db.execute(
            sql: """
                INSERT INTO versions (kind, project, path, number, hash, parent, author, message, created_at, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: key(record.place) + [
                record.number, record.hash, record.parent, record.author, record.message, record.createdAt,
                Data(record.body),
            ])
        return record
    }

    func versions(_ place: VersionPlace, before: Int64?, limit: Int) throws -> [VersionRecord] {
        try select("AND number < ?", [before ?? .max], place, limit: min(max(limit, 1), 1_000))
    }

    func version(_ place: VersionPlace, number: Int64) throws -> VersionRecord? {
        try select("AND number = ?", [number], place, limit: 1).first
    }

    func version(_ place: VersionPlace, hash: String) throws -> VersionRecord? {
        try select("AND hash = ?", [hash], place, limit: 1).first
    }

    func move(_ move: PointerMove) throws -> VersionPointer {
        let current = try history(move.place, name: move.pointer.name, limit: 1).first?.number
        if case .version(let expected) = move.expected, expected != current {
            throw VersionConflict(current: current)
        }
        if let number = move.pointer.number, try version(move.place, number: number) == nil {
            throw StorageError.notFound("\(move.place.kind) \(move.place.path) has no version \(number)")
        }
        let pointer = move.pointer
        try db.execute(
            sql: """
                INSERT INTO pointer_moves (kind, project, path, name, number, author, moved_at, note)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: key(move.place) + [pointer.name, pointer.number, pointer.by, pointer.at, pointer.note])
        return pointer
    }

    func history(_ place: VersionPlace, name: String, limit: Int) throws -> [VersionPointer] {
        let sql = """
            SELECT name, number, author, moved_at, note FROM pointer_moves
            WHERE kind = ? AND project = ? AND path = ? AND name = ? ORDER BY seq DESC LIMIT ?
            """
        let arguments = key(place) + [name, min(max(limit, 1), 1_000)]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            VersionPointer(name: row[0], number: row[1], by: row[2], at: row[3], note: row[4])
        }
    }

    /// Paths are compared byte by byte, and so are prefixes: `LIKE` would fold cases and read wildcards.
    func paths(
        kind: String, project: ProjectID, pointer name: String, prefix: String, after: String?, limit: Int
    ) throws -> [VersionRecord] {
        let sql = """
            SELECT v.* FROM (
                SELECT path, number, max(seq) FROM pointer_moves
                WHERE kind = ?1 AND project = ?2 AND name = ?3 AND path > ?4 AND substr(path, 1, length(?5)) = ?5
                GROUP BY path
            ) AS p CROSS JOIN versions AS v
                ON v.kind = ?1 AND v.project = ?2 AND v.path = p.path AND v.number = p.number
            ORDER BY v.path LIMIT ?6
            """
        let arguments: StatementArguments = [kind, project, name, after ?? "", prefix, min(max(limit, 1), 1_000)]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map(Self.record)
    }

    private func key(_ place: VersionPlace) -> StatementArguments { [place.kind, place.project, place.path] }

    /// Newest first.
    private func select(
        _ condition: String, _ values: StatementArguments, _ place: VersionPlace, limit: Int
    ) throws -> [VersionRecord] {
        let sql = """
            SELECT * FROM versions WHERE kind = ? AND project = ? AND path = ? \(condition)
            ORDER BY number DESC LIMIT \(limit)
            """
        return try Row.fetchAll(db, sql: sql, arguments: key(place) + values).map(Self.record)
    }

    private static func record(_ row: Row) -> VersionRecord {
        let draft = VersionDraft(
            place: VersionPlace(kind: row["kind"], project: row["project"], path: row["path"]), hash: row["hash"],
            body: [UInt8](row["body"] as Data), parent: row["parent"], author: row["author"], message: row["message"],
            at: row["created_at"])
        return VersionRecord(draft, number: row["number"])
    }
}

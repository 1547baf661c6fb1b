import GRDB
package import Storage
package import Vocabulary

/// Versions and pointers, in the same file.
extension SQLiteRecordStore: VersionStore {
    /// Looks for the newest and adds one in one transaction.
    package func put(_ draft: VersionDraft) async throws -> VersionRecord {
        try await naming(draft.place.path) { try await pool.write { try VersionTable(db: $0).put(draft) } }
    }

    /// Newest first.
    package func versions(_ place: VersionPlace, before: Int64?, limit: Int) async throws -> [VersionRecord] {
        try await naming {
            try await pool.read { try VersionTable(db: $0).versions(place, before: before, limit: limit) }
        }
    }

    /// By its number.
    package func version(_ place: VersionPlace, number: Int64) async throws -> VersionRecord? {
        try await naming { try await pool.read { try VersionTable(db: $0).version(place, number: number) } }
    }

    /// The newest with that content.
    package func version(_ place: VersionPlace, hash: String) async throws -> VersionRecord? {
        try await naming { try await pool.read { try VersionTable(db: $0).version(place, hash: hash) } }
    }

    /// Where its newest move left it.
    package func pointer(_ place: VersionPlace, name: String) async throws -> VersionPointer? {
        try await pointerHistory(place, name: name, limit: 1).first
    }

    /// Looks and moves in one transaction, so that of two at once one is told of the conflict.
    package func movePointer(_ move: PointerMove) async throws -> VersionPointer {
        let result: Result<VersionPointer, VersionConflict> = try await naming(move.place.path) {
            try await pool.write { db in
                do { return .success(try VersionTable(db: db).move(move)) } catch let conflict as VersionConflict {
                    return .failure(conflict)
                }
            }
        }
        return try result.get()
    }

    /// Newest first.
    package func pointerHistory(_ place: VersionPlace, name: String, limit: Int) async throws -> [VersionPointer] {
        try await naming { try await pool.read { try VersionTable(db: $0).history(place, name: name, limit: limit) } }
    }

    /// Paths in the order of their bytes.
    package func paths(
        kind: String, project: ProjectID, pointer name: String, prefix: String, after: String?, limit: Int
    ) async throws -> [VersionRecord] {
        try await naming {
            try await pool.read { db in
                try VersionTable(db: db).paths(
                    kind: kind, project: project, pointer: name, prefix: prefix, after: after, limit: limit)
            }
        }
    }
}

package import Vocabulary

/// Small, transactional, strongly consistent: what people decided: keys, whom they belong to, settings.
package protocol RecordStore: Sendable {
    /// Every key that was ever made, revoked ones included, oldest first.
    func keys() async throws -> [KeyRecord]

    /// Stores a key. Throws `StorageError.duplicate` if its id or hash is taken.
    func insert(_ key: KeyRecord) async throws

    /// Replaces the key with the same id. Throws `StorageError.notFound`.
    func update(_ key: KeyRecord) async throws

    /// Organisations, projects, teams, users and customers, oldest first.
    func subjects() async throws -> [SubjectRecord]

    /// Stores one. Throws `StorageError.duplicate` if its project has one of that kind and id.
    func insert(_ subject: SubjectRecord) async throws

    /// Replaces the one with the same kind, project and id. Throws `StorageError.notFound`.
    func update(_ subject: SubjectRecord) async throws

    /// Removes it; its calls and sums stay. Throws `StorageError.notFound`.
    func delete(_ kind: SubjectKind, id: String, project: ProjectID) async throws

    /// A small named value of the installation, such as the salt of key hashes; `nil` if never set.
    func setting(_ name: String) async throws -> [UInt8]?

    /// Sets it if it was not set, and returns what is stored now: two starts at once agree.
    func setSettingIfAbsent(_ name: String, to value: [UInt8]) async throws -> [UInt8]
}

/// What a store can refuse.
package enum StorageError: Error, Equatable, Sendable {
    /// Something with this identity exists already.
    case duplicate(String)
    /// Nothing with this identity exists.
    case notFound(String)
    /// The file was written by a newer version, or is no store: says which file and what to do.
    case incompatible(String)
    /// The disk or the database refused: the engine's own words.
    case engine(String)
}

extension StorageError: CustomStringConvertible {
    /// The message alone: it says what happened and what to do.
    package var description: String {
        switch self {
        case .duplicate(let message), .notFound(let message), .incompatible(let message), .engine(let message): message
        }
    }
}

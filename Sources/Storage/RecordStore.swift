package import Vocabulary

/// Small, transactional, strongly consistent: what people decided. Today: keys and settings.
package protocol RecordStore: Sendable {
    /// Every key that was ever made, revoked ones included, oldest first.
    func keys() async throws -> [KeyRecord]

    /// Stores a key. Throws `StorageError.duplicate` if its id or hash is taken.
    func insert(_ key: KeyRecord) async throws

    /// Replaces the key with the same id. Throws `StorageError.notFound`.
    func update(_ key: KeyRecord) async throws

    /// A small named value of the installation, such as the salt of key hashes; `nil` if never set.
    func setting(_ name: String) async throws -> [UInt8]?

    /// Sets it if it was not set, and returns what is stored now: two starts at once agree.
    func setSettingIfAbsent(_ name: String, to value: [UInt8]) async throws -> [UInt8]
}

/// A virtual key as it is stored: its secret only as a salted hash.
package struct KeyRecord: Sendable, Equatable {
    /// Shown and stored on records, for example `key_0192...`.
    package var id: String
    package var name: String
    /// SHA-256 over the installation's salt and the secret.
    package var secretHash: [UInt8]
    /// The secret's first characters, so that people can tell keys apart, for example `sb-a1b2`.
    package var hint: String
    package var project: ProjectID
    package var environment: EnvironmentName
    package var role: KeyRole
    package var createdAt: UnixMicroseconds
    /// Calls after this moment are refused; `nil` for never.
    package var expiresAt: UnixMicroseconds?
    package var revokedAt: UnixMicroseconds?
    /// Model names this key may use; empty for all.
    package var allowedModels: [String]

    package init(
        id: String, name: String, secretHash: [UInt8], hint: String, project: ProjectID,
        environment: EnvironmentName, role: KeyRole, createdAt: UnixMicroseconds,
        expiresAt: UnixMicroseconds? = nil, revokedAt: UnixMicroseconds? = nil, allowedModels: [String] = []
    ) {
        self.id = id
        self.name = name
        self.secretHash = secretHash
        self.hint = hint
        self.project = project
        self.environment = environment
        self.role = role
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.allowedModels = allowedModels
    }
}

/// What a key may do. Later roles come between; raw values are stored.
package enum KeyRole: String, Sendable, CaseIterable {
    /// The data plane, and everything of the control API.
    case admin
    /// The data plane only.
    case member
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

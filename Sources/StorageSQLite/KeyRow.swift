import Foundation
import GRDB
import Storage

/// A key as a row of `keys`.
enum KeyRow {
    static let columns = [
        "id", "name", "secret_hash", "hint", "project", "environment", "role", "created_at", "expires_at",
        "revoked_at", "allowed_models",
    ]

    static func arguments(_ key: KeyRecord) throws -> StatementArguments {
        let models = String(decoding: try JSONEncoder().encode(key.allowedModels), as: UTF8.self)
        return [
            key.id, key.name, Data(key.secretHash), key.hint, key.project, key.environment, key.role.rawValue,
            key.createdAt, key.expiresAt, key.revokedAt, models,
        ]
    }

    /// Throws `StorageError.incompatible` for a role that only a newer version knows.
    static func key(_ row: Row) throws -> KeyRecord {
        let id: String = row["id"]
        let role: String = row["role"]
        let hash: Data = row["secret_hash"]
        let models: String = row["allowed_models"]
        guard let knownRole = KeyRole(rawValue: role) else {
            throw StorageError.incompatible(
                "the key \(id) has the role \(role), which this version does not know; start the newer version")
        }
        return KeyRecord(
            id: id, name: row["name"], secretHash: [UInt8](hash), hint: row["hint"], project: row["project"],
            environment: row["environment"], role: knownRole, createdAt: row["created_at"],
            expiresAt: row["expires_at"], revokedAt: row["revoked_at"],
            allowedModels: try JSONDecoder().decode([String].self, from: Data(models.utf8)))
    }
}

import Foundation
import GRDB
import Storage

/// A key as a row of `keys`.
enum KeyRow {
    static let columns = [
        "id", "name", "secret_hash", "hint", "project", "environment", "role", "created_at", "expires_at",
        "revoked_at", "allowed_models", "grants",
    ]

    static func arguments(_ key: KeyRecord) -> StatementArguments {
        var models = CompactWriter()
        models.unsigned(UInt64(key.allowedModels.count))
        for model in key.allowedModels { models.string(model) }
        return [
            key.id, key.name, Data(key.secretHash), key.hint, key.project, key.environment, key.role.rawValue,
            key.createdAt, key.expiresAt, key.revokedAt, Data(models.bytes),
            GrantsJSON.text(key),
        ]
    }

    /// Throws `StorageError.incompatible` for a role that only a newer version knows.
    static func key(_ row: Row) throws -> KeyRecord {
        let id: String = row["id"]
        let role: String = row["role"]
        let hash: Data = row["secret_hash"]
        let models: Data = row["allowed_models"]
        guard let knownRole = KeyRole(rawValue: role) else {
            throw StorageError.incompatible(
                "the key \(id) has the role \(role), which this version does not know; start the newer version")
        }
        var key = KeyRecord(
            id: id, name: row["name"], secretHash: [UInt8](hash), hint: row["hint"], project: row["project"],
            environment: row["environment"], role: knownRole, createdAt: row["created_at"],
            expiresAt: row["expires_at"], revokedAt: row["revoked_at"],
            allowedModels: try models.withUnsafeBytes { try names($0, of: id) })
        do throws(FieldFault) {
            try GrantsJSON.read(row["grants"], into: &key)
        } catch {
            throw StorageError.engine(
                "what the key \(id) was granted cannot be read (`\(error.place)`): restore the last backup of "
                    + "records.sqlite")
        }
        return key
    }

    private static func names(_ bytes: UnsafeRawBufferPointer, of key: String) throws -> [String] {
        var reader = CompactReader(bytes)
        let damaged = StorageError.engine("the key \(key) is damaged: restore the last backup of records.sqlite")
        guard let count = reader.count(each: 1) else { throw damaged }
        return try (0..<count).map { _ in
            guard let name = reader.string() else { throw damaged }
            return name
        }
    }
}

package import Storage
package import Vocabulary

/// Every key as it was at one moment. Immutable, so each event loop looks keys up without a lock.
///
/// A secret is found by its salted digest. How long the look-up takes therefore depends on the digest, which an
/// attacker can neither choose nor predict, and says nothing about how many characters of a guess were right.
package struct KeySnapshot: Sendable {
    private let salt: [UInt8]
    private let entries: [KeyDigest: Entry]

    private struct Entry: Sendable {
        var principal: Principal
        var isRevoked: Bool
    }

    /// No key at all: what is in force before the first snapshot is read.
    package static let empty = KeySnapshot(keys: [], salt: [])

    /// Keys whose stored hash is damaged are left out: nobody can present them.
    package init(keys: [KeyRecord], salt: [UInt8]) {
        self.salt = salt
        var entries: [KeyDigest: Entry] = [:]
        entries.reserveCapacity(keys.count)
        for key in keys {
            guard let digest = KeyDigest(stored: key.secretHash) else { continue }
            entries[digest] = Entry(principal: Principal(key), isRevoked: key.revokedAt != nil)
        }
        self.entries = entries
    }

    /// The number of keys, revoked and expired ones included.
    package var count: Int { entries.count }

    /// Whom a secret stands for at `now`.
    package func principal(
        forSecret secret: UnsafeRawBufferPointer, now: UnixMicroseconds
    ) -> Result<Principal, AccessError> {
        guard !secret.isEmpty else { return .failure(.missing) }
        guard secret.count <= KeySecret.maximumLength else { return .failure(.unknown) }
        guard let entry = entries[KeyDigest(salt: salt, secret: secret)] else { return .failure(.unknown) }
        if entry.isRevoked { return .failure(.revoked) }
        if let expiry = entry.principal.expiresAt, expiry <= now { return .failure(.expired) }
        return .success(entry.principal)
    }

    /// Whom a secret stands for at `now`; an absent one is `AccessError.missing`.
    package func principal(forSecret secret: Substring?, now: UnixMicroseconds) -> Result<Principal, AccessError> {
        guard var secret else { return .failure(.missing) }
        return secret.withUTF8 { principal(forSecret: UnsafeRawBufferPointer($0), now: now) }
    }
}

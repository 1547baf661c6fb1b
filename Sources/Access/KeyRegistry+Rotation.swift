import Runtime
package import Storage
package import Vocabulary

/// New secrets for keys that stay what they are.
extension KeyRegistry {
    /// Longest time that an old secret may go on working, in microseconds: 90 days.
    package static let longestGrace: Microseconds = 90 * 86_400_000_000
    /// Old secrets that are remembered for each key: they keep a secret that was given at start from coming back.
    private static let rememberedSecrets = 10

    /// Gives a key a new secret, which works at once; the old one works until the grace period is over.
    ///
    /// - Parameter grace: In microseconds; 0 ends the old secret now.
    /// - Throws: `KeyError.notFound`, `.alreadyRevoked`, `.invalid` for a grace period that is too long.
    package func rotate(
        id: String, project: ProjectID, grace: Microseconds
    ) async throws -> (KeyRecord, secret: String) {
        guard (0...Self.longestGrace).contains(grace) else {
            throw KeyError.invalid(field: "grace_seconds", expected: "0 to 7776000, which is 90 days")
        }
        return try await exclusively {
            var key = try find(id, project: project, in: try await store.keys())
            guard key.revokedAt == nil else { throw KeyError.alreadyRevoked(id: id) }
            let secret = try KeySecret.make(randomBytes: randomBytes)
            let old = RetiredSecret(hash: key.secretHash, hint: key.hint, validUntil: time.now() + grace)
            key.retiredSecrets = Array(([old] + key.retiredSecrets).prefix(Self.rememberedSecrets))
            key.secretHash = try await digest(of: secret).bytes
            key.hint = KeySecret.hint(secret)
            try await store.update(key)
            try await publish()
            return (key, secret)
        }
    }
}

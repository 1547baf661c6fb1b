import Runtime
package import Storage
package import Vocabulary

/// What a start found or did about the first admin key.
package enum BootstrapOutcome: Sendable, Equatable {
    /// The given key was stored now; keys from earlier starts stay in force until they are revoked.
    case installed(KeyRecord)
    /// There was no admin key in use, so one was made. Show the secret: this is the only time.
    case made(KeyRecord, secret: String)
    /// Nothing to do: the given key is stored already, or none was given and an admin key is in use.
    case existing
    /// The given key was revoked earlier and stays so; another admin key is in use. Worth a warning.
    case givenIsRevoked(KeyRecord)
}

extension KeyRegistry {
    /// Sees to it that somebody can administer the installation. Call once at start, before serving.
    ///
    /// Giving the same secret on every start is idempotent. Giving another one adds a key and leaves the old one in
    /// force until it is revoked: a restart must not lock out programs that still use it.
    ///
    /// - Parameters:
    ///   - secret: What the operator set as `SIGNALBOX_BOOTSTRAP_KEY`; empty counts as not set.
    ///   - environment: The environment of a key made or installed here.
    /// - Throws: `KeyError.bootstrap` if the secret is too short, cannot travel in a header, belongs to a member key,
    ///   or was revoked or has expired while no other admin key is in use.
    package func bootstrap(secret: String?, environment: EnvironmentName) async throws -> BootstrapOutcome {
        try KeyRules.check(environment: environment)
        return try await exclusively { try await ensureAdmin(secret: secret, environment: environment) }
    }

    private func ensureAdmin(secret: String?, environment: EnvironmentName) async throws -> BootstrapOutcome {
        let keys = try await store.keys()
        let now = time.now()
        let directory = SubjectDirectory(try await store.subjects())
        let hasAdmin = keys.contains { $0.isActiveAdmin(at: now, in: directory) }
        if let secret, !secret.isEmpty {
            return try await install(secret, environment: environment, among: keys, hasAdmin: hasAdmin)
        }
        if hasAdmin { return .existing }
        let (key, made) = try await insert(firstKey(environment))
        return .made(key, secret: made)
    }

    private func install(
        _ secret: String, environment: EnvironmentName, among keys: [KeyRecord], hasAdmin: Bool
    ) async throws -> BootstrapOutcome {
        try KeySecret.checkGiven(secret)
        let hash = try await digest(of: secret).bytes
        if let rotated = keys.first(where: { key in key.retiredSecrets.contains { $0.hash == hash } }) {
            // Whoever rotated it wants it gone: it must not come back as a key of its own.
            if hasAdmin { return .givenIsRevoked(rotated) }
            throw KeyError.bootstrap(reason: "it was rotated away. Set another one, or unset it to have one made.")
        }
        guard let key = keys.first(where: { $0.secretHash == hash }) else {
            do {
                return .installed(try await insert(firstKey(environment), secret: secret))
            } catch StorageError.duplicate {
                return .existing  // another start installed it between our read and our write
            }
        }
        if key.role != .admin { throw KeyError.bootstrap(reason: "it is the secret of the member key `\(key.id)`.") }
        let directory = SubjectDirectory(try await store.subjects())
        if key.isActiveAdmin(at: time.now(), in: directory) { return .existing }
        if hasAdmin { return .givenIsRevoked(key) }
        throw KeyError.bootstrap(
            reason: "it was revoked, blocked or narrowed, or has expired. "
                + "Set another one, or unset it to have one made.")
    }

    private func firstKey(_ environment: EnvironmentName) -> NewKey {
        NewKey(name: "bootstrap", project: Self.defaultProject, environment: environment, role: .admin)
    }
}

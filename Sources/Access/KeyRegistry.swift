package import Runtime
package import Storage
package import Vocabulary

/// The room's face: makes, lists, changes and revokes keys, and publishes a new snapshot after each change.
///
/// Guarantees: a secret leaves this room once, from `create` or `bootstrap`, and is stored only as a salted hash; a
/// revocation is in force everywhere when `revoke` returns, because the snapshot has been handed to `onChange` by then.
package actor KeyRegistry {
    /// The project of keys that are made at start; its admins administer the installation.
    package static let defaultProject: ProjectID = Subject.defaultName

    let store: any RecordStore
    let time: any TimeSource
    let randomBytes: @Sendable (Int) -> [UInt8]
    private let onChange: @Sendable (KeySnapshot) async -> Void
    private let internalKeys: InternalKeys?
    private var knownSalt: [UInt8]?
    private var turn = Turn()

    /// - Parameters:
    ///   - randomBytes: Gives that many bytes from a cryptographically secure generator.
    ///   - internalKeys: Those of the server itself, which are in force beside the stored ones.
    ///   - onChange: Puts a new snapshot into force. Called one at a time, each with what was read after the last.
    package init(
        store: any RecordStore, time: any TimeSource, randomBytes: @escaping @Sendable (Int) -> [UInt8],
        internalKeys: InternalKeys? = nil,
        onChange: @escaping @Sendable (KeySnapshot) async -> Void = { _ in }
    ) {
        self.store = store
        self.time = time
        self.randomBytes = randomBytes
        self.internalKeys = internalKeys
        self.onChange = onChange
    }

    /// All keys, and whom they belong to, as they are now.
    package func snapshot() async throws -> KeySnapshot {
        let keys = try await store.keys()
        let salt = try await salt()
        let own = try internalKeys?.records(beside: keys, salt: salt) ?? []
        return KeySnapshot(keys: keys + own, salt: salt, subjects: try await store.subjects())
    }

    /// The project's keys, revoked ones included, oldest first.
    package func list(project: ProjectID) async throws -> [KeyRecord] {
        try await store.keys().filter { $0.project == project }
    }

    /// Makes a key. The secret is returned here and never again.
    ///
    /// - Throws: `KeyError.invalid` for a field that does not fit.
    package func create(_ new: NewKey) async throws -> (KeyRecord, secret: String) {
        try await exclusively { try await insert(new) }
    }

    /// Ends a key for good. Revoking it again changes nothing.
    ///
    /// - Throws: `KeyError.notFound`; `KeyError.lastAdmin` if no other admin key would be left in use.
    @discardableResult
    package func revoke(id: String, project: ProjectID) async throws -> KeyRecord {
        try await exclusively { try await end(id, project: project) }
    }

    /// Changes a key that is not revoked, and returns it as it is now.
    ///
    /// - Throws: `KeyError.notFound`, `.alreadyRevoked`, `.invalid`.
    package func update(id: String, project: ProjectID, _ changes: KeyChanges) async throws -> KeyRecord {
        try await exclusively { try await change(id, project: project, changes) }
    }

    private func end(_ id: String, project: ProjectID) async throws -> KeyRecord {
        let keys = try await store.keys()
        var key = try find(id, project: project, in: keys)
        guard key.revokedAt == nil else { return key }
        key.revokedAt = time.now()
        try await requireAdmin(replacing: key)
        try await store.update(key)
        try await publish()
        return key
    }

    private func change(_ id: String, project: ProjectID, _ changes: KeyChanges) async throws -> KeyRecord {
        var key = try find(id, project: project, in: try await store.keys())
        guard key.revokedAt == nil else { throw KeyError.alreadyRevoked(id: id) }
        let subjects = try await store.subjects()
        try changes.apply(to: &key, now: time.now(), in: SubjectDirectory(subjects))
        try await requireAdmin(replacing: key)
        try await store.update(key)
        try await publish()
        return key
    }

    /// Throws `KeyError.lastAdmin` if the change leaves nobody who can make keys, and there was somebody before.
    private func requireAdmin(replacing key: KeyRecord) async throws {
        let keys = try await store.keys()
        let directory = SubjectDirectory(try await store.subjects())
        let now = time.now()
        let others = keys.filter { $0.id != key.id } + [key]
        let wasOne = keys.first { $0.id == key.id }?.isActiveAdmin(at: now, in: directory) ?? false
        if wasOne, !others.contains(where: { $0.isActiveAdmin(at: now, in: directory) }) {
            throw KeyError.lastAdmin(id: key.id)
        }
    }

    /// Throws `KeyError.lastAdmin` if nobody could make keys with these subjects.
    func requireAdmin(with directory: SubjectDirectory, unless name: String) async throws {
        let keys = try await store.keys()
        let now = time.now()
        let hasAdmin = keys.contains { $0.isActiveAdmin(at: now, in: directory) }
        let hadAdmin = keys.contains { $0.isActiveAdmin(at: now, in: .empty) }
        if hadAdmin, !hasAdmin { throw KeyError.lastAdmin(id: name) }
    }

    /// Checks and stores a key with a fresh secret.
    func insert(_ new: NewKey) async throws -> (KeyRecord, secret: String) {
        try KeyRules.check(name: new.name)
        try KeyRules.check(environment: new.environment)
        try KeyRules.check(allowedModels: new.allowedModels)
        try KeyRules.check(expiresAt: new.expiresAt, now: time.now())
        try await requireProject(new.project)
        let secret = try KeySecret.make(randomBytes: randomBytes)
        return (try await insert(new, secret: secret), secret)
    }

    /// Stores a key with a given secret and publishes.
    func insert(_ new: NewKey, secret: String) async throws -> KeyRecord {
        let now = time.now()
        var key = KeyRecord(
            id: makeID("key", at: now), name: new.name, secretHash: try await digest(of: secret).bytes,
            hint: KeySecret.hint(secret), project: new.project, environment: new.environment, role: new.role,
            createdAt: now, expiresAt: new.expiresAt, allowedModels: new.allowedModels.withoutRepetitions()
        )
        try new.grants.apply(to: &key, now: now, in: SubjectDirectory(try await store.subjects()))
        try await store.insert(key)
        try await publish()
        return key
    }

    func digest(of secret: String) async throws -> KeyDigest {
        let salt = try await salt()
        var secret = secret
        return secret.withUTF8 { KeyDigest(salt: salt, secret: UnsafeRawBufferPointer($0)) }
    }

    /// Runs `change` while no other change runs.
    ///
    /// An actor lets other calls in at every `await`: without this, a rename that read a key just before its
    /// revocation would write it back alive.
    func exclusively<Value: Sendable>(_ change: () async throws -> Value) async throws -> Value {
        if turn.isTaken {
            // Each waiter is an open request of an administrator, so this many means that the store hangs.
            guard turn.waiting.count < 100 else { throw KeyError.busy }
            await withCheckedContinuation { turn.waiting.append($0) }
        }
        turn.isTaken = true
        defer {
            if turn.waiting.isEmpty { turn.isTaken = false } else { turn.waiting.removeFirst().resume() }
        }
        return try await change()
    }

    /// Reads all keys and puts them into force.
    func publish() async throws {
        await onChange(try await snapshot())
    }

    /// The installation's salt, made by whichever start comes first.
    private func salt() async throws -> [UInt8] {
        if let knownSalt { return knownSalt }
        let salt = try await store.setSettingIfAbsent("access.key_salt", to: randomBytes(16))
        knownSalt = salt
        return salt
    }

    /// A key can only be made in a project that exists.
    private func requireProject(_ project: ProjectID) async throws {
        _ = try await subject(.project, id: project, project: project)
    }

    /// A word such as `key`, and a UUIDv7 without hyphens, so that ids sort by age.
    func makeID(_ word: String, at now: UnixMicroseconds) -> String {
        let random = randomBytes(10).reduce(into: (high: UInt64(0), low: UInt64(0))) { words, byte in
            words.high = words.high << 8 | words.low >> 56
            words.low = words.low << 8 | UInt64(byte)
        }
        let milliseconds = UInt64(max(0, now) / 1_000)
        let high = milliseconds << 16 | 0x7000 | random.high & 0xFFF
        let low = random.low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return "\(word)_" + ID128(high: high, low: low).hex
    }

    func find(_ id: String, project: ProjectID, in keys: [KeyRecord]) throws -> KeyRecord {
        guard let key = keys.first(where: { $0.id == id && $0.project == project }) else {
            throw KeyError.notFound(id: id)
        }
        return key
    }
}

/// Whose turn it is to change keys. While it is taken, it passes from one waiter to the next.
private struct Turn {
    var isTaken = false
    var waiting: [CheckedContinuation<Void, Never>] = []
}

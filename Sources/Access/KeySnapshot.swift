package import Storage
package import Vocabulary

/// Every key as it was at one moment. Immutable, so each event loop looks keys up without a lock.
///
/// A secret is found by its salted digest. How long the look-up takes therefore depends on the digest, which an
/// attacker can neither choose nor predict, and says nothing about how many characters of a guess were right.
package struct KeySnapshot: Sendable {
    private let salt: [UInt8]
    private let entries: [KeyDigest: Entry]
    private let directory: SubjectDirectory
    /// The number of keys that could be presented, revoked and expired ones included.
    package let count: Int
    /// The rules of everybody who has some: of subjects with a record, and of keys that are not revoked.
    package let rules: [Subject: SpendingRules]
    /// The windows of all budgets, those for each customer included.
    private let windows: Set<BudgetWindow>

    private struct Entry: Sendable {
        var principal: Principal
        var isRevoked: Bool
        var isBlocked: Bool
        /// The end of the grace period of a secret that was replaced.
        var validUntil: UnixMicroseconds?
    }

    /// No key at all: what is in force before the first snapshot is read.
    package static let empty = KeySnapshot(keys: [], salt: [])

    /// Keys whose stored hash is damaged are left out: nobody can present them.
    package init(keys: [KeyRecord], salt: [UInt8], subjects: [SubjectRecord] = []) {
        self.salt = salt
        directory = SubjectDirectory(subjects)
        count = keys.count { KeyDigest(stored: $0.secretHash) != nil }
        rules = Self.rules(keys, subjects)
        let all = keys.flatMap { [$0.rules, $0.customerRules] } + subjects.flatMap { [$0.rules, $0.customerRules] }
        windows = Set(all.flatMap(\.budgets).map(\.window))
        var entries: [KeyDigest: Entry] = [:]
        entries.reserveCapacity(keys.count)
        for key in keys {
            var entry = Entry(
                principal: Principal(key, in: directory), isRevoked: key.revokedAt != nil,
                isBlocked: directory.isBlocked(key))
            if let digest = KeyDigest(stored: key.secretHash) { entries[digest] = entry }
            for secret in key.retiredSecrets {
                guard let digest = KeyDigest(stored: secret.hash), entries[digest] == nil else { continue }
                entry.validUntil = secret.validUntil
                entries[digest] = entry
            }
        }
        self.entries = entries
    }

    private static func rules(_ keys: [KeyRecord], _ subjects: [SubjectRecord]) -> [Subject: SpendingRules] {
        var rules: [Subject: SpendingRules] = [:]
        for subject in subjects where !subject.rules.isEmpty { rules[subject.subject] = subject.rules }
        for key in keys where !key.rules.isEmpty && key.revokedAt == nil { rules[Subject(.key, key.id)] = key.rules }
        return rules
    }

    /// Whom the keys stand for, each key once; revoked ones included.
    package var principals: [Principal] {
        var seen: Set<String> = []
        return entries.values.lazy.map(\.principal).filter { seen.insert($0.keyID).inserted }
    }

    /// Whom a secret stands for at `now`.
    package func principal(
        forSecret secret: UnsafeRawBufferPointer, now: UnixMicroseconds
    ) -> Result<Principal, AccessError> {
        guard !secret.isEmpty else { return .failure(.missing) }
        guard secret.count <= KeySecret.maximumLength else { return .failure(.unknown) }
        guard let entry = entries[KeyDigest(salt: salt, secret: secret)] else { return .failure(.unknown) }
        if entry.isRevoked { return .failure(.revoked) }
        if let end = entry.validUntil, end <= now { return .failure(.revoked) }
        if let expiry = entry.principal.expiresAt, expiry <= now { return .failure(.expired) }
        if entry.isBlocked { return .failure(.blocked) }
        return .success(entry.principal)
    }

    /// What holds for the end customer that a call names; `nil` if nobody can have that name.
    package func customer(_ id: String, of principal: Principal) -> CustomerTerms? {
        CustomerTerms(id, project: principal.project, in: directory)
    }

    /// The start of the oldest window that is open at `now`: which sums a start has to read. `now` if there is none.
    ///
    /// Windows that never end do not count: their sums are read in any case.
    package func oldestOpenWindow(at now: UnixMicroseconds) -> UnixMicroseconds {
        windows.filter { $0 != .lifetime }.map { $0.span(at: now).start }.min() ?? now
    }

    /// The record of a subject; `nil` if it has none.
    package func record(of subject: Subject) -> SubjectRecord? { directory[subject] }

    /// Whom a secret stands for at `now`; an absent one is `AccessError.missing`.
    package func principal(forSecret secret: Substring?, now: UnixMicroseconds) -> Result<Principal, AccessError> {
        guard var secret else { return .failure(.missing) }
        return secret.withUTF8 { principal(forSecret: UnsafeRawBufferPointer($0), now: now) }
    }
}

import Storage
import Synchronization
package import Vocabulary

/// Keys with which the server calls itself: for embeddings, judgements and the like, so that those calls are routed,
/// priced, budgeted and recorded like all others.
///
/// One for each project that has keys, made at start and kept in memory only: they stand in no store and no list, and
/// end with the process.
package final class InternalKeys: Sendable {
    /// What the ids of all of them begin with.
    package static let idPrefix = "internal_"

    private let secrets = Mutex<[ProjectID: String]>([:])
    private let randomBytes: @Sendable (Int) -> [UInt8]

    /// - Parameter randomBytes: Gives that many bytes from a cryptographically secure generator.
    package init(randomBytes: @escaping @Sendable (Int) -> [UInt8]) { self.randomBytes = randomBytes }

    /// The secret for a project; `nil` where no key of it was ever in force.
    package func secret(of project: ProjectID) -> String? { secrets.withLock { $0[project] } }

    /// A key for each project that one of `keys` belongs to.
    func records(beside keys: [KeyRecord], salt: [UInt8]) throws -> [KeyRecord] {
        var records: [ProjectID: KeyRecord] = [:]
        for key in keys where records[key.project] == nil && key.revokedAt == nil {
            var secret = try made(for: key.project)
            let digest = secret.withUTF8 { KeyDigest(salt: salt, secret: UnsafeRawBufferPointer($0)) }
            records[key.project] = KeyRecord(
                id: Self.idPrefix + key.project, name: "The server itself", secretHash: digest.bytes, hint: "",
                project: key.project, environment: key.environment, role: .member, createdAt: key.createdAt
            )
        }
        return Array(records.values)
    }

    private func made(for project: ProjectID) throws -> String {
        if let known = secret(of: project) { return known }
        let fresh = try KeySecret.make(randomBytes: randomBytes)
        return secrets.withLock { secrets in
            if let other = secrets[project] { return other }
            secrets[project] = fresh
            return fresh
        }
    }
}

extension Principal {
    /// The server's own calls.
    package var isInternal: Bool { keyID.hasPrefix(InternalKeys.idPrefix) }
}

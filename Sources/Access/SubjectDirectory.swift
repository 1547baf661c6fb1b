package import Storage
package import Vocabulary

/// Organisations, projects, teams, users and customers by name. Immutable.
package struct SubjectDirectory: Sendable {
    private let records: [Subject: SubjectRecord]

    /// Nobody but the default organisation and project, which need no record.
    package static let empty = SubjectDirectory([])

    package init(_ records: [SubjectRecord]) {
        self.records = Dictionary(records.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The record of a subject; `nil` if it has none.
    package subscript(_ subject: Subject) -> SubjectRecord? { records[subject] }

    /// Every record, in any order.
    var all: some Collection<SubjectRecord> { records.values }

    /// Whom a key belongs to.
    struct Lineage {
        var organisation: String
        var team: String?
        /// Broadest first, without the key.
        var subjects: [Subject]
        /// Those of the subjects that have a record, in the same order.
        var records: [SubjectRecord]
    }

    /// A key without a team of its own belongs to that of its user.
    func lineage(of key: KeyRecord) -> Lineage {
        let project = Subject(.project, key.project)
        let organisation = records[project]?.parent ?? Subject.defaultName
        let user = key.user.map { Subject.scoped(.user, $0, in: key.project) }
        let team = key.team ?? user.flatMap { records[$0]?.parent }
        var subjects = [Subject(.organisation, organisation), project]
        if let team { subjects.append(.scoped(.team, team, in: key.project)) }
        if let user { subjects.append(user) }
        return Lineage(
            organisation: organisation, team: team, subjects: subjects, records: subjects.compactMap { records[$0] })
    }

    /// Whether the key or anybody it belongs to is blocked.
    func isBlocked(_ key: KeyRecord) -> Bool {
        key.isBlocked || lineage(of: key).records.contains { $0.isBlocked }
    }
}

extension KeyRecord {
    /// True for an admin key that can make keys now: not revoked, expired, blocked or narrowed to other scopes.
    func isActiveAdmin(at now: UnixMicroseconds, in directory: SubjectDirectory) -> Bool {
        role == .admin && revokedAt == nil && (expiresAt.map { $0 > now } ?? true)
            && (scopes.isEmpty || scopes.contains(.admin)) && !directory.isBlocked(self)
    }
}

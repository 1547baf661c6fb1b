import Runtime
package import Storage
package import Vocabulary

/// Organisations, projects, teams, users and customers. Each change is in force everywhere when its call returns.
extension KeyRegistry {
    /// Those of one kind, oldest first. The default organisation and project are there without having been made.
    ///
    /// - Parameter project: Ignored for organisations and projects.
    package func subjects(_ kind: SubjectKind, project: ProjectID) async throws -> [SubjectRecord] {
        let home = Self.home(of: kind, project)
        let stored = try await store.subjects().filter { $0.kind == kind && $0.project == home }
        guard let absent = Self.unmade(kind), !stored.contains(where: { $0.id == absent.id }) else { return stored }
        return [absent] + stored
    }

    /// One of them. Throws `KeyError.noSubject`.
    package func subject(_ kind: SubjectKind, id: String, project: ProjectID) async throws -> SubjectRecord {
        guard let found = try await subjects(kind, project: project).first(where: { $0.id == id }) else {
            throw KeyError.noSubject(.scoped(kind, id, in: Self.home(of: kind, project)))
        }
        return found
    }

    /// Makes one. Throws `KeyError.invalid`, `.subjectExists`, `.noSubject` for a parent that does not exist.
    package func create(_ new: NewSubject) async throws -> SubjectRecord {
        try await exclusively {
            let now = time.now()
            let id = new.id ?? makeID(new.kind.rawValue, at: now)
            try SubjectRules.check(id: id, of: new.kind)
            var record = SubjectRecord(
                new.kind, id: id, project: Self.home(of: new.kind, new.project), name: new.changes.name ?? id,
                createdAt: now)
            try new.changes.apply(to: &record, in: SubjectDirectory(try await store.subjects()))
            do {
                try await store.insert(record)
            } catch StorageError.duplicate {
                throw KeyError.subjectExists(record.subject)
            }
            try await publish()
            return record
        }
    }

    /// Changes one. Throws `KeyError.noSubject`, `.invalid`, `.lastAdmin` if nobody could make keys any more.
    package func update(
        _ kind: SubjectKind, id: String, project: ProjectID, _ changes: SubjectChanges
    ) async throws -> SubjectRecord {
        try await exclusively {
            var record = try await subject(kind, id: id, project: project)
            let stored = try await store.subjects()
            try changes.apply(to: &record, in: SubjectDirectory(stored))
            let others = stored.filter { $0.kind != record.kind || $0.subject != record.subject }
            try await requireAdmin(with: SubjectDirectory(others + [record]), unless: record.subject.description)
            if others.count == stored.count { try await store.insert(record) } else { try await store.update(record) }
            try await publish()
            return record
        }
    }

    /// Removes one to whom nothing belongs; its records and sums stay. Throws `KeyError.noSubject`, `.subjectInUse`.
    package func delete(_ kind: SubjectKind, id: String, project: ProjectID) async throws {
        try await exclusively {
            let record = try await subject(kind, id: id, project: project)
            if let user = try await user(of: record) { throw KeyError.subjectInUse(record.subject, by: user) }
            try await store.delete(kind, id: id, project: record.project)
            try await publish()
        }
    }

    /// What keeps a subject from being removed, in words.
    private func user(of record: SubjectRecord) async throws -> String? {
        if Self.unmade(record.kind)?.id == record.id { return "it is the default one" }
        let keys = try await store.keys().filter { $0.revokedAt == nil }
        let owned = keys.first { key in
            switch record.kind {
            case .project: key.project == record.id
            case .team: key.project == record.project && key.team == record.id
            case .user: key.project == record.project && key.user == record.id
            case .organisation, .customer, .key: false
            }
        }
        if let owned { return "the key `\(owned.id)` belongs to it. Revoke the key, or give it to another" }
        let below = try await store.subjects().first { other in
            switch record.kind {
            case .organisation: other.kind == .project && other.parent == record.id
            case .project: other.project == record.id
            case .team: other.kind == .user && other.project == record.project && other.parent == record.id
            case .user, .customer, .key: false
            }
        }
        return below.map { "the \($0.kind.rawValue) `\($0.id)` belongs to it. Remove or change that one first" }
    }

    /// The project that a kind's records stand in.
    private static func home(of kind: SubjectKind, _ project: ProjectID) -> ProjectID {
        kind == .organisation || kind == .project ? "" : project
    }

    /// The default of a kind, as it is before anybody changed it.
    private static func unmade(_ kind: SubjectKind) -> SubjectRecord? {
        guard kind == .organisation || kind == .project else { return nil }
        return SubjectRecord(kind, id: Subject.defaultName, project: "", name: Subject.defaultName, createdAt: 0)
    }
}

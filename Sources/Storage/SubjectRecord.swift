package import Vocabulary

/// An organisation, project, team, user or end customer, and what it has to keep to.
package struct SubjectRecord: Sendable, Equatable {
    /// Any but `key`.
    package var kind: SubjectKind
    /// Chosen by people or programs; unique within its kind and project.
    package var id: String
    /// The project it belongs to; empty for organisations and for projects themselves.
    package var project: ProjectID
    /// For people.
    package var name: String
    /// The organisation of a project, the team of a user; `nil` for others and for none.
    package var parent: String?
    package var createdAt: UnixMicroseconds
    package var rules = SpendingRules.none
    /// What each end customer of its calls has to keep to, where nothing narrower says so.
    package var customerRules = SpendingRules.none
    /// Model names its calls may use, with a trailing `*` for any ending; empty for all.
    package var allowedModels: [String] = []
    /// For people; each key once.
    package var metadata: [MetadataPair] = []
    /// Its calls are refused until it is unblocked.
    package var isBlocked = false

    package init(
        _ kind: SubjectKind, id: String, project: ProjectID, name: String, parent: String? = nil,
        createdAt: UnixMicroseconds
    ) {
        self.kind = kind
        self.id = id
        self.project = project
        self.name = name
        self.parent = parent
        self.createdAt = createdAt
    }

    /// Whom its rules and sums are kept under.
    package var subject: Subject { .scoped(kind, id, in: project) }
}

extension Subject {
    /// The project and the organisation of calls that no other is named for.
    package static let defaultName = "default"

    /// A team, user or customer of a project, as one name that is unique among all projects.
    ///
    /// Those of the default project keep their own id, unless it holds a slash; ids of projects hold none. So two
    /// projects may both have a customer `acme` without sharing its budget.
    package static func scoped(_ kind: SubjectKind, _ id: String, in project: ProjectID) -> Subject {
        switch kind {
        case .organisation, .project, .key: return Subject(kind, id)
        case .team, .user, .customer:
            if project == defaultName, !id.utf8.contains(UInt8(ascii: "/")) { return Subject(kind, id) }
            return Subject(kind, "\(project)/\(id)")
        }
    }

    /// The id within its project, and the project; the project is empty for organisations, projects and keys.
    package var local: (id: String, project: ProjectID) {
        switch kind {
        case .organisation, .project, .key: return (id, "")
        case .team, .user, .customer:
            guard let slash = id.firstIndex(of: "/") else { return (id, Self.defaultName) }
            return (String(id[id.index(after: slash)...]), String(id[..<slash]))
        }
    }
}

/// A level of the hierarchy that spending rules can be set on, broadest first.
package enum SubjectKind: String, Sendable, CaseIterable {
    case organisation
    case project
    case team
    case user
    case key
    /// The end customer that a call is made for; named per call, not by the key.
    case customer
}

/// Somebody or something that spends: one organisation, project, team, user, key or end customer.
package struct Subject: Hashable, Sendable {
    package var kind: SubjectKind
    /// Unique within its kind.
    package var id: String

    package init(_ kind: SubjectKind, _ id: String) {
        self.kind = kind
        self.id = id
    }
}

extension Subject: CustomStringConvertible {
    /// For messages, for example `team "search"`.
    package var description: String { "\(kind.rawValue) \"\(id)\"" }
}

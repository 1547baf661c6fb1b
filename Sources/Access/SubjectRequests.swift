import Storage
package import Vocabulary

/// An organisation, project, team, user or customer to be made.
package struct NewSubject: Sendable, Equatable {
    package var kind: SubjectKind
    /// `nil` to have one made.
    package var id: String?
    /// Empty for organisations and projects.
    package var project: ProjectID
    package var changes: SubjectChanges

    package init(_ kind: SubjectKind, id: String?, project: ProjectID, changes: SubjectChanges = SubjectChanges()) {
        self.kind = kind
        self.id = id
        self.project = project
        self.changes = changes
    }
}

/// What to change on a subject; `nil` leaves a field as it is.
package struct SubjectChanges: Sendable, Equatable {
    package var name: String?
    /// The organisation of a project, the team of a user. `.some(nil)` for the default one, or none.
    package var parent: String??
    package var rules: SpendingRules?
    package var customerRules: SpendingRules?
    package var allowedModels: [String]?
    package var metadata: [MetadataPair]?
    package var isBlocked: Bool?

    package init(name: String? = nil) { self.name = name }

    /// Checks every field that is set, and puts it on the subject.
    func apply(to subject: inout SubjectRecord, in directory: SubjectDirectory) throws(KeyError) {
        if let name {
            try KeyRules.check(name: name)
            subject.name = name
        }
        if let parent {
            try SubjectRules.check(parent: parent, of: subject, in: directory)
            subject.parent = parent
        }
        if let rules {
            try SubjectRules.check(rules, field: "rules")
            subject.rules = rules
        }
        if let customerRules {
            try SubjectRules.check(customerRules, field: "customer_rules")
            subject.customerRules = customerRules
        }
        if let allowedModels {
            try KeyRules.check(allowedModels: allowedModels)
            subject.allowedModels = allowedModels.withoutRepetitions()
        }
        if let metadata {
            try SubjectRules.check(metadata: metadata)
            subject.metadata = metadata
        }
        if let isBlocked { subject.isBlocked = isBlocked }
    }
}

/// The rules for what people may write into a subject.
enum SubjectRules {
    /// Whether a text can name somebody: not empty, at most so many bytes, without control characters.
    static func isName(_ text: String, longest: Int) -> Bool {
        (1...longest).contains(text.utf8.count) && !KeyRules.hasControlCharacter(text)
    }

    /// Ids of organisations and projects are parts of names (`project/customer`), so they hold no slash.
    static func check(id: String, of kind: SubjectKind) throws(KeyError) {
        switch kind {
        case .organisation, .project, .key:
            guard (1...64).contains(id.utf8.count), id.utf8.allSatisfy(isPlain) else {
                throw .invalid(field: "id", expected: "1 to 64 of the characters a-z, 0-9, `_` and `-`")
            }
        case .team, .user, .customer:
            guard isName(id, longest: CustomerTerms.longestID) else {
                throw .invalid(field: "id", expected: "1 to 200 bytes without control characters")
            }
        }
    }

    static func check(_ rules: SpendingRules, field: String) throws(KeyError) {
        if let problem = rules.problems.first {
            throw .invalid(field: field, expected: "a set of rules that can be kept: \(problem)")
        }
    }

    static func check(metadata: [MetadataPair]) throws(KeyError) {
        let fits = metadata.allSatisfy { isName($0.key, longest: 100) && $0.value.utf8.count <= 1_000 }
        guard metadata.count <= 50, fits, Set(metadata.map(\.key)).count == metadata.count else {
            throw .invalid(
                field: "metadata", expected: "at most 50 pairs, keys of 1 to 100 bytes, values of at most 1000")
        }
    }

    static func check(
        parent: String?, of subject: SubjectRecord, in directory: SubjectDirectory
    ) throws(KeyError) {
        guard let parent else { return }
        let above: Subject
        switch subject.kind {
        case .project: above = Subject(.organisation, parent)
        case .user: above = .scoped(.team, parent, in: subject.project)
        default: throw .invalid(field: "parent", expected: "left out: only projects and users have one")
        }
        guard directory[above] != nil || above == Subject(.organisation, Subject.defaultName) else {
            throw .noSubject(above)
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

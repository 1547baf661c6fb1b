package import Storage
package import Vocabulary

/// What to change on a key; `nil` leaves a field as it is.
package struct KeyChanges: Sendable, Equatable {
    package var name: String?
    package var allowedModels: [String]?
    /// `.some(nil)` makes the key last for ever.
    package var expiresAt: UnixMicroseconds??
    /// `.some(nil)` takes the key out of its team, or away from its user.
    package var team: String??
    package var user: String??
    package var scopes: [KeyScope]?
    package var rules: SpendingRules?
    package var customerRules: SpendingRules?
    package var takesUserAsCustomer: Bool?
    package var isBlocked: Bool?
    /// `.some(nil)` is the server's default.
    package var parameterPolicy: ParameterPolicy??
    package var modelAliases: [String: String]?
    package var tags: [String]?
    package var metadata: [MetadataPair]?

    package init(name: String? = nil, allowedModels: [String]? = nil, expiresAt: UnixMicroseconds?? = nil) {
        self.name = name
        self.allowedModels = allowedModels
        self.expiresAt = expiresAt
    }
}

extension KeyChanges {
    /// Checks every field that is set, and puts it on the key.
    ///
    /// - Parameter directory: Whom the key may be given to.
    func apply(to key: inout KeyRecord, now: UnixMicroseconds, in directory: SubjectDirectory) throws(KeyError) {
        try applyName(to: &key, now: now)
        try applyOwners(to: &key, in: directory)
        try applyRules(to: &key)
        if let takesUserAsCustomer { key.takesUserAsCustomer = takesUserAsCustomer }
        if let isBlocked { key.isBlocked = isBlocked }
        if let parameterPolicy { key.parameterPolicy = parameterPolicy }
        if let modelAliases {
            try KeyRules.check(modelAliases: modelAliases)
            key.modelAliases = modelAliases
        }
        if let tags {
            try KeyRules.check(tags: tags)
            key.tags = tags.withoutRepetitions()
        }
        if let metadata {
            try SubjectRules.check(metadata: metadata)
            key.metadata = metadata
        }
    }

    private func applyName(to key: inout KeyRecord, now: UnixMicroseconds) throws(KeyError) {
        if let name {
            try KeyRules.check(name: name)
            key.name = name
        }
        if let allowedModels {
            try KeyRules.check(allowedModels: allowedModels)
            key.allowedModels = allowedModels.withoutRepetitions()
        }
        if let expiresAt {
            try KeyRules.check(expiresAt: expiresAt, now: now)
            key.expiresAt = expiresAt
        }
    }

    private func applyOwners(to key: inout KeyRecord, in directory: SubjectDirectory) throws(KeyError) {
        if let team {
            try Self.check(team, .team, of: key, in: directory)
            key.team = team
        }
        if let user {
            try Self.check(user, .user, of: key, in: directory)
            key.user = user
        }
    }

    private func applyRules(to key: inout KeyRecord) throws(KeyError) {
        if let scopes {
            try KeyRules.check(scopes: scopes, role: key.role)
            key.scopes = scopes.withoutRepetitions()
        }
        if let rules {
            try SubjectRules.check(rules, field: "rules")
            key.rules = rules
        }
        if let customerRules {
            try SubjectRules.check(customerRules, field: "customer_rules")
            key.customerRules = customerRules
        }
    }

    private static func check(
        _ id: String?, _ kind: SubjectKind, of key: KeyRecord, in directory: SubjectDirectory
    ) throws(KeyError) {
        guard let id else { return }
        let subject = Subject.scoped(kind, id, in: key.project)
        guard directory[subject] != nil else { throw .noSubject(subject) }
    }
}

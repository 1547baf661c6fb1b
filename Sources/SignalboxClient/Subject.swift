/// Who spends, beside keys.
public enum SubjectKind: String, Sendable, CaseIterable {
    /// What projects belong to.
    case organisations
    /// What keys, teams, users, customers and records belong to.
    case projects
    /// Several users and keys that share rules.
    case teams
    /// A person or program that keys belong to.
    case users
    /// An end customer that calls are made for.
    case customers
}

/// An organisation, project, team, user or end customer.
public struct Subject: Codable, Sendable, Equatable, Identifiable {
    /// Unique within its kind and project.
    public var id: String
    /// For people.
    public var name: String
    /// Of a project.
    public var organisation: String?
    /// Of a user.
    public var team: String?
    /// When it was made, RFC 3339.
    public var createdAt: String
    /// Its calls are refused until it is unblocked.
    public var blocked: Bool
    /// The models its calls may use, with a trailing `*` for any ending; empty for all.
    public var allowedModels: [String]
    /// Its budgets and limits.
    public var rules: SpendingRules
    /// Those of each end customer that has none of its own.
    public var customerRules: SpendingRules
    /// For people.
    public var metadata: [String: String]

    enum CodingKeys: String, CodingKey {
        case id, name, organisation, team, blocked, rules, metadata
        case createdAt = "created_at"
        case allowedModels = "allowed_models"
        case customerRules = "customer_rules"
    }
}

/// What to set on a subject. `nil` leaves a field as it is; `.some(nil)` takes it away.
public struct SubjectChanges: Encodable, Sendable, Equatable {
    /// For people.
    public var name: String?
    /// Of a project.
    public var organisation: String??
    /// Of a user.
    public var team: String??
    /// All of its budgets and limits: what is left out ends.
    public var rules: SpendingRules?
    /// All rules for each end customer.
    public var customerRules: SpendingRules?
    /// The models its calls may use; empty for all.
    public var allowedModels: [String]?
    /// For people.
    public var metadata: [String: String]?
    /// Whether its calls are refused.
    public var blocked: Bool?

    /// No change; set what is to be changed.
    public init() {}

    enum CodingKeys: String, CodingKey {
        case name, organisation, team, rules, metadata, blocked
        case customerRules = "customer_rules"
        case allowedModels = "allowed_models"
    }

    /// Writes what is set, and null for what is taken away.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(name, forKey: .name)
        if let organisation { try container.encode(organisation, forKey: .organisation) }
        if let team { try container.encode(team, forKey: .team) }
        try container.encodeIfPresent(rules, forKey: .rules)
        try container.encodeIfPresent(customerRules, forKey: .customerRules)
        try container.encodeIfPresent(allowedModels, forKey: .allowedModels)
        try container.encodeIfPresent(metadata, forKey: .metadata)
        try container.encodeIfPresent(blocked, forKey: .blocked)
    }
}

/// A subject to be made: its id, and what to set on it.
struct NewSubject: Encodable, Sendable {
    var id: String?
    var changes: SubjectChanges

    enum CodingKeys: String, CodingKey {
        case id
    }

    /// Writes both into one object.
    func encode(to encoder: any Encoder) throws {
        try changes.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(id, forKey: .id)
    }
}

/// What to change on a key. `nil` leaves a field as it is; `.some(nil)` takes it away.
public struct KeyChanges: Encodable, Sendable, Equatable {
    /// A name for people.
    public var name: String?
    /// The models it may call; empty for all.
    public var allowedModels: [String]?
    /// When it stops working, RFC 3339.
    public var expiresAt: String??
    /// A team that exists.
    public var team: String??
    /// A user that exists.
    public var user: String??
    /// What of its role it may do; empty for all of it.
    public var scopes: [String]?
    /// All of its budgets and limits: what is left out ends.
    public var rules: SpendingRules?
    /// All rules for each end customer.
    public var customerRules: SpendingRules?
    /// Whether a request's `user` names the end customer where no header does.
    public var takesUserAsCustomer: Bool?
    /// Whether it is refused.
    public var blocked: Bool?
    /// `strict`, `warn` or `drop`.
    public var parameterPolicy: String??
    /// Names that callers may write, and the models they mean.
    public var modelAliases: [String: String]?
    /// Put on every record of its calls.
    public var tags: [String]?
    /// For people.
    public var metadata: [String: String]?

    /// No change; set what is to be changed.
    public init() {}

    enum CodingKeys: String, CodingKey {
        case name, team, user, scopes, rules, blocked, tags, metadata
        case allowedModels = "allowed_models"
        case expiresAt = "expires_at"
        case customerRules = "customer_rules"
        case takesUserAsCustomer = "takes_user_as_customer"
        case parameterPolicy = "parameter_policy"
        case modelAliases = "model_aliases"
    }

    /// Writes what is set, and null for what is taken away.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(allowedModels, forKey: .allowedModels)
        if let expiresAt { try container.encode(expiresAt, forKey: .expiresAt) }
        if let team { try container.encode(team, forKey: .team) }
        if let user { try container.encode(user, forKey: .user) }
        try container.encodeIfPresent(scopes, forKey: .scopes)
        try container.encodeIfPresent(rules, forKey: .rules)
        try container.encodeIfPresent(customerRules, forKey: .customerRules)
        try container.encodeIfPresent(takesUserAsCustomer, forKey: .takesUserAsCustomer)
        try container.encodeIfPresent(blocked, forKey: .blocked)
        if let parameterPolicy { try container.encode(parameterPolicy, forKey: .parameterPolicy) }
        try container.encodeIfPresent(modelAliases, forKey: .modelAliases)
        try container.encodeIfPresent(tags, forKey: .tags)
        try container.encodeIfPresent(metadata, forKey: .metadata)
    }
}

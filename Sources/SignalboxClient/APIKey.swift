/// A key that calls are made with. Its secret is known only where it was made.
public struct APIKey: Codable, Sendable, Equatable, Identifiable {
    /// The id: stands in records, is no secret.
    public var id: String
    /// A name for people.
    public var name: String
    /// The first and last characters of the secret, to recognise it by.
    public var hint: String
    /// The project that its records belong to.
    public var project: String
    /// The environment of its records.
    public var environment: String
    /// `member` may call models, `admin` may also use the control API.
    public var role: String
    /// What of its role it may do; empty for all of it.
    public var scopes: [String]
    /// The team that its calls count for.
    public var team: String?
    /// The user that its calls count for.
    public var user: String?
    /// When it was made, RFC 3339.
    public var createdAt: String
    /// When it stops working.
    public var expiresAt: String?
    /// When it was revoked.
    public var revokedAt: String?
    /// Refused until it is unblocked.
    public var blocked: Bool
    /// The models it may call, with a trailing `*` for any ending; empty for all.
    public var allowedModels: [String]
    /// Names that callers may write, and the models they mean.
    public var modelAliases: [String: String]
    /// Its budgets and limits.
    public var rules: SpendingRules
    /// Those of each end customer that has none of its own.
    public var customerRules: SpendingRules
    /// A request's `user` names the end customer where no header does.
    public var takesUserAsCustomer: Bool
    /// `strict`, `warn` or `drop`; `nil` is the server's default.
    public var parameterPolicy: String?
    /// Put on every record of its calls.
    public var tags: [String]
    /// For people.
    public var metadata: [String: String]
    /// Secrets from before a rotation.
    public var retiredSecrets: [RetiredSecret]

    /// A secret that was replaced.
    public struct RetiredSecret: Codable, Sendable, Equatable {
        /// The first characters of the secret.
        public var hint: String
        /// When it stops working, RFC 3339.
        public var validUntil: String

        enum CodingKeys: String, CodingKey {
            case hint
            case validUntil = "valid_until"
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, name, hint, project, environment, role, scopes, team, user, blocked, rules, tags, metadata
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case revokedAt = "revoked_at"
        case allowedModels = "allowed_models"
        case modelAliases = "model_aliases"
        case customerRules = "customer_rules"
        case takesUserAsCustomer = "takes_user_as_customer"
        case parameterPolicy = "parameter_policy"
        case retiredSecrets = "retired_secrets"
    }
}

/// A key just made, with its secret. It is shown this once.
public struct CreatedKey: Codable, Sendable, Equatable, Identifiable {
    /// The key.
    public var key: APIKey
    /// What callers send. The server keeps only its hash.
    public var secret: String

    /// The key's id.
    public var id: String { key.id }

    enum CodingKeys: String, CodingKey {
        case secret
    }

    /// The key's members stand beside the secret.
    public init(from decoder: any Decoder) throws {
        key = try APIKey(from: decoder)
        secret = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .secret)
    }

    /// Writes both into one object.
    public func encode(to encoder: any Encoder) throws {
        try key.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(secret, forKey: .secret)
    }
}

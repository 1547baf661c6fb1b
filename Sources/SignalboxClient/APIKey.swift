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
    /// When it was made, RFC 3339.
    public var createdAt: String
    /// When it stops working.
    public var expiresAt: String?
    /// When it was revoked.
    public var revokedAt: String?
    /// The models it may call; empty for all.
    public var allowedModels: [String]

    enum CodingKeys: String, CodingKey {
        case id, name, hint, project, environment, role
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case revokedAt = "revoked_at"
        case allowedModels = "allowed_models"
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

/// A key to be made.
public struct NewKey: Codable, Sendable, Equatable {
    /// What a key may do.
    public enum Role: String, Codable, Sendable, CaseIterable {
        /// Call models.
        case member
        /// Call models and use the control API.
        case admin
    }

    /// A name for people.
    public var name: String
    /// The environment of its records; `nil` is the server's default.
    public var environment: String?
    /// What it may do.
    public var role: Role
    /// When it stops working, RFC 3339; `nil` is never.
    public var expiresAt: String?
    /// The models it may call; `nil` is all.
    public var allowedModels: [String]?

    /// A key to be made, by default one that may call every model and never expires.
    public init(
        name: String, environment: String? = nil, role: Role = .member, expiresAt: String? = nil,
        allowedModels: [String]? = nil
    ) {
        self.name = name
        self.environment = environment
        self.role = role
        self.expiresAt = expiresAt
        self.allowedModels = allowedModels
    }

    enum CodingKeys: String, CodingKey {
        case name, environment, role
        case expiresAt = "expires_at"
        case allowedModels = "allowed_models"
    }
}

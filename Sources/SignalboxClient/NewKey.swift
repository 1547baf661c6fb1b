/// A key to be made.
public struct NewKey: Encodable, Sendable, Equatable {
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
    /// The project; `nil` is that of the asking key. Others only with an admin key of the project `default`.
    public var project: String?
    /// Everything else that is given to it; its `name`, `allowedModels` and `expiresAt` are not used.
    public var grants: KeyChanges

    /// A key to be made, by default one that may call every model and never expires.
    public init(
        name: String, environment: String? = nil, role: Role = .member, expiresAt: String? = nil,
        allowedModels: [String]? = nil, project: String? = nil, grants: KeyChanges = KeyChanges()
    ) {
        self.name = name
        self.environment = environment
        self.role = role
        self.expiresAt = expiresAt
        self.allowedModels = allowedModels
        self.project = project
        self.grants = grants
    }

    enum CodingKeys: String, CodingKey {
        case name, environment, role, project
        case expiresAt = "expires_at"
        case allowedModels = "allowed_models"
    }

    /// Writes the key's own members and the grants' into one object.
    public func encode(to encoder: any Encoder) throws {
        var others = grants
        others.name = nil
        others.allowedModels = nil
        others.expiresAt = nil
        try others.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encodeIfPresent(environment, forKey: .environment)
        try container.encode(role, forKey: .role)
        try container.encodeIfPresent(project, forKey: .project)
        try container.encodeIfPresent(expiresAt, forKey: .expiresAt)
        try container.encodeIfPresent(allowedModels, forKey: .allowedModels)
    }
}

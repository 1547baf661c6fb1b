import Access
import Storage
import Vocabulary

/// The members of a key that can be changed, as the body names them.
private let changeable = [
    "name", "allowed_models", "expires_at", "team", "user", "scopes", "rules", "customer_rules",
    "takes_user_as_customer", "blocked", "parameter_policy", "model_aliases", "tags", "metadata",
]

/// The body of `POST /keys`; the environment and project are those of the asking key unless others are named.
func newKey(_ request: ControlRequest, _ principal: Principal) async throws -> NewKey {
    let fields = try await request.fields(["environment", "role", "project"] + changeable)
    guard let name = try fields.text("name") else { throw APIError.invalidField("name", expected: "given") }
    guard let role = KeyRole(rawValue: try fields.text("role") ?? KeyRole.member.rawValue) else {
        throw APIError.invalidField("role", expected: "`member` or `admin`")
    }
    let project = try fields.text("project") ?? principal.project
    guard project == principal.project || principal.project == KeyRegistry.defaultProject else {
        throw APIError.invalidField(
            "project", expected: "left out: only an admin of the default project makes keys for other projects")
    }
    var grants = try changes(fields)
    grants.name = nil
    grants.allowedModels = nil
    grants.expiresAt = nil
    return NewKey(
        name: name, project: project, environment: try fields.text("environment") ?? principal.environment, role: role,
        expiresAt: try fields.time("expires_at") ?? nil, allowedModels: try fields.texts("allowed_models") ?? [],
        grants: grants
    )
}

/// The body of `PATCH /keys/{id}`.
func keyChanges(_ request: ControlRequest) async throws -> KeyChanges {
    let fields = try await request.fields(changeable)
    guard !fields.values.isEmpty else {
        let list = changeable.map { "`\($0)`" }.joined(separator: ", ")
        throw APIError.invalidBody("name at least one of \(list)")
    }
    return try changes(fields)
}

private func changes(_ fields: BodyFields) throws(APIError) -> KeyChanges {
    var changes = KeyChanges(
        name: try fields.text("name"), allowedModels: try fields.texts("allowed_models"),
        expiresAt: try fields.time("expires_at")
    )
    changes.team = try fields.removableText("team")
    changes.user = try fields.removableText("user")
    changes.scopes = try fields.choices("scopes", as: KeyScope.self)
    changes.rules = try fields.rules("rules")
    changes.customerRules = try fields.rules("customer_rules")
    changes.takesUserAsCustomer = try fields.flag("takes_user_as_customer")
    changes.isBlocked = try fields.flag("blocked")
    changes.parameterPolicy = try parameterPolicy(fields)
    changes.modelAliases = try aliases(fields)
    changes.tags = try fields.texts("tags")
    changes.metadata = try fields.pairs("metadata")
    return changes
}

private func parameterPolicy(_ fields: BodyFields) throws(APIError) -> ParameterPolicy?? {
    guard let text = try fields.removableText("parameter_policy") else { return nil }
    guard let text else { return .some(nil) }
    guard let policy = ParameterPolicy(rawValue: text) else {
        throw .invalidField("parameter_policy", expected: "`strict`, `warn`, `drop`, or null for the server's default")
    }
    return .some(policy)
}

private func aliases(_ fields: BodyFields) throws(APIError) -> [String: String]? {
    guard let pairs = try fields.pairs("model_aliases") else { return nil }
    var aliases: [String: String] = [:]
    for pair in pairs where aliases.updateValue(pair.value, forKey: pair.key) != nil {
        throw .invalidField("model_aliases", expected: "an object that names each alias once")
    }
    return aliases
}

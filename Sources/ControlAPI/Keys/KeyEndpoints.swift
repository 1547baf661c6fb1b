import Access
import Bytes
import HTTPTypes
import Hummingbird
import Runtime
import Storage
import Vocabulary

/// `/keys`: list, create, change, revoke. A key's project is always that of the key that asks.
func keyEndpoints(_ services: ControlServices) -> [Endpoint] {
    let parameters = ["limit", "cursor", "count", "name", "environment", "role", "status"]
    return [
        .admin(.get, "/keys", parameters: parameters) { request, principal in
            let keys = try await services.keys.list(project: principal.project)
            let matching = try filtered(keys, by: request.query, now: services.time.now()).sorted { $0.id < $1.id }
            let page = try ListPage(of: matching, .keys, query: request.query, identity: \.id)
            return Answers.list(page.items, next: page.next, total: page.total) { key, json in
                json.beginObject()
                write(key, to: &json)
                json.endObject()
            }
        },
        .admin(.post, "/keys") { request, principal in
            let (key, secret) = try await services.keys.create(try await newKey(request, principal))
            return Answers.object(.created) { json in
                write(key, to: &json)
                json.member("secret", secret)
            }
        },
        .admin(.patch, "/keys/{id}") { request, principal in
            let changes = try await keyChanges(request)
            let id = request.parameters.get("id") ?? ""
            let key = try await services.keys.update(id: id, project: principal.project, changes)
            return Answers.object { write(key, to: &$0) }
        },
        .admin(.delete, "/keys/{id}") { request, principal in
            let id = request.parameters.get("id") ?? ""
            try await services.keys.revoke(id: id, project: principal.project)
            return Response(status: .noContent)
        },
    ]
}

/// Whether a key can be used, in the words of the parameter `status`.
private enum KeyStatus: String, CaseIterable {
    case active, expired, revoked

    init(_ key: KeyRecord, now: UnixMicroseconds) {
        if key.revokedAt != nil { self = .revoked } else { self = (key.expiresAt ?? .max) <= now ? .expired : .active }
    }
}

private func filtered(
    _ keys: [KeyRecord], by query: QueryItems, now: UnixMicroseconds
) throws(APIError) -> [KeyRecord] {
    let name = try query.text("name")
    let environment = try query.text("environment")
    let role = try query.choice("role", as: KeyRole.self)
    let status = try query.choice("status", as: KeyStatus.self)
    return keys.filter { key in
        (name.map { $0 == key.name } ?? true)
            && (environment.map { $0 == key.environment } ?? true)
            && (role.map { $0 == key.role } ?? true)
            && (status.map { $0 == KeyStatus(key, now: now) } ?? true)
    }
}

/// The body of `POST /keys`; the environment is that of the asking key unless another is named.
private func newKey(_ request: ControlRequest, _ principal: Principal) async throws -> NewKey {
    let fields = try await request.fields(["name", "environment", "role", "expires_at", "allowed_models"])
    guard let name = try fields.text("name") else { throw APIError.invalidField("name", expected: "given") }
    guard let role = KeyRole(rawValue: try fields.text("role") ?? KeyRole.member.rawValue) else {
        throw APIError.invalidField("role", expected: "`member` or `admin`")
    }
    return NewKey(
        name: name, project: principal.project,
        environment: try fields.text("environment") ?? principal.environment, role: role,
        expiresAt: try fields.time("expires_at") ?? nil, allowedModels: try fields.texts("allowed_models") ?? []
    )
}

private func keyChanges(_ request: ControlRequest) async throws -> KeyChanges {
    let fields = try await request.fields(["name", "allowed_models", "expires_at"])
    guard !fields.values.isEmpty else {
        throw APIError.invalidBody("name at least one of `name`, `allowed_models`, `expires_at`")
    }
    return KeyChanges(
        name: try fields.text("name"), allowedModels: try fields.texts("allowed_models"),
        expiresAt: try fields.time("expires_at")
    )
}

private func write(_ key: KeyRecord, to json: inout JSONWriter) {
    json.member("id", key.id)
    json.member("name", key.name)
    json.member("hint", key.hint)
    json.member("project", key.project)
    json.member("environment", key.environment)
    json.member("role", key.role.rawValue)
    json.member("created_at", time: key.createdAt)
    json.member("expires_at", time: key.expiresAt)
    json.member("revoked_at", time: key.revokedAt)
    json.member("allowed_models", key.allowedModels)
}

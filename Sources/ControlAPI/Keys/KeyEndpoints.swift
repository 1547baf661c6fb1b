import Access
import Bytes
import HTTPTypes
import Hummingbird
import Runtime
import Storage
import Vocabulary

/// `/keys`: list, create, change, give a new secret, block, revoke.
///
/// A key's project is that of the key that asks; only admins of the default project make keys for others.
func keyEndpoints(_ services: ControlServices) -> [Endpoint] {
    let parameters = ["limit", "cursor", "count", "name", "environment", "role", "status", "team", "user"]
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
            try await change(request, principal, try await keyChanges(request), services)
        },
        .admin(.delete, "/keys/{id}") { request, principal in
            try await services.keys.revoke(id: request.pathID, project: principal.project)
            return Response(status: .noContent)
        },
        .admin(.post, "/keys/{id}/rotate") { request, principal in
            let seconds = try await request.fields(["grace_seconds"], isOptional: true).integer("grace_seconds")
            let (grace, isHuge) = (seconds ?? defaultGraceSeconds).multipliedReportingOverflow(by: 1_000_000)
            let (key, secret) = try await services.keys.rotate(
                id: request.pathID, project: principal.project, grace: isHuge ? .max : grace)
            return Answers.object { json in
                write(key, to: &json)
                json.member("secret", secret)
            }
        },
        .admin(.post, "/keys/{id}/block") { request, principal in
            try await change(request, principal, blocked(true), services)
        },
        .admin(.post, "/keys/{id}/unblock") { request, principal in
            try await change(request, principal, blocked(false), services)
        },
    ]
}

/// A day: callers have until tomorrow to change over.
private let defaultGraceSeconds: Int64 = 86_400

private func blocked(_ isBlocked: Bool) -> KeyChanges {
    var changes = KeyChanges()
    changes.isBlocked = isBlocked
    return changes
}

private func change(
    _ request: ControlRequest, _ principal: Principal, _ changes: KeyChanges, _ services: ControlServices
) async throws -> Response {
    let key = try await services.keys.update(id: request.pathID, project: principal.project, changes)
    return Answers.object { write(key, to: &$0) }
}

/// Whether a key can be used, in the words of the parameter `status`.
private enum KeyStatus: String, CaseIterable {
    case active, blocked, expired, revoked

    init(_ key: KeyRecord, now: UnixMicroseconds) {
        if key.revokedAt != nil { self = .revoked } else if (key.expiresAt ?? .max) <= now { self = .expired } else {
            self = key.isBlocked ? .blocked : .active
        }
    }
}

private func filtered(
    _ keys: [KeyRecord], by query: QueryItems, now: UnixMicroseconds
) throws(APIError) -> [KeyRecord] {
    let name = try query.text("name")
    let environment = try query.text("environment")
    let role = try query.choice("role", as: KeyRole.self)
    let status = try query.choice("status", as: KeyStatus.self)
    let team = try query.text("team")
    let user = try query.text("user")
    return keys.filter { key in
        (name.map { $0 == key.name } ?? true)
            && (environment.map { $0 == key.environment } ?? true)
            && (role.map { $0 == key.role } ?? true)
            && (status.map { $0 == KeyStatus(key, now: now) } ?? true)
            && (team == nil || team == key.team) && (user == nil || user == key.user)
    }
}

import Access
import Bytes
import HTTPTypes
import Hummingbird
import Storage
import Vocabulary

/// `/routes`: list, show, change, remove, go back, try.
///
/// Routes lead the calls of all projects, so they are changed from the default project alone.
func routeEndpoints(_ services: ControlServices) -> [Endpoint] {
    let routes = RouteEndpoints(services: services)
    return [routes.list, routes.trial, routes.show, routes.put, routes.remove, routes.versions, routes.rollback]
}

private struct RouteEndpoints: Sendable {
    let services: ControlServices

    /// Definitions of a few hundred targets fit; a trial's request may hold a long prompt.
    private static let definitionBytes = 1 << 20
    private static let trialBytes = 8 << 20

    var list: Endpoint {
        .admin(
            .get, "/routes", parameters: ["limit", "cursor", "count", "name", "source"], scope: .recordsRead
        ) { request, _ in
            let name = try request.query.text("name")
            let source = try request.query.choice("source", as: RouteListing.Source.self)
            let all = try await control().list().filter { route in
                (name == nil || name == route.name || route.aliases.contains { $0 == name })
                    && (source == nil || source == route.source)
            }
            let page = try ListPage(
                of: all.sorted { $0.name < $1.name }, .routes, query: request.query, identity: \.name)
            return Answers.list(page.items, next: page.next, total: page.total) { route, json in
                json.beginObject()
                write(route, to: &json)
                json.endObject()
            }
        }
    }

    var show: Endpoint {
        .admin(.get, "/routes/{name}", scope: .recordsRead) { request, _ in
            let route = try await answering { try await $0.route(request.pathName) }
            return Answers.object { write(route, to: &$0) }
        }
    }

    var put: Endpoint {
        .admin(.put, "/routes/{name}") { request, principal in
            try checkProject(principal)
            let fields = try await request.members(
                ["definition", "message", "expected_version"], atMost: Self.definitionBytes)
            let change = RouteChange(
                name: request.pathName,
                definition: try fields.required("definition", try fields.object("definition")),
                message: try fields.text("message") ?? "", expected: try fields.expectedVersion(),
                author: principal.keyID)
            let route = try await answering { try await $0.put(change) }
            return Answers.object { write(route, to: &$0) }
        }
    }

    var remove: Endpoint {
        .admin(.delete, "/routes/{name}", parameters: ["expected_version"]) { request, principal in
            try checkProject(principal)
            let expected = try request.query.integer("expected_version", in: 1...Int64.max)
            try await answering { control in
                try await control.delete(
                    request.pathName, expected: expected.map { .version($0) } ?? .anything, author: principal.keyID)
            }
            return Response(status: .noContent)
        }
    }

    var versions: Endpoint {
        .admin(
            .get, "/routes/{name}/versions", parameters: ["limit", "cursor"], scope: .recordsRead
        ) { request, _ in
            let limit = try request.query.integer("limit", in: 1...1000) ?? 50
            let before = try Cursor(request.query, for: .routeVersions).map { cursor throws(APIError) in
                guard let number = Int64(String(decoding: cursor.position, as: UTF8.self)) else {
                    throw Cursor.invalid
                }
                return number
            }
            let found = try await answering {
                try await $0.versions(request.pathName, before: before, limit: limit)
            }
            let next = found.count == limit ? found.last.flatMap { $0.number > 1 ? $0.number : nil } : nil
            return Answers.list(
                found, next: next.map { Cursor(.routeVersions, Array("\($0)".utf8)) }, total: nil
            ) { write($0, to: &$1) }
        }
    }

    var rollback: Endpoint {
        .admin(.post, "/routes/{name}/rollback") { request, principal in
            try checkProject(principal)
            let fields = try await request.members(
                ["version", "message", "expected_version"], atMost: ControlRequest.maximumBodyBytes)
            let version = try fields.required("version", try fields.integer("version", in: 1...Int64.max))
            let expected = try fields.expectedVersion()
            let note = try fields.text("message") ?? ""
            let route = try await answering { control in
                try await control.rollback(
                    request.pathName, to: version, expected: expected, author: principal.keyID, note: note)
            }
            return Answers.object { write(route, to: &$0) }
        }
    }

    var trial: Endpoint {
        .admin(.post, "/routes/dry-run", scope: .recordsRead) { request, principal in
            let fields = try await request.members(RouteTrial.fields, atMost: Self.trialBytes)
            let trial = try RouteTrial(fields, principal)
            let result = try await answering { try await $0.dryRun(trial) }
            return Answers.object { write(result, to: &$0) }
        }
    }

    private func control() throws(APIError) -> any RouteControl {
        guard let control = services.routes else { throw .unavailable("Routes are not served here.") }
        return control
    }

    private func answering<Value: Sendable>(
        _ body: (any RouteControl) async throws -> Value
    ) async throws -> Value {
        do { return try await body(control()) } catch let error as RouteControlError { throw APIError(error) }
    }

    private func checkProject(_ principal: Principal) throws(APIError) {
        guard principal.project != KeyRegistry.defaultProject else { return }
        throw APIError(
            status: .forbidden, code: "default_project_required",
            message: "Routes lead the calls of all projects: change them with an admin key of the project `default`."
        )
    }
}

extension ControlRequest {
    /// The captured segment `{name}`, decoded.
    var pathName: String { parameters.get("name").map { percentDecoded($0[...]) ?? $0 } ?? "" }
}

extension BodyMembers {
    /// Absent is anything, null is none.
    fileprivate func expectedVersion() throws(APIError) -> RouteChange.Expected {
        if isNull("expected_version") { return .version(nil) }
        return try integer("expected_version", in: 1...Int64.max).map { .version($0) } ?? .anything
    }
}

extension APIError {
    init(_ error: RouteControlError) {
        switch error {
        case .notFound(let message): self = .notFound(message)
        case .invalid(let message):
            self.init(status: .unprocessableContent, code: "invalid_route", message: message)
        case .conflict(let current):
            let now = current.map { "version \($0) is in force" } ?? "it is not stored"
            self.init(
                status: .conflict, code: "version_conflict",
                message: "Somebody else changed the route: \(now). Read it again, and send that `expected_version`."
            )
        }
    }

    /// A part that this server does not run.
    static func unavailable(_ message: String) -> APIError {
        APIError(status: .serviceUnavailable, code: "not_available", message: message)
    }
}

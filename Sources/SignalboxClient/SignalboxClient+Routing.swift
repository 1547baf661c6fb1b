import NIOHTTP1

/// Why calls went where they went, where they would go, and what another plan or bill makes of them. Answers are as
/// `/api/v1/openapi.json` describes them.
extension SignalboxClient {
    /// Why a recorded call went as it did; `summary` tells it in sentences. Throws an error of status 404 where there
    /// is none.
    public func why(_ id: String) async throws(SignalboxError) -> JSONValue { try await value(Self.whyCall(id)) }

    /// Every provider with the health of its targets.
    public func providers() async throws(SignalboxError) -> [JSONValue] { try await all(Self.providersCall) }

    /// Every route, of the file and stored.
    public func routes() async throws(SignalboxError) -> [JSONValue] { try await all(Self.routesCall) }

    /// One route. Throws an error of status 404 where there is none.
    public func route(_ name: String) async throws(SignalboxError) -> JSONValue {
        try await value(Self.routeCall(name))
    }

    /// Stores a route's next version and puts it into force, everywhere when this returns.
    ///
    /// - Parameters:
    ///   - definition: As docs/routes.md describes it.
    ///   - expectedVersion: The version that must be in force, else an error of status 409; `nil` for whichever.
    public func putRoute(
        _ name: String, definition: JSONValue, message: String = "", expectedVersion: Int64? = nil
    ) async throws(SignalboxError) -> JSONValue {
        try await value(Self.putCall(name, definition, message: message, expectedVersion: expectedVersion))
    }

    /// Takes a stored route out of force; its versions stay.
    public func deleteRoute(_ name: String) async throws(SignalboxError) {
        _ = try await bytes(Self.deleteRouteCall(name))
    }

    /// The versions of a stored route, newest first.
    public func routeVersions(_ name: String) async throws(SignalboxError) -> [JSONValue] {
        try await all(Self.versionsCall(name))
    }

    /// Puts an older version into force again.
    public func rollBackRoute(_ name: String, to version: Int64) async throws(SignalboxError) -> JSONValue {
        try await value(Self.rollbackCall(name, to: version))
    }

    /// What the router would decide for a call; nothing is sent.
    public func tryRoute(_ trial: JSONValue) async throws(SignalboxError) -> JSONValue {
        try await value(APICall(.POST, "/routes/dry-run", body: try Self.encode(trial)))
    }

    /// Replays recorded calls through a changed plan; nothing is sent. docs/what-if.md describes question and answer.
    public func whatIf(_ question: JSONValue) async throws(SignalboxError) -> JSONValue {
        try await value(APICall(.POST, "/what-if", body: try Self.encode(question)))
    }

    /// Holds a provider's export of usage or costs (CSV or JSON, as it came) against the records.
    ///
    /// - Parameter tolerance: The share of a figure up to which a difference is none; `nil` is 1 %.
    public func reconcile(
        provider: String, export: [UInt8], tolerance: Double? = nil
    ) async throws(SignalboxError) -> JSONValue {
        try await value(Self.reconcileCall(provider: provider, export: export, tolerance: tolerance))
    }
}

extension SignalboxClient {
    /// The call of ``why(_:)``.
    package static func whyCall(_ id: String) -> APICall { APICall(.GET, "/requests/\(percentEncoded(id))/why") }

    /// The call of ``providers()``. A thousand is the most a list gives at once.
    package static let providersCall = APICall(.GET, "/providers", query: [QueryItem("limit", "1000")])

    /// The call of ``routes()``.
    package static let routesCall = APICall(.GET, "/routes", query: [QueryItem("limit", "1000")])

    /// The call of ``route(_:)``.
    package static func routeCall(_ name: String) -> APICall { APICall(.GET, "/routes/\(percentEncoded(name))") }

    /// The call of ``putRoute(_:definition:message:expectedVersion:)``.
    package static func putCall(
        _ name: String, _ definition: JSONValue, message: String, expectedVersion: Int64?
    ) throws(SignalboxError) -> APICall {
        var members: [String: JSONValue] = ["definition": definition]
        if !message.isEmpty { members["message"] = .string(message) }
        if let expectedVersion { members["expected_version"] = .integer(expectedVersion) }
        return APICall(.PUT, "/routes/\(percentEncoded(name))", body: try encode(JSONValue.object(members)))
    }

    /// The call of ``deleteRoute(_:)``.
    package static func deleteRouteCall(_ name: String) -> APICall {
        APICall(.DELETE, "/routes/\(percentEncoded(name))")
    }

    /// The call of ``routeVersions(_:)``.
    package static func versionsCall(_ name: String) -> APICall {
        APICall(.GET, "/routes/\(percentEncoded(name))/versions", query: [QueryItem("limit", "1000")])
    }

    /// The call of ``rollBackRoute(_:to:)``.
    package static func rollbackCall(_ name: String, to version: Int64) throws(SignalboxError) -> APICall {
        APICall(.POST, "/routes/\(percentEncoded(name))/rollback", body: try encode(["version": version]))
    }

    /// The call of ``tryRoute(_:)``, ``whatIf(_:)`` and others that send JSON as it is.
    package static func postCall(_ path: String, _ json: [UInt8]) -> APICall { APICall(.POST, path, body: json) }

    /// The call of ``reconcile(provider:export:tolerance:)``.
    package static func reconcileCall(provider: String, export: [UInt8], tolerance: Double?) -> APICall {
        var query = [QueryItem("provider", provider)]
        if let tolerance { query.append(QueryItem("tolerance", "\(tolerance)")) }
        return APICall(.POST, "/reconcile", query: query, body: export)
    }
}

package import Hummingbird

/// The control plane's HTTP API: everything under `/api/v1`, and `/metrics`.
///
/// Guarantees: every path and parameter is in `docs/openapi.json` and the reverse; every error has the documented
/// shape; whatever the query does not name exactly is refused and never guessed.
package struct ControlAPI: Sendable {
    /// Every endpoint, in the order of the documentation.
    let endpoints: [Endpoint]
    private let services: ControlServices

    package init(_ services: ControlServices) {
        self.services = services
        endpoints =
            requestEndpoints(services) + whyEndpoints(services) + summaryEndpoints(services) + keyEndpoints(services)
            + subjectEndpoints(services) + budgetEndpoints(services) + modelEndpoints(services)
            + routeEndpoints(services) + providerEndpoints(services) + whatIfEndpoints(services)
            + cacheEndpoints(services) + reconcileEndpoints(services) + systemEndpoints(services)
    }

    /// Adds the API's routes, with an answer in its own error shape for every other path and method below `/api/v1`.
    package func addRoutes<Context: RequestContext>(to router: Router<Context>) {
        for (path, group) in Dictionary(grouping: endpoints, by: \.path) {
            let allowed = Set(group.map(\.method)).union(group.contains { $0.method == .get } ? [.head] : [])
            for endpoint in group { add(endpoint, to: router) }
            for method in Self.methods where !allowed.contains(method) {
                add(.methodNotAllowed(method, path, allowed: allowed), to: router)
            }
        }
        for method in Self.methods {
            add(.unknownPath(method, Endpoint.root), to: router)
            add(.unknownPath(method, Endpoint.root + "/**"), to: router)
        }
    }

    /// What the endpoints offer, for the test that compares them with the documentation: `GET /api/v1/keys?limit&...`.
    package var routes: [RouteDescription] {
        endpoints.map { RouteDescription(method: $0.method.rawValue, path: $0.path, parameters: $0.parameters) }
    }

    /// HEAD comes with GET.
    private static let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]

    private func add<Context: RequestContext>(_ endpoint: Endpoint, to router: Router<Context>) {
        let runner = EndpointRunner(endpoint: endpoint, services: services)
        router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
            try await runner.respond(to: request, parameters: context.parameters, logger: context.logger)
        }
        guard endpoint.method == .get else { return }
        router.on(RouterPath(endpoint.path), method: .head) { request, context in
            try await runner.respond(to: request, parameters: context.parameters, logger: context.logger)
                .createHeadResponse()
        }
    }
}

/// One route in words.
package struct RouteDescription: Sendable, Hashable {
    package var method: String
    package var path: String
    /// Names of query parameters.
    package var parameters: [String]
}

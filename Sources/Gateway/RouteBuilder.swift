package import Routing

/// Compiles routes: every target found, every link followed, every deadline known.
package struct RouteBuilder: Sendable {
    private let resolver: TargetResolver
    private let exchange: ExchangeDefaults
    /// What a name in a route leads to.
    private let definitions: [String: RouteDefinition]

    /// - Parameter definitions: The route behind each name that routes may link to: plain models and other routes.
    package init(resolver: TargetResolver, exchange: ExchangeDefaults, definitions: [String: RouteDefinition]) {
        self.resolver = resolver
        self.exchange = exchange
        self.definitions = definitions
    }

    /// The route behind a name, also where it is a plain model or `provider/model`.
    package func definition(named name: String) -> RouteDefinition? {
        if let known = definitions[name] { return known }
        guard let (provider, model) = Self.split(name), resolver.target(provider: provider, model: model) != nil else {
            return nil
        }
        return RouteDefinition(
            name: name, root: .target(TargetReference(provider: provider, model: model))
        )
    }

    /// `provider/model`; Portkey's callers write `@provider/model`.
    static func split(_ name: String) -> (provider: String, model: String)? {
        guard let slash = name.firstIndex(of: "/") else { return nil }
        return (String(name[..<slash].drop { $0 == "@" }), String(name[name.index(after: slash)...]))
    }

    /// A model at a provider, without anything to decide; `nil` where there is no such provider.
    package func plain(_ name: String, provider: String, model: String) -> ModelRoute? {
        resolver.target(provider: provider, model: model).map { target in
            ModelRoute(name: name, targets: [target], policy: target.provider.policy(exchange))
        }
    }

    /// - Throws: A fault that names the place in the definition and the mend.
    package func route(_ definition: RouteDefinition) throws(RouteFault) -> ModelRoute {
        let compiled = try CompiledRoute(
            definition,
            resolve: { reference in
                guard let target = find(reference, in: definition), let health = target.health else { return nil }
                return (resolver.facts(target), health)
            },
            expand: { self.definition(named: $0) }
        )
        let targets = compiled.targets.compactMap { find($0.reference, in: definition) }
        guard let first = targets.first, targets.count == compiled.targets.count else {
            throw RouteFault(at: "targets", "A target vanished while the route was compiled. Load it again.")
        }
        var policy = first.provider.policy(exchange)
        policy.attempts = targets.map(\.provider.rules)
        policy.total = definition.timeouts?.total ?? targets.map(\.provider.total).max() ?? policy.total
        return ModelRoute(
            name: definition.name, targets: targets, compiled: compiled, policy: policy, retryBudget: RetryBudget()
        )
    }

    /// A reference without a model means the model that the caller asked for.
    private func find(_ reference: TargetReference, in definition: RouteDefinition) -> RouteTarget? {
        resolver.target(provider: reference.provider, model: reference.model ?? definition.name)
    }
}

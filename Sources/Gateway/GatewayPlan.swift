package import Access
package import Catalog
package import Ledger
package import Vocabulary

/// Everything that the data plane needs to know, compiled from configuration and keys: immutable, replaced whole.
///
/// A request keeps the plan it started with, so that a reload in the middle of a stream changes nothing for it.
package final class GatewayPlan: Sendable {
    /// Counts up with each plan that is made, so that a loop never goes back to an older one.
    package let generation: UInt64
    package let keys: KeySnapshot
    /// Routes by the name that callers use.
    package let routes: [String: ModelRoute]
    package let providers: [String: ProviderTarget]
    package let catalog: Catalog
    /// Puts together the routes that callers bring.
    package let builder: RouteBuilder
    package let limits: GatewayLimits
    package let exchange: ExchangeDefaults
    /// The providers that keep files and batches, by dialect.
    package let storingProviders: [Dialect: String]
    /// Budgets and limits; one for the server, the same in every plan.
    package let ledger: Ledger
    /// The rules of each key, by its id; a key that is not there has none.
    package let chains: [String: LedgerChain]
    /// What happens to parameters that a target can't take, where neither key nor request says.
    package let parameterPolicy: ParameterPolicy

    package init(
        generation: UInt64, keys: KeySnapshot, routes: [ModelRoute], providers: [ProviderTarget], catalog: Catalog,
        builder: RouteBuilder, limits: GatewayLimits, exchange: ExchangeDefaults,
        storingProviders: [Dialect: String] = [:],
        ledger: Ledger = Ledger(), chains: [String: LedgerChain] = [:], parameterPolicy: ParameterPolicy = .warn
    ) {
        self.generation = generation
        self.keys = keys
        self.routes = Dictionary(routes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.providers = Dictionary(providers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.catalog = catalog
        self.builder = builder
        self.limits = limits
        self.exchange = exchange
        self.storingProviders = storingProviders
        self.ledger = ledger
        self.chains = chains
        self.parameterPolicy = parameterPolicy
    }

    /// What is known of a model that a provider is asked for by its own name; `nil` if nothing is.
    package func catalogModel(provider: String, upstreamModel: String) -> CatalogModel? {
        let known = routes.values.lazy.flatMap(\.targets).first { target in
            target.provider.name == provider && target.upstreamModel == upstreamModel
        }
        return known?.catalogModel ?? catalog.resolve(provider: provider, name: upstreamModel)
    }

    /// The route of a name: one that is set up, or `provider/model` for any model of a configured provider.
    package func route(named name: String) -> ModelRoute? {
        if let route = routes[name] { return route }
        guard let (provider, model) = RouteBuilder.split(name) else { return nil }
        return builder.plain(name, provider: provider, model: model)
    }

    /// The provider that keeps files and batches of a dialect; `nil` where none is set up.
    package func storing(_ dialect: Dialect) -> ProviderTarget? {
        storingProviders[dialect].flatMap { providers[$0] }
    }

    /// A copy of its own for each event loop: one object shared by all of them would have its reference count
    /// fought over by every core on every request.
    package func copied() -> GatewayPlan {
        GatewayPlan(
            generation: generation, keys: keys, routes: Array(routes.values), providers: Array(providers.values),
            catalog: catalog, builder: builder, limits: limits, exchange: exchange, storingProviders: storingProviders,
            ledger: ledger,
            chains: chains, parameterPolicy: parameterPolicy
        )
    }
}

/// What one request may ask of the server.
package struct GatewayLimits: Sendable, Equatable {
    package var bodyBytes: Int
    package var jsonDepth: Int
    /// The longest event of a stream.
    package var eventBytes: Int
    /// The most bytes of each body that go into the record.
    package var recordedBodyBytes: Int
    /// The most calls that may be open at once, per event loop.
    package var requestsInFlight: Int

    package init(
        bodyBytes: Int, jsonDepth: Int, eventBytes: Int, recordedBodyBytes: Int, requestsInFlight: Int
    ) {
        self.bodyBytes = bodyBytes
        self.jsonDepth = jsonDepth
        self.eventBytes = eventBytes
        self.recordedBodyBytes = recordedBodyBytes
        self.requestsInFlight = requestsInFlight
    }
}

import Access
import Catalog
import Gateway
import Ledger
import Providers
import Routing
import Settings
import Vocabulary

/// Compiles settings, keys and routes into the plan that the data plane reads. Pure, but for files that prices come
/// from and for the health of targets, which outlives plans.
struct PlanCompiler: Sendable {
    let settings: Settings
    /// Routes that people made in the app or through the API; they win over those of the file.
    let storedRoutes: [RouteDefinition]
    let catalog: Catalog
    private let inputs: Inputs
    private let providers: [ProviderTarget]
    private let builder: RouteBuilder
    private let routes: [ModelRoute]
    private let exchange: ExchangeDefaults

    /// What a plan is made of beside settings, prices and routes.
    struct Inputs: Sendable {
        /// Event loops that share the limits of connections and open calls.
        var loops: Int
        /// When the plan is made, microseconds since the Unix epoch: models retired by then are not offered.
        var now: UnixMicroseconds
        var shared: SharedState
    }

    /// What outlives every plan.
    struct SharedState: Sendable {
        var ledger = Ledger()
        var health = HealthBoard()
        /// Tokens that are renewed in the background.
        var tokens = TokenBoard()
    }

    /// - Throws: `StartupError` that names the route at fault and the mend.
    init(_ settings: Settings, catalog: Catalog, storedRoutes: [RouteDefinition] = [], inputs: Inputs) throws {
        self.settings = settings
        self.storedRoutes = storedRoutes
        self.catalog = catalog
        self.inputs = inputs
        let targets = ProviderTargets(settings: settings, tokens: inputs.shared.tokens)
        providers = settings.providers.map(targets.target)
        let byName = Dictionary(providers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let resolver = TargetResolver(
            providers: byName, catalog: catalog, health: inputs.shared.health, now: inputs.now
        )
        let names = RouteNames(settings: settings, catalog: catalog, now: inputs.now)
        let definitions = try names.definitions(stored: storedRoutes)
        exchange = ExchangeDefaults(
            admissionWait: settings.limits.admissionWait.wholeNanoseconds,
            clientStall: settings.timeouts.clientStall.wholeNanoseconds,
            departure: settings.clientLeaves == .abort ? .abort : .drain
        )
        builder = RouteBuilder(resolver: resolver, exchange: exchange, definitions: names.links(definitions))
        var routes: [ModelRoute] = []
        for definition in definitions { routes += try names.routes(definition, builder) }
        let builder = builder
        self.routes = routes
            + names.plain.compactMap { builder.plain($0.name, provider: $0.provider, model: $0.model) }
    }

    /// How every target is; outlives this plan.
    var health: HealthBoard { inputs.shared.health }

    /// The same with other prices and routes, and with targets of which nothing is known: nothing that is decided with
    /// it touches what is in force.
    func apart(catalog: Catalog, storedRoutes: [RouteDefinition]) throws -> PlanCompiler {
        var inputs = inputs
        inputs.shared = SharedState()
        return try PlanCompiler(settings, catalog: catalog, storedRoutes: storedRoutes, inputs: inputs)
    }

    /// The tokens of providers that sign in.
    var tokens: TokenBoard { inputs.shared.tokens }

    /// The same with other routes of people's.
    func replacing(storedRoutes: [RouteDefinition]) throws -> PlanCompiler {
        try PlanCompiler(settings, catalog: catalog, storedRoutes: storedRoutes, inputs: inputs)
    }

    /// - Parameters:
    ///   - keys: The keys in force.
    ///   - generation: Higher than that of every plan made before.
    func plan(keys: KeySnapshot, generation: UInt64) -> GatewayPlan {
        inputs.shared.ledger.publish(keys.rules)
        return GatewayPlan(
            generation: generation, keys: keys, routes: routes, providers: providers, catalog: catalog,
            builder: builder, limits: limits, exchange: exchange, storingProviders: storing(providers),
            ledger: inputs.shared.ledger, chains: chains(keys), parameterPolicy: settings.parameters
        )
    }

    /// The rules of each key; keys without any are left out, so that their calls never ask.
    private func chains(_ keys: KeySnapshot) -> [String: LedgerChain] {
        var chains: [String: LedgerChain] = [:]
        for principal in keys.principals {
            let chain = inputs.shared.ledger.chain(principal.chain, eachCustomer: principal.customerRules)
            if chain.applies(toCustomer: "any") { chains[principal.keyID] = chain }
        }
        return chains
    }

    private var limits: GatewayLimits {
        GatewayLimits(
            bodyBytes: settings.limits.bodyBytes, jsonDepth: settings.limits.jsonDepth,
            eventBytes: settings.limits.eventBytes, recordedBodyBytes: settings.limits.recordedBodyBytes,
            requestsInFlight: max(1, settings.limits.requestsInFlight / inputs.loops)
        )
    }

    /// The first provider of a dialect keeps the files and batches of callers that name none.
    private func storing(_ providers: [ProviderTarget]) -> [Dialect: String] {
        Dictionary(providers.map { ($0.dialect, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Duration {
    /// Nanoseconds, 0 for negative durations.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds / 1_000_000_000))
    }
}

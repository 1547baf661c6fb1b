package import Access
package import Catalog

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
    package let limits: GatewayLimits

    package init(
        generation: UInt64, keys: KeySnapshot, routes: [ModelRoute], providers: [ProviderTarget], catalog: Catalog,
        limits: GatewayLimits
    ) {
        self.generation = generation
        self.keys = keys
        self.routes = Dictionary(routes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.providers = Dictionary(providers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.catalog = catalog
        self.limits = limits
    }

    /// What is known of a model that a provider is asked for by its own name; `nil` if nothing is.
    package func catalogModel(provider: String, upstreamModel: String) -> CatalogModel? {
        let route = routes.values.first { $0.provider.name == provider && $0.upstreamModel == upstreamModel }
        return route?.catalogModel ?? catalog.resolve(provider: provider, name: upstreamModel)
    }

    /// A copy of its own for each event loop: one object shared by all of them would have its reference count
    /// fought over by every core on every request.
    package func copied() -> GatewayPlan {
        GatewayPlan(
            generation: generation, keys: keys, routes: Array(routes.values), providers: Array(providers.values),
            catalog: catalog, limits: limits
        )
    }
}

/// Where a model name leads.
package struct ModelRoute: Sendable {
    /// The name that callers use.
    package var name: String
    package var provider: ProviderTarget
    /// The provider's name for the model.
    package var upstreamModel: String
    /// What the catalogue knows about it; `nil` where it knows nothing, and then nothing is priced.
    package var catalogModel: CatalogModel?

    package init(name: String, provider: ProviderTarget, upstreamModel: String, catalogModel: CatalogModel?) {
        self.name = name
        self.provider = provider
        self.upstreamModel = upstreamModel
        self.catalogModel = catalogModel
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

package import Catalog
package import Routing
package import Vocabulary

/// Finds what stands behind the targets that routes and callers name.
package struct TargetResolver: Sendable {
    private let providers: [String: ProviderTarget]
    private let catalog: Catalog
    private let health: HealthBoard
    /// Chooses price rows, microseconds since the Unix epoch.
    private let now: UnixMicroseconds

    package init(
        providers: [String: ProviderTarget], catalog: Catalog, health: HealthBoard, now: UnixMicroseconds
    ) {
        self.providers = providers
        self.catalog = catalog
        self.health = health
        self.now = now
    }

    /// A model at a configured provider; `nil` where there is no such provider.
    package func target(provider name: String, model: String) -> RouteTarget? {
        guard let provider = providers[name] else { return nil }
        let known = catalog.resolve(provider: provider.catalogueName ?? name, name: model)
        return RouteTarget(
            provider: provider, upstreamModel: model, catalogModel: known,
            health: health.health(for: "\(name)/\(model)")
        )
    }

    /// What the router may know of a target.
    package func facts(_ target: RouteTarget) -> TargetFacts {
        var facts = TargetFacts(region: target.provider.region, tags: target.provider.tags)
        facts.dataCollection = target.provider.collectsData
        facts.zeroRetention = target.provider.retainsNothing
        guard let model = target.catalogModel else { return facts }
        facts.contextWindow = model.contextWindow
        facts.maximumOutput = model.maxOutputTokens
        // No capability published at all means unknown, not none.
        facts.capabilities = model.capabilities.isEmpty ? nil : Self.capabilities(model.capabilities)
        facts.region = facts.region ?? model.region
        facts.dataCollection = facts.dataCollection ?? model.trainsOnInputs
        let prices = model.price(at: now).base
        facts.inputPrice = prices[.uncachedInput]
        facts.outputPrice = prices[.outputText]
        return facts
    }

    /// Several names differ between catalogue and router only in their place.
    private static func capabilities(_ known: ModelCapabilities) -> Capabilities {
        var result: Capabilities = [.streaming, .jsonMode, .logprobs, .multipleChoices]
        for name in known.names {
            if let capability = Capabilities(named: name) { result.insert(capability) }
        }
        return result
    }
}

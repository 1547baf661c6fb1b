package import Catalog
package import Routing

/// Where a model name leads: one target, or a route over several.
package struct ModelRoute: Sendable {
    /// The name that callers use.
    package var name: String
    /// In the order in which the route's decision counts them; never empty.
    package var targets: [RouteTarget]
    /// How to choose among the targets; `nil` for a plain model with one target and no rules.
    package var compiled: CompiledRoute?
    /// The rules for each target in turn, in the order of `targets`.
    package var policy: ExchangePolicy
    /// Shared by every call of the route: retries may not become a storm.
    package var retryBudget: RetryBudget?

    package init(
        name: String, targets: [RouteTarget], compiled: CompiledRoute? = nil, policy: ExchangePolicy,
        retryBudget: RetryBudget? = nil
    ) {
        self.name = name
        self.targets = targets
        self.compiled = compiled
        self.policy = policy
        self.retryBudget = retryBudget
    }

    /// The first target: what a plain model has, and what lists show.
    package var first: RouteTarget { targets[0] }
}

/// A model at a provider.
package struct RouteTarget: Sendable {
    package var provider: ProviderTarget
    /// The provider's name for the model.
    package var upstreamModel: String
    /// What the catalogue knows about it; `nil` where it knows nothing, and then nothing is priced.
    package var catalogModel: CatalogModel?
    /// How it has been doing; `nil` where nobody asks.
    package var health: TargetHealth?

    package init(
        provider: ProviderTarget, upstreamModel: String, catalogModel: CatalogModel?, health: TargetHealth? = nil
    ) {
        self.provider = provider
        self.upstreamModel = upstreamModel
        self.catalogModel = catalogModel
        self.health = health
    }
}

package import Catalog
package import Routing
package import Vocabulary

/// The plan that recorded calls are replayed through.
package struct ChangedPlan: Sendable {
    /// A route under the change, and what its targets are.
    package struct Route: Sendable {
        package var compiled: CompiledRoute
        /// In the order of `compiled.targets`.
        package var targets: [ReplayTarget]

        package init(compiled: CompiledRoute, targets: [ReplayTarget]) {
            self.compiled = compiled
            self.targets = targets
        }
    }

    /// The routes that the change touches, by every name that callers use. Calls of other names go where they went.
    package var routes: [String: Route]
    /// Targets whose price the change touches.
    package var repriced: Set<ReplayTarget>
    /// What is known of a model under the change, prices included.
    package var model: @Sendable (ReplayTarget) -> CatalogModel?
    /// How long answers are kept, by `RecordedCall.route`.
    package var cacheTTL: [String: Microseconds]

    package init(
        routes: [String: Route] = [:], repriced: Set<ReplayTarget> = [], cacheTTL: [String: Microseconds] = [:],
        model: @escaping @Sendable (ReplayTarget) -> CatalogModel? = { _ in nil }
    ) {
        self.routes = routes
        self.repriced = repriced
        self.cacheTTL = cacheTTL
        self.model = model
    }

    /// What a call would have cost there with the usage that was recorded; `nil` where no price is known.
    func cost(of call: RecordedCall, at target: ReplayTarget) -> Money? {
        model(target).map { Pricing.receipt(for: call.usage, model: $0, at: call.at).total }
    }
}

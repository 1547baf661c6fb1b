import Access
import Catalog
import Gateway
import Providers
import Settings
import Vocabulary

/// Compiles settings and keys into the plan that the data plane reads. Pure, but for files that prices come from.
struct PlanCompiler: Sendable {
    let settings: Settings
    let catalog: Catalog
    /// Event loops that share the limits of connections and open calls.
    let loops: Int
    /// When the plan is made, microseconds since the Unix epoch: models retired by then are not offered.
    let now: UnixMicroseconds

    /// - Parameters:
    ///   - keys: The keys in force.
    ///   - generation: Higher than that of every plan made before.
    func plan(keys: KeySnapshot, generation: UInt64) -> GatewayPlan {
        let providers = settings.providers.map(target)
        let byName = Dictionary(providers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return GatewayPlan(
            generation: generation, keys: keys, routes: routes(byName), providers: providers, catalog: catalog,
            limits: limits
        )
    }

    private var limits: GatewayLimits {
        GatewayLimits(
            bodyBytes: settings.limits.bodyBytes, jsonDepth: settings.limits.jsonDepth,
            eventBytes: settings.limits.eventBytes, recordedBodyBytes: settings.limits.recordedBodyBytes,
            requestsInFlight: max(1, settings.limits.requestsInFlight / loops)
        )
    }

    /// Models that were named come first; then, for providers that serve their whole catalogue, the rest of it.
    private func routes(_ providers: [String: ProviderTarget]) -> [ModelRoute] {
        var routes = settings.models.compactMap { model in
            providers[model.provider].map { route(model.name, $0, model.nameForUpstream) }
        }
        for provider in settings.providers {
            guard let vendor = provider.catalogue, let target = providers[provider.name] else { continue }
            for model in catalog.models(ofProvider: vendor) where !model.isRetired(at: now) {
                var route = ModelRoute(
                    name: model.name, provider: target, upstreamModel: model.name, catalogModel: model
                )
                routes.append(route)
                for alias in model.aliases {
                    route.name = alias
                    route.upstreamModel = alias
                    routes.append(route)
                }
            }
        }
        return routes
    }

    private func route(_ name: String, _ target: ProviderTarget, _ upstreamModel: String) -> ModelRoute {
        ModelRoute(
            name: name, provider: target, upstreamModel: upstreamModel,
            catalogModel: catalog.resolve(provider: target.name, name: upstreamModel)
        )
    }

    private func target(_ provider: Settings.Provider) -> ProviderTarget {
        let dialect = provider.dialect
        return ProviderTarget(
            name: provider.name, dialect: dialect,
            origin: UpstreamOrigin(
                host: provider.baseURL.host, port: provider.baseURL.port, usesTLS: provider.baseURL.isTLS,
                certificateFile: provider.caFile, maximumConnections: provider.maximumConnections
            ),
            basePath: provider.baseURL.path, credential: credential(provider, dialect),
            extraHeaders: provider.headers.map { MetadataPair(key: $0.name, value: $0.value.reveal()) },
            injectsUsage: provider.streamUsage == .inject, policy: policy(provider)
        )
    }

    private func credential(_ provider: Settings.Provider, _ dialect: Dialect) -> ProviderTarget.Credential {
        guard let key = provider.apiKey, !key.isEmpty else { return .none }
        return dialect == .openai ? .bearer(key.reveal()) : .apiKey(key.reveal())
    }

    private func policy(_ provider: Settings.Provider) -> ExchangePolicy {
        let timeouts = settings.upstreamTimeouts(of: provider)
        return ExchangePolicy(
            admissionWait: settings.limits.admissionWait.wholeNanoseconds,
            connect: timeouts.connect.wholeNanoseconds, firstByte: timeouts.firstByte.wholeNanoseconds,
            idle: timeouts.idle.wholeNanoseconds, total: timeouts.total.wholeNanoseconds,
            clientStall: settings.timeouts.clientStall.wholeNanoseconds,
            departure: settings.clientLeaves == .abort ? .abort : .drain
        )
    }
}

extension Duration {
    /// Nanoseconds, 0 for negative durations.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds / 1_000_000_000))
    }
}

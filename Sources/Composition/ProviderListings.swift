import ControlAPI
import Dialects
import Gateway
import Routing
import Runtime
import Settings
import Vocabulary

extension ProviderListing {
    /// Every provider of a plan, with the health of the targets that are known there.
    static func all(_ registry: PlanRegistry, at time: any TimeSource) -> [ProviderListing] {
        let clock = HealthClock(time)
        let plan = registry.plan
        let health = registry.compiler.health.snapshots(now: clock.monotonic)
        let routed = Set(plan.routes.values.flatMap { $0.compiled?.targets.map(\.reference.id) ?? [] })
        let presets = Dictionary(
            registry.settings.providers.map { ($0.name, $0.preset) }, uniquingKeysWith: { first, _ in first })
        return plan.providers.values.map { provider in
            let prefix = "\(provider.name)/"
            let shown = health.filter { $0.id.hasPrefix(prefix) && ($0.view.wasCalled || routed.contains($0.id)) }
            let targets = shown.map { id, view in
                Target(model: String(id.dropFirst(prefix.count)), health: clock.listing(view))
            }
            return ProviderListing(
                name: provider.name, preset: presets[provider.name] ?? nil, dialect: provider.dialect,
                host: provider.origin.hostHeader, formats: provider.formats.map(\.rawValue), targets: targets)
        }
    }
}

extension HealthView {
    /// A provider that serves its whole catalogue has hundreds of models that nobody calls.
    fileprivate var wasCalled: Bool { requests > 0 || brief.inFlight > 0 || lastFailure != nil }
}

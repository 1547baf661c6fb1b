import Bytes
import ControlAPI
import Gateway
import Routing
import Runtime
import Settings
import Storage
import Vocabulary

/// Routes as the control API shows them: stored ones, and those of the file that none of them replaces.
struct RouteListings {
    private let plan: GatewayPlan
    private let settings: Settings
    private let stored: [String: StoredRoute]
    private let clock: HealthClock

    init(_ registry: PlanRegistry, _ stored: [String: StoredRoute], _ time: any TimeSource) {
        plan = registry.plan
        settings = registry.settings
        self.stored = stored
        clock = HealthClock(time)
    }

    func all() throws -> [RouteListing] {
        let file = try settings.routes.map { try RouteListings.read($0) }
        let names = Set(file.map(\.name))
        var listings = stored.values.map { route in
            listing(route, overridesFile: names.contains(route.version.place.path))
        }
        for (definition, route) in zip(file, settings.routes) where stored[definition.name] == nil {
            var listing = RouteListing(
                name: definition.name, aliases: definition.aliases, source: .file, definition: route.json)
            listing.targets = targets(of: definition.name)
            listings.append(listing)
        }
        return listings
    }

    private func listing(_ route: StoredRoute, overridesFile: Bool) -> RouteListing {
        let name = route.version.place.path
        var listing = RouteListing(
            name: name, aliases: route.definition?.aliases ?? [], source: .stored, version: route.version.number,
            definition: route.version.body)
        listing.overridesFile = overridesFile
        listing.problem = route.problem
        if route.problem == nil { listing.targets = targets(of: name) }
        return listing
    }

    private func targets(of name: String) -> [RouteTargetListing] {
        plan.routes[name].map { RouteTargetListing.all(of: $0, clock) } ?? []
    }

    private static func read(_ route: Settings.Route) throws -> RouteDefinition {
        try route.json.withUnsafeBytes { bytes in try RouteDefinition(json: JSONView(validated: bytes)) }
    }
}

extension RouteTargetListing {
    /// The targets of a route, in the order in which its decisions count them.
    static func all(of route: ModelRoute, _ clock: HealthClock) -> [RouteTargetListing] {
        route.targets.enumerated().map { place, target in
            RouteTargetListing(
                label: route.compiled?.targets[place].reference.label
                    ?? "\(target.provider.name)/\(target.upstreamModel)",
                provider: target.provider.name, model: target.upstreamModel,
                health: target.health.map { clock.listing($0.snapshot(now: clock.monotonic)) })
        }
    }
}

/// One moment on both clocks: health is kept by the monotonic one, and shown by the wall's.
struct HealthClock {
    let wall: UnixMicroseconds
    /// Nanoseconds.
    let monotonic: UInt64

    init(_ time: any TimeSource) {
        wall = time.now()
        monotonic = time.monotonicNanoseconds()
    }

    func wall(_ moment: UInt64) -> UnixMicroseconds {
        let distance = Int64(clamping: moment > monotonic ? moment - monotonic : monotonic - moment) / 1_000
        return moment > monotonic ? wall + distance : wall - distance
    }

    func listing(_ view: HealthView) -> TargetHealthListing {
        var listing = TargetHealthListing(
            inFlight: view.brief.inFlight, requests: view.requests, failures: view.failures,
            p50: view.latencyP50.map { Int64(clamping: $0 / 1_000) },
            p95: view.latencyP95.map { Int64(clamping: $0 / 1_000) }, tokensPerSecond: view.throughputP50,
            coolingUntil: view.brief.cooldownUntil.map(wall), lastError: view.lastFailure?.rawValue,
            lastErrorAt: view.lastFailureAt.map(wall))
        switch view.brief.breaker {
        case .closed: break
        case .open(let until):
            listing.breaker = .open
            listing.coolingUntil = max(wall(until), listing.coolingUntil ?? .min)
        case .halfOpen: listing.breaker = .halfOpen
        }
        return listing
    }
}

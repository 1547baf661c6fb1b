package import Routing

/// What holds for the cache in one call: what route and caller say, and the defaults of the server for the rest.
package struct CacheRules: Sendable, Equatable {
    package var mode: CacheDirectives.Mode
    /// How old an answer may be that is given, and how long this one is kept.
    package var ttlSeconds: Int64
    package var namespace: String
    package var looksUp: Bool
    package var stores: Bool
    /// The least cosine similarity of a semantic hit in this call; a caller can raise it, never lower it.
    package var threshold: Double
    /// The route's own, which its meter starts from.
    package var routeThreshold: Double
    /// How many different answers to one request are kept.
    package var bucketSize: Int

    /// What calls get where neither route nor caller says: seven days, and 0.95 for semantic hits.
    package struct Defaults: Sendable, Equatable {
        package var ttlSeconds: Int64 = 7 * 86_400
        package var threshold = 0.95

        package init() {}
    }

    /// Ninety days: what is older than that was not meant to be kept.
    package static let longestSeconds: Int64 = 7_776_000
    /// The most answers to one request.
    package static let largestBucket = 20

    /// What became of the wishes of route and caller.
    package enum Outcome: Sendable, Equatable {
        /// Nobody asks for the cache.
        case unused
        /// The route asks for it, and the caller forbids it.
        case bypassed
        case used(CacheRules)
    }

    /// Nothing is cached unless the route has rules or the call asks by itself: with `on`, or by naming a mode.
    package static func resolve(
        route: CacheDirectives?, caller: CacheDirectives, defaults: Defaults
    ) -> Outcome {
        let routeAsks = route.map { $0.enabled ?? true } ?? false
        let callerAsks = caller.enabled ?? (caller.mode == nil ? nil : true)
        guard callerAsks ?? routeAsks else { return routeAsks ? .bypassed : .unused }
        let both = caller.over(route ?? CacheDirectives())
        let rules = CacheRules(both, route: route, defaults)
        return rules.looksUp || rules.stores ? .used(rules) : .bypassed
    }

    private init(_ wish: CacheDirectives, route: CacheDirectives?, _ defaults: Defaults) {
        mode = wish.mode ?? .exact
        ttlSeconds = min(max(0, wish.ttlSeconds ?? defaults.ttlSeconds), Self.longestSeconds)
        namespace = wish.namespace ?? ""
        // An age of 0 allows nothing that is kept.
        looksUp = wish.refresh != true && ttlSeconds > 0
        stores = wish.noStore != true && ttlSeconds > 0
        routeThreshold = min(max(0.5, route?.semanticThreshold ?? defaults.threshold), FalseHitMeter.highest)
        threshold = min(max(routeThreshold, wish.semanticThreshold ?? 0), FalseHitMeter.highest)
        bucketSize = min(max(1, wish.bucketSize ?? 1), Self.largestBucket)
    }
}

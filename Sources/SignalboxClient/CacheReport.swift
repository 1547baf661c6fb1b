import NIOHTTP1

/// What the answer cache holds and did since the server's start, for the key's project.
public struct CacheReport: Codable, Sendable, Equatable {
    /// Requests with a stored answer.
    public var entries: Int64
    /// Memory of the project's answers.
    public var bytes: Int64
    /// Memory that all projects' answers may take.
    public var limitBytes: Int64
    /// Nano-dollars that hits saved.
    public var saved: Int64
    /// Each route that uses the cache, by name.
    public var routes: [CacheRoute]

    enum CodingKeys: String, CodingKey {
        case entries, bytes, saved, routes
        case limitBytes = "limit_bytes"
    }
}

/// What the cache did for one route.
public struct CacheRoute: Codable, Sendable, Equatable {
    /// The route's name.
    public var route: String
    /// Requests with a stored answer.
    public var entries: Int64
    /// Their memory.
    public var bytes: Int64
    /// Answered because the same request was stored.
    public var hits: Int64
    /// Answered because a request that means the same was stored.
    public var semanticHits: Int64
    /// Answered together with an identical call.
    public var coalesced: Int64
    /// Looked for and not found.
    public var misses: Int64
    /// Nano-dollars that hits saved.
    public var saved: Int64
    /// Answered from the cache, of those that asked it; `nil` before any did.
    public var hitRate: Double?
    /// How often hits by meaning are wrong; `nil` where the route never looked for them.
    public var semantic: CacheMeter?

    enum CodingKeys: String, CodingKey {
        case route, entries, bytes, hits, coalesced, misses, saved, semantic
        case semanticHits = "semantic_hits"
        case hitRate = "hit_rate"
    }
}

/// How often hits by meaning are wrong, and the threshold that this led to.
public struct CacheMeter: Codable, Sendable, Equatable {
    /// The least similarity of a hit now.
    public var threshold: Double
    /// What the route asks for.
    public var configured: Double
    /// The rate of false hits that is to be kept below.
    public var target: Double
    /// Judged hits since the threshold changed last.
    public var judged: Int64
    /// The share of false ones among them; `nil` before any.
    public var falseHitRate: Double?
    /// The upper end of its 95 % interval.
    public var falseHitRateHigh: Double

    enum CodingKeys: String, CodingKey {
        case threshold, configured, target, judged
        case falseHitRate = "false_hit_rate"
        case falseHitRateHigh = "false_hit_rate_high"
    }
}

/// How many stored answers were forgotten.
public struct CachePurge: Codable, Sendable, Equatable {
    /// Requests that lost theirs.
    public var purged: Int64
}

extension SignalboxClient {
    /// What the answer cache holds and did.
    public func cache() async throws(SignalboxError) -> CacheReport { try await value(Self.cacheCall) }

    /// Forgets stored answers: all of the project's, those of a route, of a namespace, or of both.
    public func purgeCache(route: String? = nil, namespace: String? = nil) async throws(SignalboxError) -> CachePurge {
        try await value(Self.purgeCacheCall(route: route, namespace: namespace))
    }

    /// The call of ``cache()``.
    package static let cacheCall = APICall(.GET, "/cache")

    /// The call of ``purgeCache(route:namespace:)``.
    package static func purgeCacheCall(route: String?, namespace: String?) -> APICall {
        let named = [("route", route), ("namespace", namespace)]
        return APICall(.DELETE, "/cache", query: named.compactMap { name, value in value.map { QueryItem(name, $0) } })
    }
}

/// What a caller (or a route) says about the answer cache, whichever dialect said it.
///
/// A member that is `nil` was not said: the route's own setting holds.
package struct CacheDirectives: Sendable, Hashable {
    /// How a stored answer may be found.
    package enum Mode: String, Sendable, Hashable, CaseIterable {
        /// The same request, byte for byte after canonical writing.
        case exact
        /// The same, or else one that means nearly the same.
        case semantic
    }

    /// Whether the cache takes part at all.
    package var enabled: Bool?
    package var mode: Mode?
    /// How old a stored answer may be, and how long this one is kept, in seconds.
    package var ttlSeconds: Int64?
    /// A part of the cache of the caller's own; the tenant is part of the key in any case.
    package var namespace: String?
    /// The answer must not be stored. Looking up is still allowed.
    package var noStore: Bool?
    /// No look-up; the new answer replaces the stored one.
    package var refresh: Bool?
    /// The least cosine similarity of a semantic hit, above 0 and at most 1.
    package var semanticThreshold: Double?
    /// How many different answers to one request are kept; a hit is one of them at random. At least 1.
    package var bucketSize: Int?

    package init(
        enabled: Bool? = nil, mode: Mode? = nil, ttlSeconds: Int64? = nil, namespace: String? = nil,
        noStore: Bool? = nil, refresh: Bool? = nil, semanticThreshold: Double? = nil, bucketSize: Int? = nil
    ) {
        self.enabled = enabled
        self.mode = mode
        self.ttlSeconds = ttlSeconds
        self.namespace = namespace
        self.noStore = noStore
        self.refresh = refresh
        self.semanticThreshold = semanticThreshold
        self.bucketSize = bucketSize
    }

    /// True where nothing was said.
    package var isEmpty: Bool { self == CacheDirectives() }

    /// These directives, with what they leave open taken from `other`.
    package func over(_ other: CacheDirectives) -> CacheDirectives {
        CacheDirectives(
            enabled: enabled ?? other.enabled, mode: mode ?? other.mode,
            ttlSeconds: ttlSeconds ?? other.ttlSeconds, namespace: namespace ?? other.namespace,
            noStore: noStore ?? other.noStore, refresh: refresh ?? other.refresh,
            semanticThreshold: semanticThreshold ?? other.semanticThreshold, bucketSize: bucketSize ?? other.bucketSize
        )
    }
}

package import Vocabulary

/// What the cache did for one route of one project.
package struct CacheFigures: Sendable, Equatable {
    package var hits: Int64 = 0
    package var semanticHits: Int64 = 0
    package var coalesced: Int64 = 0
    package var misses: Int64 = 0
    package var refreshes: Int64 = 0
    package var bypassed: Int64 = 0
    package var stored: Int64 = 0
    package var evicted: Int64 = 0
    package var expired: Int64 = 0
    /// What the calls that were answered from it would have cost.
    package var saved = Money.zero

    package init() {}

    /// Calls that were answered from the cache, of those that asked it; `nil` before any did.
    package var hitRate: Double? {
        let served = hits + semanticHits + coalesced
        let asked = served + misses
        return asked > 0 ? Double(served) / Double(asked) : nil
    }

    mutating func count(_ verdict: CacheVerdict) {
        switch verdict {
        case .hit: hits += 1
        case .semanticHit: semanticHits += 1
        case .coalesced: coalesced += 1
        case .miss: misses += 1
        case .bypass: bypassed += 1
        case .refresh: refreshes += 1
        }
    }
}

/// A route of a project.
package struct CacheOwner: Hashable, Sendable {
    package var project: ProjectID
    package var route: String

    package init(project: ProjectID, route: String) {
        self.project = project
        self.route = route
    }

    init(_ scope: CacheScope) {
        project = scope.project
        route = scope.route
    }
}

/// Everything that is shown of one route's cache.
package struct CacheReport: Sendable {
    package var owner: CacheOwner
    package var figures = CacheFigures()
    package var entries = 0
    package var bytes = 0
    /// `nil` where the route never looked for what means the same.
    package var meter: FalseHitMeter?
}

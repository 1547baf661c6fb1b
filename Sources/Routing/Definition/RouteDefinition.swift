/// A route as people write it: what a model name leads to.
package struct RouteDefinition: Sendable, Hashable {
    /// What keeps a caller's session on one target.
    package enum Stickiness: Sendable, Hashable {
        case none
        /// By the call's session; a session moves after `ttl` nanoseconds at the latest, `nil` for never.
        case session(ttl: UInt64?)
        /// By the call's user.
        case user(ttl: UInt64?)
    }

    /// What happens when a stream breaks after its first content.
    package enum StreamBreak: String, Sendable, Hashable, CaseIterable {
        /// An error event in the caller's dialect.
        case error
        /// The next target goes on from what was said, marked in the stream and in the record.
        case goOn = "continue"
    }

    /// The name that callers use.
    package var name: String
    /// Further names that callers may use.
    package var aliases: [String]
    package var root: RouteNode
    package var retry: RetryRules
    package var timeouts: AttemptTimeouts?
    package var hedge: HedgeRules?
    package var stickiness: Stickiness
    package var streamBreak: StreamBreak
    /// Where calls go that are too long for the route's targets: routes or models by name, or targets.
    package var contextWindowFallback: [RouteNode]
    /// Where calls go whose content a provider refused.
    package var contentPolicyFallback: [RouteNode]
    /// The route's cache rules as JSON text; not read here.
    package var cache: String?
    /// Higher goes first where calls have to wait.
    package var priority: Int
    /// Identical calls in flight share one answer.
    package var coalesce: Bool
    package var parameters: ParameterEdits
    package var requirements: TargetRequirements

    package init(name: String, root: RouteNode) {
        self.name = name
        aliases = []
        self.root = root
        retry = RetryRules()
        timeouts = nil
        hedge = nil
        stickiness = .none
        streamBreak = .error
        contextWindowFallback = []
        contentPolicyFallback = []
        cache = nil
        priority = 0
        coalesce = false
        parameters = ParameterEdits()
        requirements = TargetRequirements()
    }
}

/// When a second copy of a slow call is sent to the next target.
package struct HedgeRules: Sendable, Hashable {
    /// How long the first copy may take to its first byte, in nanoseconds.
    package var after: UInt64
    /// The most further copies.
    package var maximum: Int

    package init(after: UInt64, maximum: Int = 1) {
        self.after = after
        self.maximum = maximum
    }
}

/// What a route demands of every target. A fact that is not known does not meet a demand.
package struct TargetRequirements: Sendable, Hashable {
    /// Regions that are allowed; empty for all.
    package var regions: [String]
    /// Only targets that are known not to collect data.
    package var refusesDataCollection: Bool
    /// Only targets that are known to retain nothing.
    package var zeroRetention: Bool

    package init(regions: [String] = [], refusesDataCollection: Bool = false, zeroRetention: Bool = false) {
        self.regions = regions
        self.refusesDataCollection = refusesDataCollection
        self.zeroRetention = zeroRetention
    }

    /// True where nothing is demanded.
    package var isEmpty: Bool { regions.isEmpty && !refusesDataCollection && !zeroRetention }
}

package import Vocabulary

/// What a caller wishes for the routing of one call, whichever dialect said it.
package struct RoutePreferences: Sendable, Hashable {
    /// Models or routes to try after the one that was asked for, in this order.
    package var models: [RouteLink]
    /// A tree of the caller's own, instead of the route.
    package var node: RouteNode?
    /// Providers to go first, in this order.
    package var providerOrder: [String]
    /// False: nothing but `providerOrder`, or nothing but the first choice where that is empty.
    package var allowsFallbacks: Bool
    /// Filters, each with the reason that stands in the decision.
    package var rules: [TargetRule]
    /// Only targets that know every parameter of the request.
    package var requiresParameters: Bool
    package var sort: TargetSort?
    /// Slower targets go last.
    package var latencyLimits: [PercentileLimit]
    /// Targets with less throughput go last.
    package var throughputLimits: [PercentileLimit]
    /// Tags of the call beside those of its key.
    package var tags: [String]
    package var session: String?
    package var user: String?
    package var customer: String?
    package var metadata: [MetadataPair]
    package var retry: RetryWish
    package var timeouts: AttemptTimeouts?
    package var hedge: HedgeRules?
    package var streamBreak: RouteDefinition.StreamBreak?
    package var cache: CacheDirectives
    package var rateLimit: RateLimitWish?
    /// The record must hold nothing of the request's text.
    package var omitsRequestText: Bool
    /// The record must hold nothing of the answer's text.
    package var omitsAnswerText: Bool
    /// Changes of the body beside what the target asks for.
    package var parameters: ParameterEdits
    /// Top-level members of the body that are meant for us, not for the provider.
    package var strips: [String]
    /// What was asked for and is not done, each with the reason: for the response header and the record.
    package var notes: [ParameterChange]

    package init() {
        models = []
        node = nil
        providerOrder = []
        allowsFallbacks = true
        rules = []
        requiresParameters = false
        sort = nil
        latencyLimits = []
        throughputLimits = []
        tags = []
        session = nil
        user = nil
        customer = nil
        metadata = []
        retry = RetryWish()
        timeouts = nil
        hedge = nil
        streamBreak = nil
        cache = CacheDirectives()
        rateLimit = nil
        omitsRequestText = false
        omitsAnswerText = false
        parameters = ParameterEdits()
        strips = []
        notes = []
    }

    /// Says that something is not done, and why.
    mutating func drop(_ name: String, _ why: String) { notes.append(ParameterChange(name, .dropped, why)) }

    /// True where no target is chosen, ruled out or reordered by it.
    package var leavesTargetsAlone: Bool {
        providerOrder.isEmpty && allowsFallbacks && rules.isEmpty && !requiresParameters && sort == nil
            && latencyLimits.isEmpty && throughputLimits.isEmpty
    }
}

/// A filter: targets for which the condition does not hold are ruled out.
package struct TargetRule: Sendable, Hashable {
    package var condition: Condition
    package var reason: RuledOut

    package init(_ condition: Condition, else reason: RuledOut) {
        self.condition = condition
        self.reason = reason
    }
}

/// An order that the caller wishes for.
package struct TargetSort: Sendable, Hashable {
    /// What is compared; the best goes first.
    package enum Key: String, Sendable, CaseIterable {
        case price
        case throughput
        case latency
    }

    package var by: Key
    /// True: all targets of all models are sorted together; false: those of each group.
    package var acrossModels: Bool

    package init(_ by: Key, acrossModels: Bool = false) {
        self.by = by
        self.acrossModels = acrossModels
    }
}

/// A wished bound at a percentile: nanoseconds of latency, or tokens per second of throughput.
package struct PercentileLimit: Sendable, Hashable {
    /// 50 or 95: what health keeps. 75 is judged by 95, as are 90 and 99.
    package var percentile: Int
    package var value: Double

    package init(percentile: Int, value: Double) {
        self.percentile = percentile
        self.value = value
    }
}

/// Parts of retry rules that a caller sets; what is `nil` is the route's.
package struct RetryWish: Sendable, Hashable {
    package var attempts: Int?
    package var statuses: StatusSet?
    /// Nanoseconds.
    package var backoffBase: UInt64?
    /// Nanoseconds.
    package var backoffMaximum: UInt64?
    package var usesRetryAfter: Bool?

    package init(
        attempts: Int? = nil, statuses: StatusSet? = nil, backoffBase: UInt64? = nil, backoffMaximum: UInt64? = nil,
        usesRetryAfter: Bool? = nil
    ) {
        self.attempts = attempts
        self.statuses = statuses
        self.backoffBase = backoffBase
        self.backoffMaximum = backoffMaximum
        self.usesRetryAfter = usesRetryAfter
    }

    /// True where nothing is wished.
    package var isEmpty: Bool { self == RetryWish() }

    /// `rules` with the wish put in.
    package func applied(to rules: RetryRules) -> RetryRules {
        var rules = rules
        if let attempts { rules.attempts = min(max(0, attempts), RetryRules.mostAttempts) }
        if let statuses { rules.statuses = statuses }
        if let backoffBase { rules.backoffBase = backoffBase }
        if let backoffMaximum { rules.backoffMaximum = backoffMaximum }
        if let usesRetryAfter { rules.usesRetryAfter = usesRetryAfter }
        return rules
    }
}

/// A rate limit that a caller sets for itself (Helicone's `Helicone-RateLimit-Policy`).
package struct RateLimitWish: Sendable, Hashable {
    /// What is counted.
    package enum Unit: String, Sendable, CaseIterable {
        case requests = "request"
        case cents
    }

    /// Whose calls are counted together.
    package enum Segment: Sendable, Hashable {
        /// All calls of the key.
        case global
        case user
        /// Calls with the same value of that metadata key.
        case property(String)
    }

    /// The most units in a window; at least 1.
    package var quota: Int64
    package var windowSeconds: Int64
    package var unit: Unit
    package var segment: Segment

    package init(quota: Int64, windowSeconds: Int64, unit: Unit = .requests, segment: Segment = .global) {
        self.quota = quota
        self.windowSeconds = windowSeconds
        self.unit = unit
        self.segment = segment
    }
}

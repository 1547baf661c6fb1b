/// A route is a tree: groups with a strategy over targets, over other groups, and over routes that have a name.
package indirect enum RouteNode: Sendable, Hashable {
    case target(TargetReference)
    case group(RouteGroup)
    /// Another route, or a model that is served, by name.
    case route(RouteLink)
}

/// A route or a served model, by name.
package struct RouteLink: Sendable, Hashable {
    package var name: String
    /// Changes of the body that go with it, stronger than those of the route that it leads to.
    package var parameters: ParameterEdits

    package init(_ name: String, parameters: ParameterEdits = ParameterEdits()) {
        self.name = name
        self.parameters = parameters
    }
}

/// Members and how one of them is chosen.
package struct RouteGroup: Sendable, Hashable {
    package var strategy: Strategy
    package var members: [RouteMember]
    /// The statuses of a member's answer that make the next member be tried; `nil` for the default, which is every
    /// failure but the caller's own mistakes. Failures without an answer always go on to the next.
    package var onStatusCodes: StatusSet?
    /// False: one member is chosen, and its failure is the answer.
    package var fallsOver: Bool
    /// For the targets in this group, stronger than the route's.
    package var retry: RetryRules?
    /// For the targets in this group, stronger than the route's.
    package var timeouts: AttemptTimeouts?

    package init(
        _ strategy: Strategy = .fallback, members: [RouteMember] = [], onStatusCodes: StatusSet? = nil,
        fallsOver: Bool = true, retry: RetryRules? = nil, timeouts: AttemptTimeouts? = nil
    ) {
        self.strategy = strategy
        self.members = members
        self.onStatusCodes = onStatusCodes
        self.fallsOver = fallsOver
        self.retry = retry
        self.timeouts = timeouts
    }
}

/// One member of a group.
package struct RouteMember: Sendable, Hashable {
    package var node: RouteNode
    /// What `conditional` calls it.
    package var name: String?
    /// Its share under `weighted`; 0 takes it out. At least 0.
    package var weight: Double
    /// Members of the lowest order go first, whatever the strategy; the next order is their fallback.
    package var order: Int
    /// Takes the member out where it does not hold.
    package var condition: Condition?

    package init(
        _ node: RouteNode, name: String? = nil, weight: Double = 1, order: Int = 0, condition: Condition? = nil
    ) {
        self.node = node
        self.name = name
        self.weight = weight
        self.order = order
        self.condition = condition
    }
}

/// How a group orders its members.
package enum Strategy: Sendable, Hashable {
    /// The first member and no other.
    case single
    /// As written.
    case fallback
    /// At random by weight, the rest by weight behind it.
    case weighted
    /// The quicker of two taken at random (by peak EWMA of latency times calls in flight), the rest by that score.
    case leastLatency
    /// By the price of this very call; unknown prices last.
    case cheapest
    /// By calls in flight.
    case leastBusy
    /// By the tokens per second of the last five minutes; unknown ones last.
    case highestThroughput
    /// The member that the first condition that holds names, else the default; none without one.
    case conditional([ConditionalCase], otherwise: String?)

    /// The name as written in a definition.
    package var name: String {
        switch self {
        case .single: "single"
        case .fallback: "fallback"
        case .weighted: "weighted"
        case .leastLatency: "least_latency"
        case .cheapest: "cheapest"
        case .leastBusy: "least_busy"
        case .highestThroughput: "highest_throughput"
        case .conditional: "conditional"
        }
    }

    /// Every strategy that needs nothing but its name.
    package static let plain: [Strategy] = [
        .single, .fallback, .weighted, .leastLatency, .cheapest, .leastBusy, .highestThroughput,
    ]
}

/// A line of a `conditional` group.
package struct ConditionalCase: Sendable, Hashable {
    package var when: Condition
    /// The name of the member that is taken.
    package var use: String

    package init(when: Condition, use: String) {
        self.when = when
        self.use = use
    }
}

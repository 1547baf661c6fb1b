package import Routing
package import Vocabulary

/// What a replay needs of one recorded call.
package struct RecordedCall: Sendable {
    /// What the router would be told of it.
    package var request: RouteRequest
    package var at: UnixMicroseconds
    /// What its figures are counted under: the route, or the model as callers name it.
    package var route: String
    /// Who answered, or was asked last; `nil` where nobody was asked.
    package var target: ReplayTarget?
    /// `nil` where no price was known.
    package var cost: Money?
    package var usage: TokenUsage
    /// From its head to its end.
    package var duration: Microseconds
    /// From its head to its way to a provider: what a call costs that is answered from the cache.
    package var admitted: Microseconds
    package var outcome: CallOutcome
    /// True where the answer came from the cache, or was shared with another call.
    package var isServedByCache: Bool
    /// The same for calls with the same body; `nil` where the body is not known.
    package var bodyKey: ID128?

    package init(
        request: RouteRequest, at: UnixMicroseconds, route: String, target: ReplayTarget?, cost: Money?,
        usage: TokenUsage = TokenUsage(), duration: Microseconds, admitted: Microseconds = 0,
        outcome: CallOutcome = .ok, isServedByCache: Bool = false, bodyKey: ID128? = nil
    ) {
        self.request = request
        self.at = at
        self.route = route
        self.target = target
        self.cost = cost
        self.usage = usage
        self.duration = duration
        self.admitted = admitted
        self.outcome = outcome
        self.isServedByCache = isServedByCache
        self.bodyKey = bodyKey
    }
}

/// A model at a provider.
package struct ReplayTarget: Sendable, Hashable {
    package var provider: String
    package var model: String

    package init(provider: String, model: String) {
        self.provider = provider
        self.model = model
    }

    /// `provider/model`.
    package var label: String { "\(provider)/\(model)" }
}

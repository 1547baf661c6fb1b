import Dialects
import Gateway
import Providers
import Routing
import Vocabulary

/// A checked request: what it asks for, and the targets that may serve it.
struct CallPlan {
    var operation: Operation
    /// `nil` for what is passed through.
    var endpoint: Endpoint?
    /// The model as the caller named it, empty for a passed-through call without one.
    var model: String
    /// The route's name; `nil` for what is passed through.
    var route: String?
    /// In the order of `policy.attempts`.
    var targets: [RouteTarget]
    var policy: ExchangePolicy
    /// Why these targets in this order; `nil` where there was nothing to decide.
    var decision: RoutingDecision?
    /// The path and query behind `/pass/<provider>`; `nil` for endpoints.
    var passthroughPath: String?
    /// What the route changes in the body, for each target; empty for no changes.
    var edits: [ParameterEdits] = []
    /// What the route says about the answer cache, as JSON text.
    var cache: String?
    /// The name under which the route's answers are kept, where that is not `route` (an alias).
    var cacheRoute: String?
    /// Identical calls in flight share one answer.
    var coalesces = false
    /// Queue for a connection before calls with a lower one.
    var priority = 0

    /// The form of the caller's body and answer, where it is a conversation.
    var format: WireFormat? { endpoint?.format }

    /// What the route changes in the body for one of its targets.
    func edits(of target: RouteTarget) -> ParameterEdits {
        guard !edits.isEmpty else { return ParameterEdits() }
        let place = targets.firstIndex { other in
            other.provider.name == target.provider.name && other.upstreamModel == target.upstreamModel
        }
        return place.map { edits[$0] } ?? ParameterEdits()
    }
}

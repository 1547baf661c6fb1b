/// One route as the plan holds it: every target resolved, everything that no call can change decided.
package struct CompiledRoute: Sendable {
    package let definition: RouteDefinition
    /// Every distinct target of the tree and of the fallback lists.
    package let targets: [CompiledTarget]
    let root: CompiledNode
    let contextWindowFallback: CompiledNode?
    let contentPolicyFallback: CompiledNode?
    /// The whole decision of a route with one target and nothing else to decide.
    let single: RoutingDecision?

    /// More targets are a mistake, and every call would pay for them.
    static let mostTargets = 64

    /// - Parameters:
    ///   - resolve: Facts and health of a target; `nil` where its provider or model is not known.
    ///   - expand: The route behind a `RouteLink`, which for a plain model is one around its target; `nil` where none
    ///     has that name. Its demands hold for its targets beside this route's; its retries, deadlines and parameters
    ///     are stronger than this route's.
    /// - Throws: A fault that names the target or link that leads nowhere, or the circle that links make.
    package init(
        _ definition: RouteDefinition, resolve: (TargetReference) -> (TargetFacts, TargetHealth)?,
        expand: (String) -> RouteDefinition? = { _ in nil }
    ) throws(RouteFault) {
        var compiler = RouteCompiler()
        let inherited = RouteCompiler.Inherited(definition)
        root = try compiler.compile(definition.root, inherited, resolve, expand)
        contextWindowFallback = try compiler.chain(
            definition.contextWindowFallback, at: "context_window_fallback", inherited, resolve, expand
        )
        contentPolicyFallback = try compiler.chain(
            definition.contentPolicyFallback, at: "content_policy_fallback", inherited, resolve, expand
        )
        guard !compiler.targets.isEmpty else {
            throw RouteFault(at: "targets", "The route has no target. Name at least one provider and model.")
        }
        self.definition = definition
        targets = compiler.targets
        single = RouteCompiler.single(definition, root: root, targets: compiler.targets)
    }
}

/// A target with everything that is known of it.
package struct CompiledTarget: Sendable {
    package var reference: TargetReference
    package var facts: TargetFacts
    package var health: TargetHealth
    /// Its place in `CompiledRoute.targets`.
    package var index: Int
    /// The reference's, the group's and the route's rules put together.
    package var retry: RetryRules
    package var timeouts: AttemptTimeouts
    package var parameters: ParameterEdits
    /// What rules it out for every call of this route.
    var standing: RuledOut?
}

/// A node whose targets are places in `CompiledRoute.targets`.
indirect enum CompiledNode: Sendable {
    case target(Int, lineage: [LineageStep])
    case group(CompiledGroup)
}

struct CompiledGroup: Sendable {
    var strategy: Strategy
    var members: [CompiledMember]
    var fallsOver: Bool
    /// True where every member is a target.
    var isLeaf: Bool
    /// True where members differ in their order.
    var hasOrders: Bool
}

struct CompiledMember: Sendable {
    var node: CompiledNode
    var name: String?
    var weight: Double
    var order: Int
    var condition: Condition?
    /// Every target below it.
    var targets: [Int]
    /// The same for the same targets, on every machine: what sessions are hashed with.
    var identity: UInt64
}

/// One step from the root of the tree to a target.
package struct LineageStep: Sendable, Hashable {
    /// The group, counted through the route.
    package var group: Int
    /// The place of the member in it.
    package var member: Int
    /// The group's statuses that make the next member be tried.
    package var onStatusCodes: StatusSet?
}

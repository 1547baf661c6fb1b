import Access
import Bytes
import Gateway
import NIOCore
import Providers
import Routing
import Vocabulary

/// Finds the targets of a call and the order in which they are tried.
enum RouteChoice {
    static func plan(
        _ call: Call, endpoint: Endpoint, outline: RequestOutline, principal: Principal
    ) throws(GatewayFailure) -> CallPlan {
        let name = principal.model(named: outline.model)
        let route = try Admission.route(name, principal: principal, plan: call.plan)
        let wishes = call.preferences
        guard route.compiled != nil || wishes?.needsRouting == true else {
            return CallPlan(
                operation: endpoint.operation, endpoint: endpoint, model: outline.model, route: route.name,
                targets: route.targets, policy: route.policy
            )
        }
        return try routed(call, endpoint, outline, principal, route, wishes)
    }

    private static func routed(
        _ call: Call, _ endpoint: Endpoint, _ outline: RequestOutline, _ principal: Principal, _ route: ModelRoute,
        _ wishes: RoutePreferences?
    ) throws(GatewayFailure) -> CallPlan {
        let adHoc = wishes.map { $0.node != nil || !$0.models.isEmpty } ?? false
        let chosen = adHoc || route.compiled == nil
            ? try AdHocRoute.make(route, wishes, principal: principal, plan: call.plan) : route
        guard let compiled = chosen.compiled else { throw .noTarget(outline.model, "it leads nowhere") }
        let request = RoutingFacts.request(call, endpoint, outline, principal, compiled, wishes)
        let decision = decide(call, request, compiled)
        guard !decision.attempts.isEmpty else { throw .noTarget(outline.model, reasons(decision, call)) }
        var plan = CallPlan(
            operation: endpoint.operation, endpoint: endpoint, model: outline.model, route: route.name,
            targets: chosen.targets, policy: chosen.policy
        )
        plan.decision = decision
        let own = route.compiled?.definition
        plan.cache = own?.cache
        plan.cacheRoute = own?.name
        plan.coalesces = own?.coalesce ?? false
        if plan.coalesces { plan.policy.lookupWait = min(plan.policy.attempts[0].firstByte, sharedWait) }
        plan.priority = wishes == nil ? compiled.definition.priority : request.priority
        plan.policy.walk = AttemptWalk(decision)
        plan.policy.retryBudget = chosen.retryBudget
        plan.policy.hedge = decision.hedge
        plan.policy.continuesBrokenStreams = decision.streamBreak == .goOn && outline.streams
        plan.edits = (wishes?.parameters).map { wish in compiled.targets.map { wish.over($0.parameters) } }
            ?? compiled.targets.map(\.parameters)
        return plan
    }

    /// How long a call waits for an identical one's answer before it goes on by itself, nanoseconds.
    private static let sharedWait: UInt64 = 30_000_000_000

    private static func decide(_ call: Call, _ request: RouteRequest, _ route: CompiledRoute) -> RoutingDecision {
        call.requestBody.withUnsafeReadableBytes { bytes in
            let facts = CallFacts(request, body: JSONView(validated: bytes))
            return call.loop.withRandom { random in
                Router.decide(request, facts: facts, route: route, now: call.startedAt, random: &random)
            }
        }
    }

    /// Why no target may serve the call, in a sentence.
    private static func reasons(_ decision: RoutingDecision, _ call: Call) -> String {
        decision.considered.prefix(6).compactMap { one in
            guard case .ruledOut(let reason) = one.verdict else { return nil }
            return "\(one.label): \(reason.text(now: call.startedAt))"
        }.joined(separator: "; ")
    }
}

/// Routes that a caller puts together itself.
enum AdHocRoute {
    /// - Throws: A failure that names the target or model that leads nowhere, or that the key may not use.
    static func make(
        _ route: ModelRoute, _ wishes: RoutePreferences?, principal: Principal, plan: GatewayPlan
    ) throws(GatewayFailure) -> ModelRoute {
        let base = plan.builder.definition(named: route.name)
        for choice in wishes?.models ?? [] where !principal.mayUse(model: choice.name) {
            throw Admission.notAllowed(choice.name)
        }
        let definition = base.flatMap { base in wishes?.definition(over: base) } ?? base
        guard let definition else { throw Admission.unknownModel(route.name, plan) }
        do throws(RouteFault) {
            return try plan.builder.route(definition)
        } catch {
            throw GatewayFailure(
                .invalidRequest, status: 400, "The call's own route can't be used: \(error).", parameter: error.path
            )
        }
    }
}

extension RoutePreferences {
    /// True where a plain model is no longer enough.
    var needsRouting: Bool {
        node != nil || !models.isEmpty || !leavesTargetsAlone || !retry.isEmpty || timeouts != nil || hedge != nil
            || streamBreak != nil || !parameters.isEmpty
    }
}

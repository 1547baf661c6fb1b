/// Decides where a call goes. Pure: the same call, route, health, clock and random numbers give the same decision.
package enum Router {
    /// - Parameters:
    ///   - facts: What conditions may look at: `CallFacts` over the same request, with or without the body.
    ///   - now: Monotonic nanoseconds.
    /// - Returns: The attempts in order. None of them is there twice, and none has been ruled out, but where
    ///   `isBreakerBypassed` or `isWindowBypassed` says so.
    package static func decide(
        _ request: RouteRequest, facts: some ConditionFacts, route: CompiledRoute, now: UInt64,
        random: inout some RandomNumberGenerator
    ) -> RoutingDecision {
        if let single = decideSingle(request, route, now: now) { return single }
        var selection = Selection(request: request, facts: facts, route: route, now: now)
        var drawn = DecisionRandom(seed: random.next())
        return selection.decide(random: &drawn)
    }

    /// A route with one healthy target and a call that asks for nothing special: the decision was made with the route.
    private static func decideSingle(_ request: RouteRequest, _ route: CompiledRoute, now: UInt64) -> RoutingDecision? {
        guard var decision = route.single, request.preferences.leavesTargetsAlone,
            request.preferences.retry.isEmpty, request.preferences.timeouts == nil,
            request.preferences.hedge == nil, request.preferences.streamBreak == nil
        else { return nil }
        let target = route.targets[0]
        guard target.facts.ruledOut(request) == nil, target.health.brief(now: now).ruledOut(now: now) == nil else {
            return nil
        }
        decision.decidedAt = now
        return decision
    }
}

extension TargetFacts {
    /// Why a call of this size and these needs can't go there; unknown facts rule nothing out.
    func ruledOut(_ request: RouteRequest) -> RuledOut? { lacking(request) ?? outgrown(request) }

    /// What the call needs and the target can't do.
    func lacking(_ request: RouteRequest) -> RuledOut? {
        guard let capabilities, !capabilities.isSuperset(of: request.needs) else { return nil }
        return .capability(missing: request.needs.subtracting(capabilities))
    }

    /// Whether input and longest output together are too long.
    func outgrown(_ request: RouteRequest) -> RuledOut? {
        let (sum, overflow) = request.inputTokens.addingReportingOverflow(request.maximumOutputTokens ?? 0)
        let need = overflow ? Int64.max : sum
        guard let contextWindow, need > contextWindow else { return nil }
        return .contextWindow(have: contextWindow, need: need)
    }
}

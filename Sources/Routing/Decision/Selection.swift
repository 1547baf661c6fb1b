/// The working state of one decision. Nothing in it is generic: it is compiled once, in this module, and called from
/// others, where generic code would run unspecialised.
struct Selection {
    let request: RouteRequest
    let facts: any ConditionFacts
    let route: CompiledRoute
    let now: UInt64
    /// Why each target is out before any strategy looks at it.
    var verdicts: [RuledOut?]
    /// Why a group passed over a target.
    var marks: [RuledOut?]
    var scores: [RouteScore?]
    var health: [HealthBrief]
    /// The hash of the session or user that is kept together; `nil` where none is.
    let stickyKey: UInt64?

    init(request: RouteRequest, facts: any ConditionFacts, route: CompiledRoute, now: UInt64) {
        self.request = request
        self.facts = facts
        self.route = route
        self.now = now
        health = route.targets.map { $0.health.brief(now: now) }
        verdicts = []
        marks = Array(repeating: nil, count: route.targets.count)
        scores = Array(repeating: nil, count: route.targets.count)
        stickyKey = route.definition.stickiness.key(of: request, now: now)
        verdicts = route.targets.map { ruledOut($0) }
    }

    mutating func decide(random: inout DecisionRandom) -> RoutingDecision {
        var order = ordered(random: &random)
        var isBreakerBypassed = false
        var isWindowBypassed = false
        if order.isEmpty, verdicts.contains(where: { $0?.isHealth == true }) {
            order = leastBadFirst(retryWithoutHealth(random: &random))
            isBreakerBypassed = !order.isEmpty
        }
        if order.isEmpty, verdicts.contains(where: { $0?.isWindow == true }) {
            (order, isBreakerBypassed) = retryWithoutWindow(random: &random)
            isWindowBypassed = !order.isEmpty
        }
        var decision = RoutingDecision(
            attempts: order.map { attempt($0) }, considered: [], strategy: route.root.strategyName,
            hedge: request.preferences.hedge ?? route.definition.hedge,
            streamBreak: request.preferences.streamBreak ?? route.definition.streamBreak, decidedAt: now
        )
        decision.isBreakerBypassed = isBreakerBypassed
        decision.isWindowBypassed = isWindowBypassed
        addReserves(to: &decision, random: &random)
        decision.considered = considered(decision)
        return decision
    }

    /// The tree's targets in the order of its strategies and of the caller's wishes.
    private mutating func ordered(random: inout DecisionRandom) -> [Placed] {
        var order = unique(walk(route.root, random: &random))
        if isOutgrown, let fallback = route.contextWindowFallback {
            order = unique(order + walk(fallback, random: &random))
        }
        return wished(order)
    }

    /// True where a target of the tree is too small for the call.
    private var isOutgrown: Bool { route.root.targets.contains { verdicts[$0]?.isWindow == true } }

    /// Orders again as if every target were well.
    private mutating func retryWithoutHealth(random: inout DecisionRandom) -> [Placed] {
        let saved = verdicts
        verdicts = verdicts.map { $0?.isHealth == true ? nil : $0 }
        defer { verdicts = saved }
        return ordered(random: &random)
    }

    /// Orders again as if every target were large enough; among those that are well, if there are any.
    private mutating func retryWithoutWindow(
        random: inout DecisionRandom
    ) -> (order: [Placed], isBreakerBypassed: Bool) {
        let saved = verdicts
        for index in verdicts.indices where verdicts[index]?.isWindow == true {
            verdicts[index] = health[index].ruledOut(now: now)
        }
        defer { verdicts = saved }
        let order = ordered(random: &random)
        if !order.isEmpty { return (largestFirst(order), false) }
        let sick = retryWithoutHealth(random: &random)
        return (largestFirst(sick), !sick.isEmpty)
    }

    private func leastBadFirst(_ order: [Placed]) -> [Placed] {
        order.stablySorted { health[$0.target].errorRate < health[$1.target].errorRate }
    }

    private func largestFirst(_ order: [Placed]) -> [Placed] {
        order.stablySorted {
            route.targets[$0.target].facts.contextWindow ?? .max > route.targets[$1.target].facts.contextWindow ?? .max
        }
    }

    private func unique(_ order: [Placed]) -> [Placed] {
        var seen = Array(repeating: false, count: route.targets.count)
        return order.filter { placed in
            defer { seen[placed.target] = true }
            return !seen[placed.target]
        }
    }

    private func attempt(_ placed: Placed) -> PlannedAttempt {
        var attempt = PlannedAttempt(route.targets[placed.target], lineage: placed.lineage)
        attempt.retry = request.preferences.retry.applied(to: attempt.retry)
        attempt.timeouts = request.preferences.timeouts?.over(attempt.timeouts) ?? attempt.timeouts
        return attempt
    }
}

/// A target at a place of the tree.
struct Placed {
    var target: Int
    var lineage: [LineageStep]
}

extension Selection {
    /// The lists for answers that say "too long" or "refused", for targets that are not tried anyway.
    private mutating func addReserves(to decision: inout RoutingDecision, random: inout DecisionRandom) {
        guard !decision.attempts.isEmpty, request.preferences.allowsFallbacks else { return }
        if let fallback = route.contextWindowFallback {
            decision.contextWindowAttempts = unique(walk(fallback, random: &random)).map { attempt($0) }
        }
        if let fallback = route.contentPolicyFallback {
            decision.contentPolicyAttempts = unique(walk(fallback, random: &random)).map { attempt($0) }
        }
    }

    private func considered(_ decision: RoutingDecision) -> [Considered] {
        route.targets.map { target in
            Considered(
                target: target.index, label: target.reference.label, verdict: verdict(target.index, decision),
                score: scores[target.index]
            )
        }
    }

    private func verdict(_ target: Int, _ decision: RoutingDecision) -> Considered.Verdict {
        if let place = decision.attempts.firstIndex(where: { $0.target == target }) {
            return place == 0 ? .chosen(order: 0) : .fallback(order: place)
        }
        if decision.contextWindowAttempts.contains(where: { $0.target == target }) { return .reserve(.contextWindow) }
        if decision.contentPolicyAttempts.contains(where: { $0.target == target }) { return .reserve(.contentPolicy) }
        return .ruledOut(verdicts[target] ?? marks[target] ?? .notSelected)
    }
}

extension RuledOut {
    /// True where the call is too long for the target.
    var isWindow: Bool {
        if case .contextWindow = self { true } else { false }
    }
}

extension RouteDefinition.Stickiness {
    /// The hash of what is kept together. With a time to live, each session's window begins at another moment, so that
    /// they do not all move at once.
    func key(of request: RouteRequest, now: UInt64) -> UInt64? {
        let (name, ttl): (String?, UInt64?) =
            switch self {
            case .none: (nil, nil)
            case .session(let ttl): (request.preferences.session ?? request.session, ttl)
            case .user(let ttl): (request.preferences.user ?? request.user, ttl)
            }
        guard let name, !name.isEmpty else { return nil }
        let hash = Rendezvous.hash(name)
        guard let ttl, ttl > 0 else { return hash }
        return Rendezvous.mixed(hash ^ (now &+ hash % ttl) / ttl)
    }
}

extension Array {
    /// Sorted, equals in the order they were: the library does so today, but does not promise it.
    func stablySorted(by isBefore: (Element, Element) -> Bool) -> [Element] {
        enumerated().sorted { a, b in
            if isBefore(a.element, b.element) { return true }
            return isBefore(b.element, a.element) ? false : a.offset < b.offset
        }.map(\.element)
    }
}

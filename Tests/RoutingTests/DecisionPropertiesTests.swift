import Routing
import Testing

/// Random trees, facts, health and wishes: what must hold of every decision.
@Suite struct DecisionProperties {
    private static let strategies: [Strategy] = Strategy.plain

    private func node(_ random: inout SeededGenerator, depth: Int) -> RouteNode {
        if depth == 0 || Int.random(in: 0..<3, using: &random) == 0 {
            return .target(TargetReference(provider: "p\(Int.random(in: 0..<8, using: &random))"))
        }
        let strategy = Self.strategies.randomElement(using: &random) ?? .fallback
        let members = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            RouteMember(
                node(&random, depth: depth - 1), weight: Double(Int.random(in: 0...3, using: &random)),
                order: Int.random(in: 0...1, using: &random),
                condition: Int.random(in: 0..<6, using: &random) == 0 ? .never : nil)
        }
        return .group(RouteGroup(strategy, members: members, fallsOver: Bool.random(using: &random)))
    }

    private func world(_ random: inout SeededGenerator) -> World {
        let world = World()
        for index in 0..<8 {
            world.facts["p\(index)"] = TargetFacts(
                contextWindow: Int64.random(in: 500...3000, using: &random),
                capabilities: Bool.random(using: &random) ? [.tools] : [.tools, .vision])
            if Int.random(in: 0..<4, using: &random) == 0 { world.breakDown("p\(index)", now: second) }
        }
        return world
    }

    private func request(_ random: inout SeededGenerator) -> RouteRequest {
        var request = RouteRequest(
            model: "m", needs: Bool.random(using: &random) ? .vision : [],
            inputTokens: Int64.random(in: 0...2000, using: &random))
        request.session = Bool.random(using: &random) ? "s" : nil
        if Bool.random(using: &random) { request.preferences.providerOrder = ["p3", "p1"] }
        if Bool.random(using: &random) { request.preferences.sort = TargetSort(.latency) }
        request.preferences.allowsFallbacks = Int.random(in: 0..<4, using: &random) > 0
        return request
    }

    @Test func hold() throws {
        var bypassed = 0
        for seed in 0..<3000 {
            var random = SeededGenerator(seed: UInt64(seed))
            let world = world(&random)
            var definition = RouteDefinition(name: "m", root: node(&random, depth: 3))
            definition.stickiness = .session(ttl: nil)
            definition.contextWindowFallback = [.target(TargetReference(provider: "p0"))]
            let route = try world.compile(definition)
            let request = request(&random)
            let decision = Router.decide(
                request, facts: CallFacts(request), route: route, now: second, random: &random)
            check(decision, route, request)
            if decision.isBreakerBypassed { bypassed += 1 }
        }
        #expect(bypassed > 0, "no decision had to bypass a breaker: the worlds are too healthy to show anything")
    }

    private func check(_ decision: RoutingDecision, _ route: CompiledRoute, _ request: RouteRequest) {
        let targets = decision.attempts.map(\.target)
        #expect(Set(targets).count == targets.count, "a target is there twice")
        #expect(decision.considered.map(\.target) == Array(route.targets.indices))
        for (order, target) in targets.enumerated() {
            #expect(decision.considered[target].verdict == (order == 0 ? .chosen(order: 0) : .fallback(order: order)))
            let facts = route.targets[target].facts
            #expect(facts.capabilities?.isSuperset(of: request.needs) == true)
            let fits = facts.contextWindow.map { $0 >= request.inputTokens } ?? true
            #expect(fits || decision.isWindowBypassed)
            let isOut = route.targets[target].health.brief(now: second).ruledOut(now: second) != nil
            #expect(!isOut || decision.isBreakerBypassed)
        }
        for one in decision.considered where !targets.contains(one.target) {
            if case .chosen = one.verdict { Issue.record("chosen, but not attempted") }
            if case .fallback = one.verdict { Issue.record("a fallback, but not attempted") }
        }
        if !request.preferences.allowsFallbacks {
            let providers = targets.map { route.targets[$0].reference.provider }
            #expect(targets.count <= 1 || providers.allSatisfy(request.preferences.providerOrder.contains))
        }
    }

    @Test func sameInputsGiveTheSameDecision() throws {
        for seed in 0..<200 {
            var random = SeededGenerator(seed: UInt64(seed))
            let world = world(&random)
            let route = try world.compile(RouteDefinition(name: "m", root: node(&random, depth: 3)))
            let request = request(&random)
            #expect(route.decide(request).attempts == route.decide(request).attempts)
        }
    }
}

import Routing
import Testing
import Vocabulary

@Suite struct TargetsAreOrdered {
    private func route(_ strategy: String, _ world: World, _ extra: String = "") throws -> CompiledRoute {
        try world.compile(
            #"{"name":"m","strategy":"\#(strategy)","targets":[{"provider":"a"},{"provider":"b"},{"provider":"c"}]\#(extra)}"#
        )
    }

    /// How often each label came first in many decisions.
    private func firsts(_ route: CompiledRoute, rounds: Int, now: UInt64 = second) -> [String: Int] {
        var random = SeededGenerator(seed: 7)
        var counts: [String: Int] = [:]
        let request = RouteRequest(model: "m")
        for _ in 0..<rounds {
            let decision = Router.decide(
                request, facts: CallFacts(request), route: route, now: now, random: &random)
            counts[route.labels(decision)[0], default: 0] += 1
        }
        return counts
    }

    @Test func singleHasOneAndFallbackKeepsTheOrder() throws {
        let single = try route("single", World())
        #expect(single.labels(single.decide()) == ["a"])
        let chain = try route("fallback", World())
        #expect(chain.labels(chain.decide()) == ["a", "b", "c"])
    }

    /// 20,000 draws: four standard deviations of a share of 0.6 are 1.4 %.
    @Test func weightsConverge() throws {
        let route = try World().compile(
            #"{"name":"m","strategy":"weighted","targets":[{"provider":"a","weight":6},{"provider":"b","weight":3},{"provider":"c"}]}"#
        )
        let counts = firsts(route, rounds: 20_000)
        for (label, share) in [("a", 0.6), ("b", 0.3), ("c", 0.1)] {
            #expect(abs(Double(counts[label, default: 0]) / 20_000 - share) < 0.014)
        }
    }

    @Test func theRestOfAWeightedGroupAreItsFallbacksUnlessItFallsOverNowhere() throws {
        let open = try route("weighted", World())
        #expect(Set(open.labels(open.decide())) == ["a", "b", "c"])
        let closed = try route("weighted", World(), #","falls_over":false"#)
        #expect(closed.decide().attempts.count == 1)
    }

    @Test func cheapestIsCheapestForThisCall() throws {
        let world = World()
        world.facts["a"] = TargetFacts(inputPrice: 1000, outputPrice: 10)
        world.facts["b"] = TargetFacts(inputPrice: 10, outputPrice: 3000)
        let route = try route("cheapest", world)
        #expect(route.labels(route.decide(RouteRequest(model: "m", inputTokens: 100_000))) == ["b", "a", "c"])
        #expect(route.labels(route.decide(RouteRequest(model: "m", inputTokens: 10))) == ["a", "b", "c"])
    }

    @Test func leastBusyCountsCallsInFlight() throws {
        let world = World()
        let route = try route("least_busy", world)
        for (id, count) in [("a", 3), ("b", 1), ("c", 2)] {
            for _ in 0..<count { _ = world.board.health(for: id).began(now: 0) }
        }
        #expect(route.labels(route.decide()) == ["b", "c", "a"])
    }

    /// The slowest of three is never the first of two choices; the quickest wins whenever it is drawn: two in three.
    @Test func powerOfTwoChoicesPrefersLowerLoad() throws {
        let world = World()
        for (id, milliseconds) in [("a", 100), ("b", 200), ("c", 400)] {
            let health = world.board.health(for: id)
            let sample = HealthSample(.success, firstByte: UInt64(milliseconds) * 1_000_000)
            health.ended(health.began(now: 0), sample, now: second)
        }
        let counts = firsts(try route("least_latency", world), rounds: 6000)
        #expect(counts["c"] == nil)
        #expect(abs(Double(counts["a", default: 0]) / 6000 - 2.0 / 3) < 0.025)
    }

    @Test func lowerOrdersGoFirstWhateverTheStrategy() throws {
        let route = try World().compile(
            #"""
            {"name":"m","strategy":"weighted","targets":[{"provider":"z","order":2,"weight":1000},
             {"provider":"a"},{"provider":"b"},{"provider":"y","order":1}]}
            """#)
        for seed in 0..<50 {
            let labels = route.labels(route.decide(seed: UInt64(seed)))
            #expect(Set(labels.prefix(2)) == ["a", "b"])
            #expect(labels.suffix(2) == ["y", "z"])
        }
    }

    @Test func conditionsSelectAMember() throws {
        let route = try World().compile(
            #"""
            {"name":"m","strategy":"conditional","default":"cheap",
             "cases":[{"when":{"metadata.plan":"pro"},"use":"best"}],
             "targets":[{"provider":"a","name":"cheap"},{"provider":"b","name":"best"}]}
            """#)
        var request = RouteRequest(model: "m")
        #expect(route.labels(route.decide(request)) == ["cheap"])
        request.metadata = [MetadataPair(key: "plan", value: "pro")]
        let decision = route.decide(request)
        #expect(route.labels(decision) == ["best"])
        #expect(route.reasons(decision) == ["cheap": "not_selected"])
    }

    @Test func groupsNest() throws {
        let route = try World().compile(
            #"""
            {"name":"m","targets":[
              {"strategy":"weighted","targets":[{"provider":"a"},{"provider":"b"}]},
              {"strategy":"single","targets":[{"provider":"c"},{"provider":"d"}]}, {"provider":"e"}]}
            """#)
        let labels = route.labels(route.decide())
        #expect(Set(labels.prefix(2)) == ["a", "b"])
        #expect(labels.dropFirst(2) == ["c", "e"])
    }

    @Test func theCallersOrderAndSortComeOnTop() throws {
        let world = World()
        world.facts["a"] = TargetFacts(inputPrice: 3, outputPrice: 3)
        world.facts["b"] = TargetFacts(inputPrice: 2, outputPrice: 2)
        world.facts["c"] = TargetFacts(inputPrice: 1, outputPrice: 1)
        let route = try route("fallback", world)
        var request = RouteRequest(model: "m")
        request.preferences.sort = TargetSort(.price)
        #expect(route.labels(route.decide(request)) == ["c", "b", "a"])
        request.preferences.providerOrder = ["B"]
        #expect(route.labels(route.decide(request)) == ["b", "c", "a"])
        request.preferences.allowsFallbacks = false
        let decision = route.decide(request)
        #expect(route.labels(decision) == ["b"])
    }

    @Test func targetsKnownToBeSlowGoLast() throws {
        let world = World()
        let route = try route("fallback", world)
        let health = world.board.health(for: "a")
        let sample = HealthSample(.success, firstByte: 2 * second, total: 4 * second, outputTokens: 20)
        health.ended(health.began(now: 0), sample, now: second)
        var request = RouteRequest(model: "m")
        request.preferences.latencyLimits = [PercentileLimit(percentile: 50, value: Double(second))]
        #expect(route.labels(route.decide(request)) == ["b", "c", "a"])
        request.preferences.latencyLimits = []
        request.preferences.throughputLimits = [PercentileLimit(percentile: 50, value: 50)]
        #expect(route.labels(route.decide(request)) == ["b", "c", "a"])
        request.preferences.throughputLimits = [PercentileLimit(percentile: 50, value: 5)]
        #expect(route.labels(route.decide(request)) == ["a", "b", "c"])
    }
}

import Bytes
import Routing
import Testing
import Vocabulary

@Suite struct TargetsAreRuledOut {
    private let two = #"{"name":"m","targets":[{"provider":"a"},{"provider":"b"}]}"#

    @Test func byContextWindowBeforeTheCall() throws {
        let world = World()
        world.facts["a"] = TargetFacts(contextWindow: 8000)
        world.facts["b"] = TargetFacts(contextWindow: 16_000)
        let route = try world.compile(two)
        var request = RouteRequest(model: "m", inputTokens: 7000)
        #expect(route.labels(route.decide(request)) == ["a", "b"])
        request.maximumOutputTokens = 2000
        let decision = route.decide(request)
        #expect(route.labels(decision) == ["b"])
        #expect(route.reasons(decision) == ["a": "context_window"])
        #expect(!decision.isWindowBypassed)
    }

    @Test func andALongerModelFollowsWhereTheRouteHasOne() throws {
        let world = World()
        world.facts["a"] = TargetFacts(contextWindow: 8000)
        world.facts["long"] = TargetFacts(contextWindow: 100_000)
        world.routes["big"] = .target(TargetReference(provider: "long"))
        let text = #"{"name":"m","targets":[{"provider":"a"}],"context_window_fallback":["big"]}"#
        let route = try world.compile(text)
        #expect(route.labels(route.decide(RouteRequest(model: "m", inputTokens: 9000))) == ["long"])
        let short = route.decide(RouteRequest(model: "m", inputTokens: 10))
        #expect(route.labels(short) == ["a"])
        #expect(short.considered[1].verdict == .reserve(.contextWindow))
        #expect(short.contextWindowAttempts.map(\.target) == [1])
    }

    @Test func butTheLargestIsTriedWhereNoneIsLeft() throws {
        let world = World()
        world.facts["a"] = TargetFacts(contextWindow: 8000)
        world.facts["b"] = TargetFacts(contextWindow: 16_000)
        let route = try world.compile(two)
        let decision = route.decide(RouteRequest(model: "m", inputTokens: 20_000))
        #expect(route.labels(decision) == ["b", "a"])
        #expect(decision.isWindowBypassed)
    }

    @Test func byCapability() throws {
        let world = World()
        world.facts["a"] = TargetFacts(capabilities: [.tools])
        let route = try world.compile(two)
        let decision = route.decide(RouteRequest(model: "m", needs: [.tools, .vision]))
        #expect(route.labels(decision) == ["b"])
        #expect(decision.considered[0].verdict == .ruledOut(.capability(missing: .vision)))
    }

    @Test func byRegionAndPrivacyAndUnknownDoesNotMeetADemand() throws {
        let world = World()
        world.facts["a"] = TargetFacts(region: "eu", dataCollection: false)
        world.facts["b"] = TargetFacts(region: "us", dataCollection: false)
        world.facts["c"] = TargetFacts(region: "eu")
        let route = try world.compile(
            #"""
            {"name":"m","targets":[{"provider":"a"},{"provider":"b"},{"provider":"c"},{"provider":"d"}],
             "require":{"regions":["eu"],"data_collection":"deny"}}
            """#)
        let decision = route.decide()
        #expect(route.labels(decision) == ["a"])
        #expect(route.reasons(decision) == ["b": "region", "c": "privacy", "d": "region"])
    }

    @Test func byConditionsWeightsAndUnsupportedParameters() throws {
        let world = World()
        world.facts["c"] = TargetFacts(supportedParameters: ["temperature"])
        let route = try world.compile(
            #"""
            {"name":"m","strategy":"weighted","targets":[{"provider":"a","weight":0},
             {"provider":"b","when":{"metadata.plan":"pro"}},{"provider":"c"},{"provider":"d"}]}
            """#)
        var request = RouteRequest(model: "m")
        request.preferences.requiresParameters = true
        request.parameterNames = ["model", "temperature", "logit_bias"]
        let decision = route.decide(request)
        #expect(route.labels(decision) == ["d"])
        #expect(route.reasons(decision) == ["a": "weight_zero", "b": "condition", "c": "unsupported_parameter"])
        #expect(decision.considered[2].verdict == .ruledOut(.unsupportedParameter("logit_bias")))
    }

    @Test func byRulesOfTheKey() throws {
        let route = try World().compile(two)
        var request = RouteRequest(model: "m")
        request.preferences.rules = [
            TargetRule(.compare(.target(.provider), .equals, .string("b")), else: .notAllowedByKey)
        ]
        #expect(route.reasons(route.decide(request)) == ["a": "not_allowed_by_key"])
    }

    @Test func theDecisionSaysSoAsJSON() throws {
        let world = World()
        world.breakDown("a")
        let route = try world.compile(two)
        let text = written { route.decide().write(to: &$0) }
        try withJSON(text) { view in
            #expect(view["strategy"]?.string == "fallback")
            #expect(view["attempts"]?.elements.map(\.int64) == [1])
            let first = view["considered"]?.elements.first { $0["name"]?.string == "a" }
            #expect(first?["verdict"]?.string == "ruled_out")
            #expect(first?["reason"]?.string == "breaker_open")
            #expect(first?["detail"]?.string?.contains("4000 ms") == true)
        }
    }
}

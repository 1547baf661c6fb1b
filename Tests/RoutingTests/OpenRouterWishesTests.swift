import Routing
import Testing
import Vocabulary

@Suite struct OpenRouterWishes {
    private func read(_ body: String) throws -> RoutePreferences {
        try withJSON(body) { try OpenRouterPreferences.read(body: $0) }
    }

    private func world() -> World {
        let world = World()
        world.facts["openai"] = TargetFacts(
            inputPrice: 150_000_000, outputPrice: 600_000_000, dataCollection: false, zeroRetention: true,
            quantization: "bf16")
        world.facts["azure"] = TargetFacts(
            inputPrice: 200_000_000, outputPrice: 900_000_000, dataCollection: true, quantization: "fp8")
        world.facts["deepinfra"] = TargetFacts(inputPrice: 50_000_000, outputPrice: 100_000_000)
        return world
    }

    private func labels(_ provider: String) throws -> [String] {
        let targets = #"[{"provider":"azure"},{"provider":"openai"},{"provider":"deepinfra"}]"#
        let route = try world().compile(#"{"name":"m","targets":\#(targets)}"#)
        var request = RouteRequest(model: "m")
        request.preferences = try read(#"{"provider":\#(provider)}"#)
        return route.labels(route.decide(request))
    }

    /// The official client's recorded request.
    @Test func theClientsBodyIsRead() throws {
        let wishes = try read(
            #"""
            {"messages":[{"content":"hi","role":"user"}],"model":"openai/gpt-4o-mini",
             "models":["openai/gpt-4o-mini","anthropic/claude-x"],
             "provider":{"allow_fallbacks":true,"order":["openai"],"sort":"price"},"stream":false}
            """#)
        #expect(wishes.models.map(\.name) == ["openai/gpt-4o-mini", "anthropic/claude-x"])
        #expect(wishes.providerOrder == ["openai"])
        #expect(wishes.sort == TargetSort(.price))
        #expect(wishes.strips == ["models", "provider"])
        let base = RouteDefinition(
            name: "openai/gpt-4o-mini", root: .target(TargetReference(provider: "openai", model: "gpt-4o-mini")))
        let made = try #require(wishes.definition(over: base))
        let world = World()
        world.routes["anthropic/claude-x"] = .target(TargetReference(provider: "claude"))
        let route = try world.compile(made)
        #expect(route.targets.map(\.reference.id) == ["openai/gpt-4o-mini", "claude"])
        var walk = AttemptWalk(route.decide())
        var random = SeededGenerator(seed: 1)
        let step = walk.next(after: RouteFailure(status: 400), budget: nil, now: 0, random: &random)
        #expect(step == .fallOver(route.decide().attempts[1]))
    }

    @Test(arguments: [
        (#"{}"#, ["azure", "openai", "deepinfra"]),
        (#"{"order":["DeepInfra","openai"]}"#, ["deepinfra", "openai", "azure"]),
        (#"{"order":["openai"],"allow_fallbacks":false}"#, ["openai"]),
        (#"{"allow_fallbacks":false}"#, ["azure"]),
        (#"{"only":["openai","azure"]}"#, ["azure", "openai"]),
        (#"{"only":["azure/fp8","openai/fp8"]}"#, ["azure"]),
        (#"{"ignore":["azure"]}"#, ["openai", "deepinfra"]),
        (#"{"data_collection":"deny"}"#, ["openai"]), (#"{"zdr":true}"#, ["openai"]),
        (#"{"zdr":false,"data_collection":"allow"}"#, ["azure", "openai", "deepinfra"]),
        (#"{"quantizations":["fp8","FP16"]}"#, ["azure"]),
        (#"{"quantizations":["fp8","unknown"]}"#, ["azure", "deepinfra"]),
        (#"{"sort":"price"}"#, ["deepinfra", "openai", "azure"]),
        (#"{"sort":{"by":"price","partition":"none"}}"#, ["deepinfra", "openai", "azure"]),
        (#"{"max_price":{"prompt":0.15}}"#, ["openai", "deepinfra"]),
        (#"{"max_price":{"prompt":"1","completion":"0.1"}}"#, ["deepinfra"]),
    ])
    func providerMembersChooseTargets(provider: String, expected: [String]) throws {
        #expect(try labels(provider) == expected)
    }

    @Test(arguments: [
        (
            #"{"provider":{"enforce_distillable_text":true}}"#, RouteFault.Kind.refused,
            "provider.enforce_distillable_text"
        ),
        (#"{"preset":"x"}"#, .refused, "preset"), (#"{"provider":{"onyl":["a"]}}"#, .invalid, "provider.onyl"),
        (#"{"provider":{"data_collection":"maybe"}}"#, .invalid, "provider.data_collection"),
        (#"{"models":["a",1]}"#, .invalid, "models[1]"), (#"{"route":"random"}"#, .invalid, "route"),
        (#"{"provider":{"max_price":{"prompt":-1}}}"#, .invalid, "provider.max_price.prompt"),
    ])
    func whatCannotBeHonouredIsRefused(body: String, kind: RouteFault.Kind, place: String) {
        let found = fault { _ = try read(body) }
        #expect(found?.kind == kind)
        #expect(found?.path == place)
    }

    @Test func othersMembersOfTheSameNameStay() throws {
        let wishes = try read(#"{"provider":"x","usage":1,"temperature":1}"#)
        #expect(wishes == RoutePreferences())
        let own = try read(#"{"session_id":"s","transforms":["middle-out"],"usage":{"include":true},"plugins":[]}"#)
        #expect(own.session == "s")
        #expect(own.notes.map(\.name) == ["transforms"])
        #expect(own.strips == ["session_id", "transforms", "usage", "plugins"])
    }

    @Test func limitsMayBePercentiles() throws {
        let wishes = try read(
            #"{"provider":{"preferred_max_latency":{"p50":1,"p90":2.5},"preferred_min_throughput":40}}"#)
        #expect(
            wishes.latencyLimits == [
                PercentileLimit(percentile: 50, value: 1e9), PercentileLimit(percentile: 90, value: 2.5e9),
            ])
        #expect(wishes.throughputLimits == [PercentileLimit(percentile: 50, value: 40)])
    }

    @Test func suffixesAreWishesToo() throws {
        #expect(OpenRouterPreferences.suffix(of: "a/b:nitro")?.preferences.sort?.by == .throughput)
        #expect(OpenRouterPreferences.suffix(of: "a/b:floor")?.model == "a/b")
        #expect(OpenRouterPreferences.suffix(of: "llama3:8b") == nil)
        #expect(OpenRouterPreferences.suffix(of: ":free") == nil)
        let world = world()
        world.facts["deepinfra"] = TargetFacts(inputPrice: 0, outputPrice: 0)
        let route = try world.compile(
            #"{"name":"m","targets":[{"provider":"azure"},{"provider":"deepinfra"},{"provider":"x"}]}"#)
        var request = RouteRequest(model: "m")
        request.preferences = try #require(OpenRouterPreferences.suffix(of: "m:free")).preferences
        let decision = route.decide(request)
        #expect(route.labels(decision) == ["deepinfra"])
        #expect(route.reasons(decision) == ["azure": "price", "x": "price"])
    }
}

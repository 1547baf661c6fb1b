import Routing
import Testing
import Vocabulary

@Suite struct PortkeyConfigs {
    private func read(_ config: String, model: String = "gpt-4o") throws -> RoutePreferences {
        try PortkeyPreferences.read(headers: headers([("X-Portkey-Config", config)]), model: model)
    }

    /// The official client's recorded headers.
    @Test func theClientsHeadersAreRead() throws {
        let config = #"""
            {"strategy": {"mode": "fallback"}, "retry": {"attempts": 3}, "cache": {"mode": "semantic", "max_age": 60}, "targets": [{"virtual_key": "openai-1"}, {"virtual_key": "azure-1", "override_params": {"model": "gpt-4o"}, "weight": 0.5}]}
            """#
        let wishes = try PortkeyPreferences.read(
            headers: headers([
                ("x-portkey-api-key", "pk_dummy"), ("x-portkey-package-version", "portkey-2.3.4"),
                ("x-portkey-runtime", "CPython"), ("x-portkey-runtime-version", "3.11.7"),
                ("x-portkey-virtual-key", "openai-1"), ("x-portkey-config", config), ("x-portkey-trace-id", "trace-1"),
                ("x-portkey-metadata", #"{"_user": "u1", "team": "a"}"#),
                ("x-portkey-strict-open-ai-compliance", "false"),
            ]), model: "gpt-4o-mini")
        #expect(wishes.user == "u1")
        #expect(wishes.metadata == [MetadataPair(key: "team", value: "a")])
        #expect(wishes.cache == CacheDirectives(enabled: true, mode: .semantic, ttlSeconds: 60))
        #expect(wishes.notes.isEmpty)
        let base = RouteDefinition(name: "gpt-4o-mini", root: .target(TargetReference(provider: "x")))
        let route = try World().compile(try #require(wishes.definition(over: base)))
        #expect(route.targets.map(\.reference.provider) == ["openai-1", "azure-1"])
        #expect(route.targets.map(\.reference.model) == [nil, "gpt-4o"])
        #expect(route.targets.allSatisfy { $0.retry.attempts == 3 && $0.retry.statuses?.contains(502) == true })
    }

    @Test func targetsNestAndInherit() throws {
        let wishes = try read(
            #"""
            {"strategy":{"mode":"loadbalance"},"request_timeout":5000,"override_params":{"temperature":0},
             "targets":[
              {"provider":"openai","weight":0.7,"default_params":{"max_tokens":5},"drop_params":["seed"]},
              {"strategy":{"mode":"fallback","on_status_codes":[429]},"weight":0.3,"provider":"azure",
               "targets":[{"override_params":{"model":"a","temperature":1}},{"provider":"@mine","override_params":{"model":"@yours/b"}}]}]}
            """#)
        let base = RouteDefinition(name: "gpt-4o", root: .route(RouteLink("x")))
        let route = try World().compile(try #require(wishes.definition(over: base)))
        #expect(route.targets.map(\.reference.id) == ["openai", "azure/a", "yours/b"])
        #expect(route.targets.allSatisfy { $0.timeouts.total == 5 * second })
        #expect(route.targets[0].parameters.overrides == [ParameterEdits.Member("temperature", json: "0")])
        #expect(route.targets[0].parameters.drops == ["seed"])
        #expect(route.targets[1].parameters.overrides == [ParameterEdits.Member("temperature", json: "1")])
        for seed in 0..<20 {
            let attempts = route.decide(seed: UInt64(seed)).attempts.map(\.target)
            #expect(attempts == [0] || attempts == [1, 2])
        }
    }

    @Test func conditionsChooseATarget() throws {
        let wishes = try read(
            #"""
            {"strategy":{"mode":"conditional","default":"free","conditions":[
               {"query":{"$and":[{"metadata.plan":{"$eq":"paid"}},{"params.temperature":{"$lte":1}}]},"then":"paid"}]},
             "targets":[{"name":"free","provider":"a"},{"name":"paid","provider":"b"}]}
            """#)
        let base = RouteDefinition(name: "m", root: .route(RouteLink("x")))
        let route = try World().compile(try #require(wishes.definition(over: base)))
        var request = RouteRequest(model: "m")
        #expect(route.labels(route.decide(request)) == ["free"])
        request.metadata = [MetadataPair(key: "plan", value: "paid")]
        var random = SeededGenerator(seed: 1)
        try withJSON(#"{"temperature":0.5}"#) { body in
            let decision = Router.decide(
                request, facts: CallFacts(request, body: body), route: route, now: second, random: &random)
            #expect(route.labels(decision) == ["paid"])
        }
    }

    @Test func rulesWithoutTargetsAreForTheConfiguredRoute() throws {
        let wishes = try read(#"{"retry":{"attempts":2,"on_status_codes":[503]},"default_params":{"a":1}}"#)
        #expect(wishes.node == nil)
        #expect(wishes.retry.attempts == 2)
        #expect(wishes.retry.statuses == StatusSet(codes: [503]))
        #expect(wishes.parameters.defaults == [ParameterEdits.Member("a", json: "1")])
    }

    @Test func aSavedConfigurationIsARouteOfThatName() throws {
        #expect(try read("pc-fast-1").node == .route(RouteLink("pc-fast-1")))
        let provider = try PortkeyPreferences.read(headers: headers([("x-portkey-provider", "@openai")]), model: "m")
        #expect(provider.node == .target(TargetReference(provider: "openai")))
        #expect(PortkeyPreferences.providerAndModel("@a/b/c")?.model == "b/c")
        #expect(PortkeyPreferences.providerAndModel("a/b") == nil)
    }

    @Test(arguments: [
        (#"{"targets":[{"provider":"a","api_key":"sk"}]}"#, "x-portkey-config.targets[0].api_key"),
        (#"{"provider":"a","custom_host":"http://169.254.169.254"}"#, "x-portkey-config.custom_host"),
        (#"{"input_guardrails":["g"]}"#, "x-portkey-config.input_guardrails"),
        (#"{"before_request_hooks":[{"id":"x"}]}"#, "x-portkey-config.before_request_hooks"),
        (#"{"provider":"a","aws_secret_access_key":"x"}"#, "x-portkey-config.aws_secret_access_key"),
    ])
    func whatMattersAndIsNotDoneIsRefused(config: String, place: String) {
        let found = fault { _ = try read(config) }
        #expect(found?.kind == .refused)
        #expect(found?.path == place)
    }

    @Test func theRestIsNamed() throws {
        let config =
            #"{"provider":"a","forward_headers":["x"],"strategy":{"mode":"single","cb_config":{}},"targets":[{"cache":{"mode":"simple"}}],"input_guardrails":[]}"#
        let names = try read(config).notes.map(\.name)
        #expect(
            names.sorted() == [
                "x-portkey-config.forward_headers", "x-portkey-config.strategy.cb_config",
                "x-portkey-config.targets[0].cache",
            ])
    }

    @Test func badJSONNamesTheHeader() {
        #expect(fault { _ = try read("{nonsense") }?.path == "x-portkey-config")
        #expect(
            fault { _ = try read(#"{"strategy":{"mode":"lodbalance"},"targets":[{"provider":"a"}]}"#) }?.message
                .contains("loadbalance") == true)
    }
}

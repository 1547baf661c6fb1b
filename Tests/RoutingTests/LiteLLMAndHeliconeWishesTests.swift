import Routing
import Testing
import Vocabulary

@Suite struct LiteLLMWishes {
    private func read(_ body: String) throws -> RoutePreferences {
        try withJSON(body) { try LiteLLMPreferences.read(body: $0, model: "gpt-4o") }
    }

    @Test func fallbacksHaveThreeForms() throws {
        let wishes = try read(
            #"""
            {"fallbacks":["a",{"model":"b","temperature":0.1,"api_version":"x"},{"gpt-4o":["c"],"other":["d"],"*":["e"]}],
             "num_retries":3,"disable_fallbacks":false}
            """#)
        #expect(wishes.models.map(\.name) == ["a", "b", "c", "e"])
        #expect(wishes.models[1].parameters.overrides.map(\.name) == ["temperature", "api_version"])
        #expect(wishes.retry.attempts == 3)
        #expect(wishes.allowsFallbacks)
        #expect(wishes.strips == ["fallbacks", "num_retries", "disable_fallbacks"])
    }

    @Test func disabledFallbacksAreNotTried() throws {
        var request = RouteRequest(model: "m")
        request.preferences = try read(#"{"disable_fallbacks":true}"#)
        let route = try World().compile(#"{"name":"m","targets":[{"provider":"a"},{"provider":"b"}]}"#)
        #expect(route.labels(route.decide(request)) == ["a"])
    }

    @Test func tagsChooseTargetsByTheirConditions() throws {
        var request = RouteRequest(model: "m")
        let route = try World().compile(
            #"{"name":"m","targets":[{"provider":"a","when":{"tag":"paid"}},{"provider":"b"}]}"#)
        #expect(route.labels(route.decide(request)) == ["b"])
        request.preferences = try read(#"{"metadata":{"tags":["paid"]}}"#)
        #expect(route.labels(route.decide(request)) == ["a", "b"])
    }

    @Test func tagsCacheAndTimeouts() throws {
        let wishes = try read(
            #"""
            {"metadata":{"tags":["x","y"],"session_id":"s"},"timeout":2.5,"stream_timeout":1,
             "cache":{"ttl":600,"s-maxage":60,"no-cache":true,"no-store":false,"namespace":"n"}}
            """#)
        #expect(wishes.tags == ["x", "y"])
        #expect(wishes.session == "s")
        #expect(wishes.timeouts == AttemptTimeouts(firstToken: second, total: 2_500_000_000))
        #expect(wishes.cache == CacheDirectives(ttlSeconds: 60, namespace: "n", noStore: false, refresh: true))
        #expect(wishes.strips.contains("metadata"))
        #expect(try read(#"{"metadata":{"a":"b"}}"#).strips.isEmpty)
    }

    @Test(arguments: ["mock_response", "mock_testing_fallbacks", "api_key", "api_base", "guardrails"])
    func pretendingAndCredentialsAreRefused(member: String) {
        let found = fault { _ = try read(#"{"\#(member)":["x"]}"#) }
        #expect(found?.kind == .refused)
        #expect(found?.path == member)
    }

    @Test func headersAreRead() throws {
        let wishes = try LiteLLMPreferences.read(
            headers: headers([
                ("X-LiteLLM-Timeout", "10"), ("x-litellm-num-retries", "1"), ("x-litellm-tags", "a, b"),
                ("x-litellm-end-user-id", "c9"), ("x-litellm-enable-message-redaction", "true"),
                ("x-litellm-spend-logs-metadata", #"{"k":"v"}"#), ("x-litellm-min-quality-tier", "2"),
            ]))
        #expect(wishes.timeouts?.total == 10 * second)
        #expect(wishes.retry.attempts == 1)
        #expect(wishes.tags == ["a", "b"])
        #expect(wishes.customer == "c9")
        #expect(wishes.omitsRequestText && wishes.omitsAnswerText)
        #expect(wishes.metadata == [MetadataPair(key: "k", value: "v")])
        #expect(wishes.notes.map(\.name) == ["x-litellm-min-quality-tier"])
        #expect(
            fault { _ = try LiteLLMPreferences.read(headers: headers([("x-litellm-timeout", "soon")])) }?.path
                == "x-litellm-timeout")
    }
}

@Suite struct HeliconeWishes {
    private func read(_ pairs: [(String, String)]) throws -> RoutePreferences {
        try HeliconePreferences.read(headers: headers(pairs))
    }

    @Test func labelsCacheRetriesAndLimits() throws {
        let wishes = try read([
            ("Helicone-Auth", "Bearer x"), ("Helicone-User-Id", "ann"), ("Helicone-Session-Id", "s"),
            ("Helicone-Property-App", "web"), ("Helicone-Cache-Enabled", "true"),
            ("Cache-Control", "max-age=3600, private"),
            ("Helicone-Cache-Bucket-Max-Size", "3"), ("Helicone-Cache-Seed", "seed"),
            ("Helicone-Retry-Enabled", "true"),
            ("helicone-retry-num", "2"), ("helicone-retry-min-timeout", "500"), ("Helicone-Omit-Request", "true"),
            ("Helicone-RateLimit-Policy", "1000;w=60;u=cents;s=App"), ("Helicone-Posthog-Key", "k"),
        ])
        #expect(wishes.user == "ann")
        #expect(wishes.session == "s")
        #expect(wishes.metadata == [MetadataPair(key: "app", value: "web")])
        #expect(wishes.cache == CacheDirectives(enabled: true, ttlSeconds: 3600, namespace: "seed", bucketSize: 3))
        #expect(wishes.retry.attempts == 2)
        #expect(wishes.retry.backoffBase == second / 2)
        #expect(wishes.retry.backoffMaximum == 10 * second)
        #expect(wishes.omitsRequestText && !wishes.omitsAnswerText)
        #expect(
            wishes.rateLimit == RateLimitWish(quota: 1000, windowSeconds: 60, unit: .cents, segment: .property("app")))
        #expect(wishes.notes.map(\.name) == ["helicone-posthog-key"])
    }

    @Test func fallbacksNameModels() throws {
        let text =
            #"["a",{"model":"b"},{"target-url":"https://x","bodyKeyOverride":{"model":"c","n":1},"onCodes":[401,"5xx"]}]"#
        let wishes = try read([("Helicone-Fallbacks", text)])
        #expect(wishes.models.map(\.name) == ["a", "b", "c"])
        #expect(wishes.models[2].parameters.overrides == [ParameterEdits.Member("n", json: "1")])
    }

    @Test(arguments: [
        ("Helicone-Moderations-Enabled", "true"), ("Helicone-LLM-Security-Enabled", "true"),
        ("Helicone-Target-URL", "http://169.254.169.254"), ("Helicone-Token-Limit-Exception-Handler", "truncate"),
        ("Helicone-Guard-Something", "1"), ("Helicone-Fallbacks", #"[{"target-url":"https://x"}]"#),
    ])
    func whatMattersAndIsNotDoneIsRefused(name: String, value: String) {
        let found = fault { _ = try read([(name, value)]) }
        #expect(found?.kind == .refused)
        #expect(found?.path.hasPrefix(name.lowercased()) == true)
    }

    @Test func switchedOffIsNotAskedFor() throws {
        #expect(try read([("Helicone-Moderations-Enabled", "false")]) == RoutePreferences())
        #expect(try read([("Helicone-Retry-Num", "4")]) == RoutePreferences())
    }

    @Test(arguments: ["", "x;w=60", "0;w=60", "10", "10;w", "10;w=60;u=tokens", "10;w=60;z=1"])
    func badPoliciesAreNamed(policy: String) {
        #expect(fault { _ = try read([("Helicone-RateLimit-Policy", policy)]) }?.path == "helicone-ratelimit-policy")
    }
}

@Suite struct OurOwnHeader {
    @Test func everyOption() throws {
        let wishes = try SignalboxPreferences.read(
            "fallbacks=a,b; order=x; only=x,y; ignore=z; regions=EU; sort=latency; retries=1; timeout=20s;"
                + "first-token-timeout=900ms; hedge=2s; session=s1; tags=t; stream-break=continue; no-fallbacks;"
                + "private; cache=refresh; cache-ttl=5m; cache-namespace=n")
        #expect(wishes.models.map(\.name) == ["a", "b"])
        #expect(wishes.rules.map(\.reason) == [.notInOnly, .ignoredByCaller, .region, .privacy])
        #expect(wishes.sort?.by == .latency)
        #expect(wishes.timeouts == AttemptTimeouts(firstToken: 900_000_000, total: 20 * second))
        #expect(wishes.hedge?.after == 2 * second)
        #expect(wishes.streamBreak == .goOn)
        #expect(!wishes.allowsFallbacks)
        #expect(wishes.cache == CacheDirectives(ttlSeconds: 300, namespace: "n", refresh: true))
    }

    @Test(arguments: ["retires=1", "retries=lots", "timeout=20", "sort=size", "cache=maybe", "only="])
    func mistakesAreNamed(text: String) {
        #expect(fault { _ = try SignalboxPreferences.read(text) }?.path.hasPrefix("x-signalbox-route.") == true)
    }

    @Test func wishesOfSeveralDialectsAddUp() throws {
        let mine = try SignalboxPreferences.read("only=a; retries=1; cache=off")
        let other = try SignalboxPreferences.read("ignore=b; retries=4; cache-ttl=1m; no-fallbacks; tags=x")
        let both = mine.over(other)
        #expect(both.rules.map(\.reason) == [.notInOnly, .ignoredByCaller])
        #expect(both.retry.attempts == 1)
        #expect(both.cache == CacheDirectives(enabled: false, ttlSeconds: 60))
        #expect(!both.allowsFallbacks)
        #expect(both.tags == ["x"])
    }

    @Test func aCallersRetriesAndTimeoutsReachTheAttempt() throws {
        let route = try World().compile(
            #"{"name":"m","targets":[{"provider":"a"}],"retry":3,"timeouts":{"total":"60s","connect":"1s"}}"#)
        var request = RouteRequest(model: "m")
        #expect(route.decide(request).attempts[0].retry.attempts == 3)
        request.preferences = try SignalboxPreferences.read("retries=0; timeout=5s")
        let attempt = route.decide(request).attempts[0]
        #expect(attempt.retry.attempts == 0)
        #expect(attempt.timeouts == AttemptTimeouts(connect: second, total: 5 * second))
    }
}

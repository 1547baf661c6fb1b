import Routing
import Testing

@Suite struct RoutesAreReadAndWritten {
    static let full = #"""
        {"name": "chat", "aliases": ["fast"], "strategy": "weighted", "on_status": [429, "5xx", "400-404"],
         "targets": [
           {"provider": "openai", "model": "gpt-4o-mini", "weight": 3, "name": "main"},
           {"strategy": "conditional", "default": "b", "name": "inner", "order": 1, "retry": 1,
            "timeouts": {"total": "90s"}, "falls_over": false,
            "cases": [{"when": {"metadata.plan": "pro"}, "use": "a"}],
            "targets": [{"name": "a", "provider": "claude", "when": {"tag": "eu"}},
                        {"name": "b", "route": "other", "parameters": {"overrides": {"top_p": 1}}}]},
           {"provider": "azure", "parameters": {"defaults": {"temperature": 0.5}, "drop": ["logit_bias"]},
            "retry": {"attempts": 1, "on": ["timeout"], "on_status": [503], "jitter": 0.5}}],
         "retry": {"attempts": 3, "backoff": "100ms", "maximum_backoff": "2s", "retry_after": false,
                   "maximum_retry_after": "1m"},
         "timeouts": {"connect": "2s", "first_byte": "20s", "first_token": "30s", "chunk_stall": "1500ms", "total": "5m"},
         "hedge": {"after": "2s", "maximum": 2}, "stickiness": {"by": "session", "ttl": "1h"},
         "on_stream_break": "continue", "context_window_fallback": ["long", {"provider": "g", "model": "x"}],
         "content_policy_fallback": [{"route": "lax", "parameters": {"drop": ["a"]}}], "cache": {"ttl": 60},
         "priority": 5, "coalesce": true, "parameters": {"defaults": {"max_tokens": 10}},
         "require": {"regions": ["eu"], "data_collection": "deny", "zero_retention": true}}
        """#

    @Test(arguments: [
        full, #"{"name":"m","targets":[{"provider":"openai"}]}"#, #"{"name":"m","targets":[{"route":"x"}]}"#,
        #"{"name":"m","targets":[{"provider":"openai","name":"n"}]}"#,
        #"{"name":"m","targets":[{"provider":"openai","weight":2}],"stickiness":"user"}"#,
        #"{"name":"m","strategy":"single","targets":[{"provider":"a"},{"provider":"b"}],"falls_over":false}"#,
    ])
    func roundTrip(text: String) throws {
        let original = try definition(text)
        let again = try definition(written { original.write(to: &$0) })
        #expect(again == original)
    }

    @Test func everyMemberArrives() throws {
        let route = try definition(Self.full)
        #expect(route.aliases == ["fast"])
        #expect(route.retry.attempts == 3)
        #expect(route.retry.backoffBase == second / 10)
        #expect(!route.retry.usesRetryAfter)
        #expect(route.timeouts?.chunkStall == 1_500_000_000)
        #expect(route.hedge == HedgeRules(after: 2 * second, maximum: 2))
        #expect(route.stickiness == .session(ttl: 3600 * second))
        #expect(route.streamBreak == .goOn)
        #expect(route.contextWindowFallback.count == 2)
        #expect(route.cache == #"{"ttl": 60}"#)
        #expect(route.priority == 5)
        #expect(route.coalesce)
        #expect(route.requirements.zeroRetention)
        guard case .group(let group) = route.root else {
            Issue.record("the root is no group")
            return
        }
        #expect(group.strategy == .weighted)
        #expect(group.onStatusCodes?.contains(503) == true)
        #expect(group.onStatusCodes?.contains(405) == false)
        #expect(group.members.map(\.weight) == [3, 1, 1])
        #expect(group.members.map(\.order) == [0, 1, 0])
    }

    @Test(arguments: [
        (#"{"targets":[{"provider":"a"}]}"#, "name"), (#"{"name":"m"}"#, "targets"),
        (#"{"name":"m","targets":[]}"#, "targets"),
        (#"{"name":"m","targets":[{}]}"#, "targets[0]"), (#"{"name":"m","targetz":[]}"#, "targetz"),
        (#"{"name":"m","targets":[{"provider":"a","weight":-1}]}"#, "targets[0].weight"),
        (#"{"name":"m","targets":[{"provider":"a","wait":1}]}"#, "targets[0].wait"),
        (#"{"name":"m","strategy":"wieghted","targets":[{"provider":"a"}]}"#, "strategy"),
        (#"{"name":"m","targets":[{"provider":"a"}],"timeouts":{"total":30}}"#, "timeouts.total"),
        (#"{"name":"m","targets":[{"provider":"a"}],"retry":99}"#, "retry"),
        (#"{"name":"m","targets":[{"provider":"a"}],"retry":{"on":["tiemout"]}}"#, "retry.on[0]"),
        (#"{"name":"m","targets":[{"provider":"a"}],"on_status":["6xx"]}"#, "on_status[0]"),
        (#"{"name":"m","targets":[{"provider":"a","provider":"b"}]}"#, "targets[0].provider"),
        (#"{"name":"m","targets":[{"provider":"a","when":{"plan":1}}]}"#, "targets[0].when.plan"),
    ])
    func mistakesNameTheirPlace(text: String, place: String) {
        #expect(fault { _ = try definition(text) }?.path == place)
    }

    @Test func misspellingsGetAHint() {
        let text = #"{"name":"m","strategy":"wieghted","targets":[{"provider":"a"}]}"#
        #expect(fault { _ = try definition(text) }?.message.contains("did you mean \"weighted\"") == true)
    }

    @Test func aLinkedRouteKeepsItsDemandsAndRules() throws {
        let world = World()
        world.facts["us"] = TargetFacts(region: "us")
        let strict = #"{"name":"eu","targets":[{"provider":"us"}],"retry":3,"require":{"regions":["eu"]}}"#
        world.definitions["eu"] = try definition(strict)
        let route = try world.compile(#"{"name":"m","targets":[{"provider":"us"},{"route":"eu"}],"timeouts":{"total":"9s"}}"#)
        #expect(route.targets.map(\.retry.attempts) == [0, 3])
        #expect(route.targets.allSatisfy { $0.timeouts.total == 9 * second })
        #expect(route.decide().attempts.map(\.target) == [0])
    }

    @Test func linksThatLeadNowhereOrInACircleAreNamed() throws {
        let world = World()
        let link = #"{"name":"m","targets":[{"route":"n"}]}"#
        #expect(fault { _ = try world.compile(link) }?.kind == .unresolved)
        world.routes["n"] = .route(RouteLink("m"))
        #expect(fault { _ = try world.compile(link) }?.message.contains("m -> n -> m") == true)
        let nowhere = #"{"name":"m","targets":[{"provider":"nowhere","model":"x"}]}"#
        #expect(fault { _ = try world.compile(nowhere) }?.message.contains("\"nowhere\"") == true)
        let noCase = #"{"name":"m","strategy":"conditional","default":"x","targets":[{"provider":"a"}]}"#
        #expect(fault { _ = try world.compile(noCase) }?.path == "cases")
    }
}

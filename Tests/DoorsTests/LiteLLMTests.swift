import Access
import Doors
import HTTPTypes
import Storage
import Testing
import Vocabulary

@Suite struct LiteLLMKeyCalls {
    @Test func budgetsAndLimitsBecomeRules() async throws {
        let server = try await DoorServer()
        let body: JSONTree = [
            "key_alias": "k", "max_budget": .number("10.000000001"), "soft_budget": 5, "budget_duration": "30d",
            "tpm_limit": 1000, "rpm_limit": 60, "max_parallel_requests": 2, "duration": "24h",
            "model_max_budget": ["gpt-4o": ["budget_limit": 1, "time_period": "1mo"]], "models": ["gpt-*"],
            "metadata": ["owner": "a", "tags": ["t"]],
        ]
        let made = try await server.send(.post, "/litellm/key/generate", body)
        #expect(made.status == 200)
        let key = try #require(try await server.keys.list(project: "default").first { $0.name == "k" })
        let window = BudgetWindow.every(30 * 86_400_000_000, from: StoppedClock.time)
        #expect(key.rules.budgets.map(\.id) == ["max_budget", "soft_budget", "model_max_budget/gpt-4o"])
        #expect(key.rules.budgets[0].limit == 10_000_000_001)
        #expect(key.rules.budgets.map(\.window) == [window, window, .month])
        #expect(key.rules.budgets.map(\.mode) == [.hard, .soft, .hard])
        #expect(key.rules.limits.map(\.unit) == [.tokens, .requests, .parallel])
        #expect(key.expiresAt == StoppedClock.time + 86_400_000_000)
        #expect(key.tags == ["t"] && key.metadata == [MetadataPair(key: "owner", value: "a")])
        #expect(made.body["max_budget"] == .number("10.000000001"))
        #expect(made.body["budget_duration"] == "30d" && made.body["token"]?.text == key.id)
    }

    @Test func anUpdateKeepsWhatItDoesNotName() async throws {
        let server = try await DoorServer()
        let made = try await server.send(.post, "/litellm/key/generate", ["max_budget": 1, "budget_duration": "1h"])
        let token = try #require(made.body["token"])
        let changed = try await server.send(.post, "/litellm/key/update", ["key": token, "max_budget": 3])
        #expect(changed.body["budget_duration"] == "1h")
        #expect(changed.body["max_budget"] == 3)
        let freed = try await server.send(.post, "/litellm/key/update", ["key": token, "max_budget": nil])
        #expect(freed.body["max_budget"] == nil)
    }

    @Test(arguments: ["guardrails", "permissions", "allowed_routes", "auto_rotate"])
    func whatIsNotDoneIsRefused(_ field: String) async throws {
        let server = try await DoorServer()
        let body = JSONTree.object([.init(key: field, value: ["x"])])
        let answer = try await server.send(.post, "/litellm/key/generate", body)
        #expect(answer.status == 501)
        #expect(answer.body["error"]?["message"]?.text?.contains(field) == true)
        #expect(try await server.keys.list(project: "default").count == 1, "no key was made")
    }

    @Test func blankFieldsAskForNothing() async throws {
        let server = try await DoorServer()
        let body: JSONTree = ["guardrails": [], "permissions": [:], "config": [:], "allowed_routes": nil]
        #expect(try await server.send(.post, "/litellm/key/generate", body).status == 200)
    }

    @Test func aSecretIsNeverRepeated() async throws {
        let server = try await DoorServer()
        let answer = try await server.send(.post, "/litellm/key/block", ["key": "sb-somebodys-secret"])
        #expect(answer.status == 404)
        #expect(!String(decoding: answer.body.json, as: UTF8.self).contains("somebodys"))
    }

    @Test func regenerationKeepsTheKeyAndEndsTheSecret() async throws {
        let server = try await DoorServer()
        let made = try await server.send(.post, "/litellm/key/generate", ["key_alias": "r", "max_budget": 2])
        let fresh = try await server.send(.post, "/litellm/key/regenerate", ["key": try #require(made.body["key"])])
        #expect(fresh.body["token"] == made.body["token"])
        #expect(fresh.body["key"] != made.body["key"])
        #expect(fresh.body["max_budget"] == 2)
    }
}

@Suite struct LiteLLMSpendCalls {
    @Test func spendIsThatOfTheRecords() async throws {
        let server = try await DoorServer()
        let made = try await server.send(.post, "/litellm/key/generate", ["key_alias": "s"])
        let token = try #require(made.body["token"]?.text)
        _ = try server.record(key: token)
        let info = try await server.send(.get, "/litellm/key/info?key=\(token)")
        #expect(info.body["info"]?["spend"] == .number("0.00015"))
        let logs = try await server.send(.get, "/litellm/spend/logs?api_key=\(token)")
        #expect(logs.body.elements.first?["total_tokens"] == 1_100)
        #expect(try await server.send(.get, "/litellm/global/spend").body["spend"] == .number("0.00015"))
    }

    @Test func aFinishedCallIsPricedByItsUsage() async throws {
        let server = try await DoorServer()
        let usage: JSONTree = ["prompt_tokens": 1_000_000, "completion_tokens": 10]
        let body: JSONTree = ["completion_response": ["model": "gpt-4o-mini", "usage": usage]]
        #expect(try await server.send(.post, "/litellm/spend/calculate", body).body["cost"] == .number("0.150006"))
    }

    @Test func namedBudgetsReachWhoeverHasThem() async throws {
        let server = try await DoorServer()
        _ = try await server.send(.post, "/litellm/budget/new", ["budget_id": "b", "max_budget": 1])
        _ = try await server.send(.post, "/litellm/customer/new", ["user_id": "acme", "budget_id": "b"])
        _ = try await server.send(.post, "/litellm/budget/update", ["budget_id": "b", "max_budget": 2])
        let info = try await server.send(.get, "/litellm/customer/info?end_user_id=acme")
        #expect(info.body["max_budget"] == 2)
        #expect(try await server.send(.post, "/litellm/budget/new", ["budget_id": "b"]).status == 409)
    }

    @Test func healthTellsTheSickFromTheWell() async throws {
        let server = try await DoorServer()
        let health = try await server.send(.get, "/litellm/health")
        #expect(health.body["healthy_count"] == 1 && health.body["unhealthy_count"] == 1)
        #expect(try await server.send(.get, "/litellm/health/liveliness", headers: [:]).body == "I'm alive!")
    }
}

import Doors
import HTTPTypes
import Storage
import Testing
import Vocabulary

@Suite struct OpenRouterCalls {
    @Test func pricesAreDollarsPerTokenAsText() async throws {
        let server = try await DoorServer()
        let page = try await server.send(.get, "/openrouter/api/v1/models?offset=0&limit=500").body
        let mini = try #require(page["data"]?.elements.first { $0["id"] == "gpt-4o-mini" })
        #expect(mini["pricing"]?["prompt"] == "0.00000015" && mini["pricing"]?["completion"] == "0.0000006")
        #expect(page["total_count"] == 2 && page["links"]?["next"] == nil)
        let unpriced = try #require(page["data"]?.elements.first { $0["id"] == "anthropic/claude" })
        #expect(unpriced["pricing"]?["prompt"] == "-1")
    }

    @Test func aPageSaysWhereTheNextBegins() async throws {
        let server = try await DoorServer()
        let page = try await server.send(.get, "/openrouter/api/v1/models?limit=1").body
        #expect(page["links"]?["next"] == "/api/v1/models?offset=1&limit=1")
        #expect(try await server.send(.get, "/openrouter/api/v1/models?limit=x").status == 400)
    }

    @Test(arguments: ["up/gpt-4o-mini", "anthropic/claude"])
    func endpointsAreFoundByTheSlug(_ slug: String) async throws {
        let server = try await DoorServer()
        let answer = try await server.send(.get, "/openrouter/api/v1/models/\(slug)/endpoints")
        #expect(answer.body["data"]?["endpoints"]?.elements.count == 1)
    }

    @Test func aGenerationIsARecordedCall() async throws {
        let server = try await DoorServer()
        let span = try server.record(key: "key_1")
        for id in ["gen-" + span.id.hex, span.id.uuid] {
            let data = try await server.send(.get, "/openrouter/api/v1/generation?id=\(id)").body["data"]
            #expect(data?["total_cost"] == .number("0.00015") && data?["tokens_prompt"] == 1_000)
            #expect(data?["latency"] == 500 && data?["provider_name"] == "up")
        }
        #expect(try await server.send(.get, "/openrouter/api/v1/generation?id=gen-nonsense").status == 400)
        let other = ID128(high: 9, low: 9).hex
        #expect(try await server.send(.get, "/openrouter/api/v1/generation?id=gen-\(other)").status == 404)
    }

    @Test func aLimitIsABudgetAndShowsWhatIsLeft() async throws {
        let server = try await DoorServer()
        let made = try await server.send(
            .post, "/openrouter/api/v1/keys", ["name": "k", "limit": .number("0.001"), "limit_reset": "monthly"])
        #expect(made.status == 201)
        let hash = try #require(made.body["data"]?["hash"]?.text)
        _ = try server.record(key: hash)
        let key = try await server.send(.get, "/openrouter/api/v1/keys/\(hash)").body["data"]
        #expect(key?["limit_remaining"] == .number("0.00085") && key?["usage_monthly"] == .number("0.00015"))
        let freed = try await server.send(.patch, "/openrouter/api/v1/keys/\(hash)", ["limit": nil])
        #expect(freed.body["data"]?["limit"] == nil)
    }
}

@Suite struct PortkeyCalls {
    @Test func aConfigIsKeptInVersionsAndHandedOn() async throws {
        let server = try await DoorServer()
        let made = try await server.send(
            .post, "/portkey/v1/configs", ["name": "c", "config": ["retry": ["attempts": 2]]])
        let slug = try #require(made.body["data"]?["id"]?.text)
        #expect(server.saved.value.map(\.slug) == [slug])
        _ = try await server.send(.put, "/portkey/v1/configs/\(slug)", ["config": ["retry": ["attempts": 3]]])
        let kept = try await server.send(.get, "/portkey/v1/configs/\(slug)").body["data"]
        #expect(kept?["config"] == #"{"retry":{"attempts":3}}"# && kept?["name"] == "c")
        #expect(server.saved.value.map(\.json) == [Array(#"{"retry":{"attempts":3}}"#.utf8)])
        _ = try await server.send(.delete, "/portkey/v1/configs/\(slug)")
        #expect(try await server.send(.get, "/portkey/v1/configs/\(slug)").status == 404)
        #expect(server.saved.value.isEmpty)
    }

    @Test func aLogIsARecord() async throws {
        let server = try await DoorServer()
        let usage: JSONTree = [
            "prompt_tokens": 10, "completion_tokens": 3, "prompt_tokens_details": ["cached_tokens": 4],
        ]
        let response: JSONTree = ["status": 200, "body": ["usage": usage], "response_time": 120]
        let request: JSONTree = ["url": "u", "body": ["model": "m"]]
        let entry: JSONTree = ["request": request, "response": response, "metadata": ["_user": "ann"]]
        #expect(try await server.send(.post, "/portkey/v1/logs", entry).body["status"] == "success")
        let span = try #require(server.events.all.first)
        #expect(span.usage.uncachedInput == 6 && span.usage.cacheRead == 4 && span.usage.outputText == 3)
        #expect(span.timing.endedAfter == 120_000 && span.user == "ann" && span.requestModel == "m")
    }

    @Test func aBatchWithAWrongEntryStoresNothing() async throws {
        let server = try await DoorServer()
        let good: JSONTree = ["request": ["url": "u"], "response": ["status": 200]]
        let answer = try await server.send(.post, "/portkey/v1/logs", [good, ["request": ["url": "u"]]])
        #expect(answer.status == 400)
        #expect(server.events.all.isEmpty)
    }

    @Test func feedbackIsStoredOrRefused() async throws {
        var server = try await DoorServer()
        let body: JSONTree = ["trace_id": "trace-1", "value": 5, "weight": 1]
        let answer = try await server.send(.post, "/portkey/v1/feedback", body)
        #expect(answer.body["feedback_ids"] == ["f1"])
        #expect(server.feedback.value == [DoorFeedback(project: "default", subject: "trace-1", value: 5)])
        let rating = try await server.send(.post, "/helicone/v1/request/abc/feedback", ["rating": true])
        #expect(rating.status == 202)
        server.services.feedback = nil
        #expect(try await server.send(.post, "/portkey/v1/feedback", body).status == 501)
    }

    @Test func promptsSayThatTheyAreNotHere() async throws {
        let server = try await DoorServer()
        let answer = try await server.send(.post, "/portkey/v1/prompts/pp-1/completions", ["variables": [:]])
        #expect(answer.status == 501)
        #expect(answer.body["message"]?.text?.contains("not supported") == true)
    }
}

@Suite struct AmountsOfMoney {
    @Test(
        arguments: [
            ("10", 10_000_000_000), ("0.000000001", 1), ("1e-06", 1_000), ("2.5", 2_500_000_000), ("0", 0),
        ] as [(String, Int64)])
    func areReadExactly(_ text: String, _ nanodollars: Int64) throws {
        #expect(Dollars.money(try #require(JSONTree(json: Array(text.utf8)))) == Money(nanodollars: nanodollars))
    }

    @Test(arguments: ["-1", "1e99", "9000001", "true", "\"\"", "\"x\""])
    func areRefusedWhereTheyCantBe(_ text: String) throws {
        #expect(Dollars.money(try #require(JSONTree(json: Array(text.utf8)))) == nil)
    }

    @Test(arguments: [(150_000_000, "0.00000015"), (0, "0"), (-5, "-0.000000000000005")] as [(Int64, String)])
    func areWrittenExactly(_ value: Int64, _ text: String) {
        #expect(Dollars.text(value, scale: 15) == text)
    }
}

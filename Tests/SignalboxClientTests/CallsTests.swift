import SignalboxClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct CallsTests {
    private static let key = #"""
        {"id":"k1","name":"n","hint":"sb-…9","project":"default","environment":"dev","role":"member",
        "created_at":"2026-11-01T09:30:00.000000Z","expires_at":null,"revoked_at":null,"allowed_models":[],"scopes":[],
        "blocked":false,"model_aliases":{},"rules":{"budgets":[],"limits":[]},"metadata":{},"tags":[],
        "customer_rules":{"budgets":[],"limits":[]},"takes_user_as_customer":false,"retired_secrets":[]}
        """#

    @Test func callsCarryKeyQueryAndBody() async throws {
        let created = Self.key.replacing("{\"id\"", with: "{\"secret\":\"s1\",\"id\"")
        try await StubServer.with({ _ in .init(status: 201, pieces: [created]) }) { server in
            let client = SignalboxClient(baseURL: server.url + "/", key: "admin")
            let made = try await client.createKey(NewKey(name: "n", allowedModels: ["a"]))
            #expect(made.secret == "s1" && made.key.environment == "dev")
            let request = try #require(server.requests.first)
            #expect(request.method == "POST" && request.uri == "/api/v1/keys")
            #expect(request.headers["authorization"] == "Bearer admin")
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.body.contains(#""allowed_models":["a"]"#) && !request.body.contains("expires_at"))
        }
    }

    @Test func filtersBecomeParameters() async throws {
        try await StubServer.with({ _ in .init(pieces: [#"{"data":[],"next_cursor":null,"total":0}"#]) }) { server in
            let client = SignalboxClient(baseURL: server.url, key: "admin")
            var filter = RequestFilter(user: "a b&c=ä/+", status: .error, limit: 3, count: true)
            filter.oldestFirst = true
            filter.minimumDurationMS = 1.5
            let page = try await client.requests(filter)
            #expect(page.total == 0 && page.data.isEmpty)
            #expect(
                server.requests.map(\.uri) == [
                    "/api/v1/requests?user=a%20b%26c%3D%C3%A4%2F%2B&status=error&min_duration_ms=1.5&limit=3&order=asc"
                        + "&count=true"
                ])
        }
    }

    @Test func listsAreReadToTheirEnd() async throws {
        let answer: @Sendable (StubServer.Request) -> StubServer.Answer? = { request in
            let next = request.uri.contains("cursor=c1") ? "null" : "\"c1\""
            return .init(pieces: ["{\"data\":[\(Self.key)],\"next_cursor\":\(next)}"])
        }
        try await StubServer.with(answer) { server in
            let keys = try await SignalboxClient(baseURL: server.url, key: "admin").keys()
            #expect(keys.count == 2)
        }
    }

    @Test func idsCannotLeaveTheirPath() async throws {
        try await StubServer.with({ _ in .init(status: 204) }) { server in
            try await SignalboxClient(baseURL: server.url, key: "admin").revokeKey("../status?x=1")
            #expect(server.requests.map(\.uri) == ["/api/v1/keys/..%2Fstatus%3Fx%3D1"])
            #expect(server.requests.map(\.method) == ["DELETE"])
        }
    }

    @Test func healthOfAStartingServerIsAnAnswer() async throws {
        try await StubServer.with({ _ in .init(status: 503, pieces: [#"{"status":"replaying"}"#]) }) { server in
            let health = try await SignalboxClient(baseURL: server.url, key: "").health()
            #expect(health.status == "replaying")
            #expect(server.requests.first?.headers["authorization"] == nil)
        }
    }
}

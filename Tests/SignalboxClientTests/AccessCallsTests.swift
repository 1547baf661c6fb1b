import SignalboxClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct AccessCallsTests {
    private static let rules = #"""
        {"budgets":[{"id":"monthly","unit":"money","limit":5,"window":"month","mode":"soft","models":[],
        "increase":{"amount":1,"until":null}}],
        "limits":[{"id":"rpm","unit":"requests","limit":60,"period_ms":60000,"mode":"hard","models":["m*"]}]}
        """#
    private static let team = #"""
        {"id":"a/b","name":"A","created_at":"2026-11-01T09:30:00.000000Z","blocked":false,"allowed_models":[],
        "rules":RULES,"customer_rules":{"budgets":[],"limits":[]},"metadata":{"k":"v"}}
        """#.replacing("RULES", with: rules)

    /// What is taken away is null, what stays is not there.
    @Test func aChangeSaysOnlyWhatChanges() async throws {
        try await StubServer.with({ _ in .init(pieces: ["{}"]) }) { server in
            let client = SignalboxClient(baseURL: server.url, key: "admin")
            var changes = KeyChanges()
            changes.team = .some(nil)
            changes.expiresAt = .some("2027-01-01T00:00:00Z")
            changes.blocked = false
            _ = try? await client.updateKey("k/1", changes)
            let request = try #require(server.requests.first)
            #expect(request.method == "PATCH" && request.uri == "/api/v1/keys/k%2F1")
            #expect(request.body.contains(#""team":null"#) && request.body.contains(#""blocked":false"#))
            #expect(request.body.contains(#""expires_at":"2027-01-01T00:00:00Z""#))
            #expect(!request.body.contains("user") && !request.body.contains("name"))
        }
    }

    @Test func aNewKeyCarriesItsGrants() async throws {
        try await StubServer.with({ _ in .init(status: 201, pieces: ["{}"]) }) { server in
            var new = NewKey(name: "n", expiresAt: "2027-01-01T00:00:00Z")
            new.grants.team = .some("search")
            new.grants.rules = SpendingRules(limits: [LimitRule(id: "rpm", unit: .requests, limit: 60)])
            new.grants.name = "not this one"
            _ = try? await SignalboxClient(baseURL: server.url, key: "admin").createKey(new)
            let body = try #require(server.requests.first).body
            #expect(body.contains(#""team":"search""#) && body.contains(#""period_ms":60000"#))
            #expect(body.contains(#""name":"n""#) && !body.contains("not this one"))
            #expect(body.contains(#""expires_at":"2027-01-01T00:00:00Z""#))
        }
    }

    @Test func rotationAndBlockingAreCallsOfTheirOwn() async throws {
        try await StubServer.with({ _ in .init(pieces: ["{}"]) }) { server in
            let client = SignalboxClient(baseURL: server.url, key: "admin")
            _ = try? await client.rotateKey("k")
            _ = try? await client.rotateKey("k", graceSeconds: 0)
            _ = try? await client.blockKey("k")
            _ = try? await client.unblockKey("k")
            #expect(
                server.requests.map { "\($0.method) \($0.uri) \($0.body)" } == [
                    "POST /api/v1/keys/k/rotate {}", #"POST /api/v1/keys/k/rotate {"grace_seconds":0}"#,
                    "POST /api/v1/keys/k/block ", "POST /api/v1/keys/k/unblock ",
                ])
        }
    }

    @Test func aTeamIsReadAndWritten() async throws {
        try await StubServer.with({ _ in .init(status: 201, pieces: [Self.team]) }) { server in
            let client = SignalboxClient(baseURL: server.url, key: "admin")
            var changes = SubjectChanges()
            changes.metadata = ["k": "v"]
            let team = try await client.createSubject(.teams, id: "a/b", changes)
            #expect(team.rules.budgets.first?.increase == TemporaryIncrease(amount: 1))
            #expect(team.rules.limits.first?.models == ["m*"])
            _ = try await client.updateSubject(.teams, "a/b", changes)
            try await client.deleteSubject(.customers, "a/b")
            #expect(
                server.requests.map { "\($0.method) \($0.uri)" } == [
                    "POST /api/v1/teams", "PATCH /api/v1/teams/a%2Fb", "DELETE /api/v1/customers/a%2Fb",
                ])
            #expect(server.requests.first?.body.contains(#""id":"a\/b""#) == true)
        }
    }

    @Test func budgetsAreAskedForBySubject() async throws {
        let state = #"""
            {"subject":{"kind":"team","id":"t"},"rule":"monthly","unit":"money","mode":"hard","models":[],"limit":9,
            "used":4,"reserved":1,"remaining":4,"window_start":"2026-11-01T00:00:00.000000Z","window_end":null,
            "period_ms":null,"resets_at":null}
            """#
        try await StubServer.with({ _ in .init(pieces: ["{\"data\":[\(state)],\"next_cursor\":null}"]) }) { server in
            let client = SignalboxClient(baseURL: server.url, key: "admin")
            let states = try await client.budgets(BudgetQuery(kind: "team", id: "t t"))
            #expect(states.first?.remaining == 4 && states.first?.subject.id == "t")
            _ = try? await client.budgetHistory(from: "0")
            #expect(
                server.requests.map(\.uri) == [
                    "/api/v1/budgets?kind=team&id=t%20t&limit=1000", "/api/v1/budgets/history?limit=1000&from=0",
                ])
        }
    }
}

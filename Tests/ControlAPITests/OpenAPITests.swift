import ControlAPI
import Foundation
import HTTPTypes
import Storage
import Testing
import Vocabulary

/// The document and the server say the same.
struct OpenAPITests {
    private let document: [String: Any]

    init() throws {
        let parsed = try JSONSerialization.jsonObject(with: Data(OpenAPIDocument.bytes))
        document = try #require(parsed as? [String: Any])
    }

    @Test func theServerServesTheDocument() async throws {
        let answer = try await Server().send(.get, "/api/v1/openapi.json", key: nil)
        #expect(answer.body == Data(OpenAPIDocument.bytes))
        #expect(document["openapi"] as? String == "3.1.0")
    }

    @Test func everyRouteIsDocumentedAndTheReverse() async throws {
        let served = Set(ControlAPI(try await Server().services).routes.map { "\($0.method) \($0.path)" })
        let documented = Set(operations.map { "\($0.method) \($0.path)" })
        #expect(served == documented)
    }

    @Test func everyParameterIsDocumentedAndTheReverse() async throws {
        for route in ControlAPI(try await Server().services).routes {
            let operation = try #require(operations.first { $0.method == route.method && $0.path == route.path })
            #expect(Set(route.parameters) == Set(parameterNames(operation.body, in: "query")), "\(route)")
            let captured = route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                $0.dropFirst().dropLast()
            }
            #expect(captured.map(String.init) == parameterNames(operation.body, in: "path"), "\(route)")
        }
    }

    @Test func onlyOpenEndpointsAreDocumentedAsOpen() async throws {
        let server = try await Server()
        for operation in operations {
            let path = operation.path.replacing("{id}", with: "x").replacing("{name}", with: "x")
            let answer = try await server.send(try #require(HTTPRequest.Method(operation.method)), path, key: nil)
            #expect((answer.status != 401) == (operation.body["security"] != nil), "\(operation.method) \(path)")
        }
    }

    @Test func everySuccessHasTheDocumentedShape() async throws {
        let server = try await fullServer()
        let made = try await server.send(.post, "/api/v1/keys", body: #"{"name":"app"}"#)
        try check(made, "POST", "/api/v1/keys")
        let key = try #require(made.object["id"] as? String)
        for path in [
            "/requests", "/requests?limit=1&count=true", "/summary?group_by=model", "/keys?count=true", "/models",
            "/status", "/health",
        ] {
            let plain = path.split(separator: "?").first.map(String.init) ?? path
            try check(try await server.send(.get, "/api/v1" + path), "GET", "/api/v1" + plain)
        }
        for number in 1...2 as ClosedRange<UInt64> {
            let answer = try await server.send(.get, "/api/v1/requests/\(Fixtures.id(number).uuid)")
            try check(answer, "GET", "/api/v1/requests/{id}")
        }
        let changed = try await server.send(.patch, "/api/v1/keys/\(key)", body: #"{"name":"b"}"#)
        try check(changed, "PATCH", "/api/v1/keys/{id}")
        for verb in ["rotate", "block", "unblock"] {
            let answer = try await server.send(.post, "/api/v1/keys/\(key)/\(verb)")
            try check(answer, "POST", "/api/v1/keys/{id}/\(verb)")
        }
        try check(try await server.send(.post, "/api/v1/reload"), "POST", "/api/v1/reload")
        try check(try await server.send(.get, "/api/v1/openapi.json"), "GET", "/api/v1/openapi.json")
    }

    @Test(arguments: ["organisations", "projects", "teams", "users", "customers"])
    func aSubjectsWholeLifeHasTheDocumentedShape(plural: String) async throws {
        let server = try await fullServer()
        let path = "/api/v1/\(plural)"
        let rules = #"{"budgets":[{"id":"m","limit":5,"window":"30d","increase":{"amount":1}}],"limits":[]}"#
        let body = #"{"id":"x1","name":"X","rules":\#(rules),"allowed_models":["a*"],"metadata":{"k":"v"}}"#
        try check(try await server.send(.post, path, body: body), "POST", path, status: 201)
        try check(try await server.send(.post, path, body: body), "POST", path, status: 409)
        try check(try await server.send(.get, path + "?count=true"), "GET", path, status: 200)
        let one = path + "/x1"
        let template = path + "/{id}"
        try check(try await server.send(.get, one), "GET", template, status: 200)
        try check(try await server.send(.patch, one, body: #"{"blocked":true}"#), "PATCH", template, status: 200)
        try check(try await server.send(.patch, one, body: "{}"), "PATCH", template, status: 400)
        #expect(try await server.send(.delete, one).status == 204)
        try check(try await server.send(.get, one), "GET", template, status: 404)
    }

    @Test func budgetsHaveTheDocumentedShape() async throws {
        let server = try await fullServer()
        let rules = #"{"budgets":[{"id":"monthly","limit":1000000,"window":"month"}]}"#
        _ = try await server.send(.post, "/api/v1/teams", body: #"{"id":"search","rules":\#(rules)}"#)
        let subject = Subject(.team, "search")
        server.budgets.value = [
            BudgetState(
                subject: subject, rule: "monthly", unit: "money", mode: .hard, limit: 1_000_000, used: 10,
                reserved: 5, window: BudgetWindow.month.span(at: Fixtures.start), resetAfter: 60),
            BudgetState(
                subject: subject, rule: "rpm", unit: "requests", mode: .soft, models: ["m*"], limit: 5, used: 9,
                period: 60_000_000),
        ]
        let states = try await server.send(.get, "/api/v1/budgets?count=true")
        try check(states, "GET", "/api/v1/budgets", status: 200)
        #expect(states.list.map { $0["remaining"] as? Int } == [999_985, 0])
        let history = try await server.send(.get, "/api/v1/budgets/history")
        try check(history, "GET", "/api/v1/budgets/history", status: 200)
        let windows = history.list.first?["windows"] as? [[String: Any]]
        #expect(windows?.map { $0["used"] as? Int } == [1_500])
        #expect(windows?.first?["start"] as? String == "2027-01-01T00:00:00.000000Z")
    }

    @Test func everyErrorHasTheDocumentedShape() async throws {
        let server = try await fullServer()
        let member = try await server.memberSecret()
        try check(try await server.send(.get, "/api/v1/requests", key: nil), "GET", "/api/v1/requests", status: 401)
        try check(try await server.send(.get, "/api/v1/keys", key: member), "GET", "/api/v1/keys", status: 403)
        try check(try await server.send(.get, "/api/v1/models?x=1"), "GET", "/api/v1/models", status: 400)
        try check(try await server.send(.get, "/api/v1/requests/x"), "GET", "/api/v1/requests/{id}", status: 404)
        try check(try await server.send(.delete, "/api/v1/keys/x"), "DELETE", "/api/v1/keys/{id}", status: 404)
        server.reload.value = .failure(ReloadFailure(message: "no"))
        try check(try await server.send(.post, "/api/v1/reload"), "POST", "/api/v1/reload", status: 422)
        server.health.value = .stopping
        try check(try await server.send(.get, "/api/v1/health"), "GET", "/api/v1/health", status: 503)
        server.events.breakDown()
        try check(try await server.send(.get, "/api/v1/requests"), "GET", "/api/v1/requests", status: 503)
    }

    @Test func theCheckerFindsWhatDoesNotFit() throws {
        let checker = SchemaChecker(document: document)
        let schema: [String: Any] = ["$ref": "#/components/schemas/Health"]
        #expect(checker.faults(of: ["status": "ok"], schema).isEmpty)
        #expect(checker.faults(of: ["status": "fine"], schema).count == 1)
        #expect(checker.faults(of: ["status": "ok", "more": 1], schema).count == 1)
        #expect(checker.faults(of: [String: Any](), schema).count == 1)
        #expect(checker.faults(of: 1.5, ["type": "integer"]).count == 1)
        #expect(checker.faults(of: "2026-11-01", ["type": "string", "format": "date-time"]).count == 1)
    }

    private func fullServer() async throws -> Server {
        let server = try await Server()
        var full = Fixtures.fullSpan(1)
        full.input = BodyManifest(shell: ContentHash(high: 9, low: 9))
        let shell = ContentPiece(hash: ContentHash(high: 9, low: 9), project: "default", bytes: Array(#"{"a":1}"#.utf8))
        try server.events.append(EventBatch(spans: [full, Fixtures.span(2)], contents: [shell]))
        server.events.setSeries([Fixtures.seriesGroup])
        return server
    }

    private func check(_ answer: Answer, _ method: String, _ path: String, status: Int? = nil) throws {
        let label = "\(method) \(path) \(answer.status)"
        if let status { #expect(answer.status == status, "\(label)") }
        let operation = try #require(operations.first { $0.method == method && $0.path == path })
        let checker = SchemaChecker(document: document)
        let responses = try #require(operation.body["responses"] as? [String: Any])
        let response = try #require(responses["\(answer.status)"] as? [String: Any], "\(label) is not documented")
        let content = try #require(checker.resolved(response)["content"] as? [String: Any])
        let schema = try #require((content["application/json"] as? [String: Any])?["schema"] as? [String: Any])
        #expect(checker.faults(of: try JSONSerialization.jsonObject(with: answer.body), schema).isEmpty, "\(label)")
    }

    private var operations: [(method: String, path: String, body: [String: Any])] {
        let paths = document["paths"] as? [String: [String: [String: Any]]] ?? [:]
        return paths.flatMap { path, methods in methods.map { ($0.key.uppercased(), path, $0.value) } }
    }

    private func parameterNames(_ operation: [String: Any], in place: String) -> [String] {
        let checker = SchemaChecker(document: document)
        return (operation["parameters"] as? [[String: Any]] ?? []).map(checker.resolved)
            .filter { $0["in"] as? String == place }.compactMap { $0["name"] as? String }
    }
}

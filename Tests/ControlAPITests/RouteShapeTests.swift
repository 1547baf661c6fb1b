import ControlAPI
import Foundation
import HTTPTypes
import Storage
import Testing
import Vocabulary

/// Answers about routes have the documented shapes.
struct RouteShapeTests {
    private let document: [String: Any]

    init() throws {
        let parsed = try JSONSerialization.jsonObject(with: Data(OpenAPIDocument.bytes))
        document = try #require(parsed as? [String: Any])
    }

    private func expect(_ answer: Answer, _ schema: String) {
        let checker = SchemaChecker(document: document)
        let faults = checker.faults(of: answer.object, ["$ref": "#/components/schemas/\(schema)"])
        #expect(answer.status == 200 && faults.isEmpty, "\(schema): \(faults) \(answer.text)")
    }

    @Test func routesVersionsAndTrials() async throws {
        var server = try await Server()
        server.services.routes = MemoryRoutes()
        let path = "/api/v1/routes/r"
        let put = try await server.send(.put, path, body: #"{"definition":{"targets":[]}}"#)
        expect(put, "Route")
        expect(try await server.send(.get, "/api/v1/routes?count=true"), "RouteList")
        expect(try await server.send(.get, path + "/versions"), "RouteVersionList")
        expect(try await server.send(.post, path + "/rollback", body: #"{"version":1}"#), "Route")
        let trial = try await server.send(.post, "/api/v1/routes/dry-run", body: #"{"request":{}}"#)
        expect(trial, "RouteTrialResult")
    }

    @Test func providers() async throws {
        var server = try await Server()
        let health = TargetHealthListing(breaker: .halfOpen, requests: 3, failures: 1, p50: 1_500, tokensPerSecond: 2)
        server.services.providers = {
            [
                ProviderListing(
                    name: "up", preset: nil, dialect: .openai, host: "h", formats: ["openai-chat"],
                    targets: [.init(model: "m", health: health), .init(model: "n", health: TargetHealthListing())])
            ]
        }
        expect(try await server.send(.get, "/api/v1/providers?count=true"), "ProviderList")
    }

    @Test(arguments: [
        "", #"{"routing":{"considered":[{"verdict":"chosen"}]},"attempts":[{}],"notices":[{}],"answered_by":"a"}"#,
    ])
    func why(decision: String) async throws {
        let server = try await Server()
        var full = Fixtures.fullSpan()
        full.decision = Array(decision.utf8)
        try server.events.append(EventBatch(spans: [full, Fixtures.span(2)]))
        for number in 1...2 as ClosedRange<UInt64> {
            expect(try await server.send(.get, "/api/v1/requests/\(Fixtures.id(number).uuid)/why"), "Why")
        }
    }
}

import Foundation
import HTTPTypes
import Storage
import Testing
import Vocabulary

struct WhyTests {
    private static let decision = """
        {"routing":{"strategy":"least_latency","breaker_bypassed":false,"window_bypassed":false,"attempts":[0,1],
        "considered":[{"target":0,"name":"up/a","verdict":"chosen","score":"load 12 ms"},
        {"target":1,"name":"back/b","verdict":"fallback","order":1},
        {"target":2,"name":"far/c","verdict":"ruled_out","reason":"region","detail":"its region is not allowed"},
        {"target":3,"name":"big/d","verdict":"reserve","after":"context_window"}]},
        "attempts":[{"target":"up/a","started_us":100,"ended_us":50100,"error":"http_503","message":"busy"}],
        "answered_by":"back/b","continued":true,
        "notices":[{"subject":"team search","rule":"monthly","mode":"soft","message":"The budget is used up."}]}
        """

    private func server(decision: String) async throws -> Server {
        let server = try await Server()
        var span = Fixtures.fullSpan()
        span.decision = Array(decision.utf8)
        span.cache = .miss
        span.outcome = .ok
        try server.events.append(EventBatch(spans: [span]))
        return server
    }

    private func why(_ server: Server) async throws -> Answer {
        try await server.send(.get, "/api/v1/requests/\(Fixtures.id(1).uuid)/why")
    }

    @Test func everyStepOfTheWayIsThere() async throws {
        let object = try await why(try await server(decision: Self.decision)).object
        let routing = try #require(object["routing"] as? [String: Any])
        let considered = try #require(routing["considered"] as? [[String: Any]])
        #expect(considered.map { $0["verdict"] as? String } == ["chosen", "fallback", "ruled_out", "reserve"])
        #expect(considered[2]["reason"] as? String == "region")
        let attempts = try #require(object["attempts"] as? [[String: Any]])
        #expect(attempts.map { $0["ended_us"] as? Int } == [50_100])
        #expect(object["answered_by"] as? String == "back/b")
        let budgets = try #require(object["budgets"] as? [[String: Any]])
        #expect(budgets.map { $0["before"] as? Int } == [10])
        #expect(budgets.map { $0["after"] as? Int } == [1_510])
        #expect((object["cache"] as? [String: Any])?["verdict"] as? String == "miss")
    }

    @Test func theSummaryTellsItInOrder() async throws {
        let object = try await why(try await server(decision: Self.decision)).object
        let sentences = try #require(object["summary"] as? [String])
        #expect(
            sentences == [
                #"The key key_1 asked for "gpt-4o-mini", which leads to the route "fast"."#,
                "The cache held no answer to this request.",
                "The strategy least_latency put up/a first, load 12 ms.", "Behind it: back/b.",
                "big/d was kept for a failure of the kind context_window.",
                "far/c was ruled out: its region is not allowed.",
                "Attempt 1, to up/a, failed after 50 ms with http_503: busy.",
                "back/b answered, 1235 ms after the call began.",
                "The stream broke on the way, and another target went on with it.",
                "The parameter logit_bias was dropped: not known there.",
                "The budget is used up. The rule monthly of team search only warns.",
                "The budget monthly of \(Subject(.team, "search")) stood at $0.000000010 before "
                    + "and $0.000001510 after, of $0.001000000.",
                "It cost $0.000001500, by the price openai/gpt-4o-mini@2026-11-01.", "The cache saved $0.000001500.",
            ])
    }

    @Test(arguments: ["", "{", "[]", #"{"routing":7,"attempts":{},"notices":[1]}"#])
    func aDamagedTrailLeavesTheRest(decision: String) async throws {
        let answer = try await why(try await server(decision: decision))
        #expect(answer.status == 200)
        #expect(answer.object["routing"] is NSNull)
        #expect((answer.object["receipt"] as? [String: Any])?["total_nanodollars"] as? Int == 1_500)
    }

    @Test func anUnknownIdIs404() async throws {
        let answer = try await Server().send(.get, "/api/v1/requests/\(Fixtures.id(3).uuid)/why")
        #expect(answer.status == 404)
    }
}

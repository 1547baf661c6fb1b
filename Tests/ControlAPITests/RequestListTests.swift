import Foundation
import HTTPTypes
import Storage
import Testing
import Vocabulary

struct RequestListTests {
    @Test(arguments: ["desc", "asc"])
    func pagesLeadThroughEverythingOnce(order: String) async throws {
        let server = try await Server()
        try server.events.append(EventBatch(spans: (1...7).map { Fixtures.span($0) }))
        var seen: [String] = []
        var cursor: String? = ""
        while let place = cursor {
            let answer = try await server.send(
                .get, "/api/v1/requests?limit=3&order=\(order)&count=true&cursor=\(place)")
            #expect(answer.object["total"] as? Int == 7)
            seen += answer.list.compactMap { $0["id"] as? String }
            cursor = answer.nextCursor
        }
        let ids = (1...7).map { Fixtures.id($0).uuid }
        #expect(seen == (order == "asc" ? ids : ids.reversed()))
    }

    @Test func aTotalComesOnlyWhenAskedFor() async throws {
        let server = try await Server()
        #expect(try await server.send(.get, "/api/v1/requests").object["total"] == nil)
        #expect(try await server.send(.get, "/api/v1/requests?count=false").object["total"] == nil)
        #expect(try await server.send(.get, "/api/v1/requests?count=true").object["total"] as? Int == 0)
    }

    @Test func aCursorOfTheOtherOrderIsRefused() async throws {
        let server = try await Server()
        try server.events.append(EventBatch(spans: (1...3).map { Fixtures.span($0) }))
        let cursor = try #require(try await server.send(.get, "/api/v1/requests?limit=1").nextCursor)
        let answer = try await server.send(.get, "/api/v1/requests?limit=1&order=asc&cursor=\(cursor)")
        #expect(answer.errorCode == "invalid_cursor")
        #expect(try await server.send(.get, "/api/v1/keys?cursor=\(cursor)").errorCode == "invalid_cursor")
    }

    @Test func aPlainCallSaysNullWhereNothingIsKnown() async throws {
        let server = try await Server()
        try server.events.append(EventBatch(spans: [Fixtures.span()]))
        let text = try await server.send(.get, "/api/v1/requests").text
        #expect(text.contains(#""started_at":"2027-01-15T07:43:20.000001Z""#))
        #expect(text.contains(#""duration_ms":1234.56,"time_to_first_token_ms":null"#))
        #expect(text.contains(#""cost_nanodollars":null"#))
        #expect(text.contains(#""span_id":"0000000000000abc","parent_span_id":null"#))
        #expect(text.hasSuffix(#""next_cursor":null}"#))
    }

    @Test func anotherProjectsCallsAreNotSeen() async throws {
        let server = try await Server()
        try server.events.append(EventBatch(spans: [Fixtures.span(1, project: "theirs")]))
        #expect(try await server.send(.get, "/api/v1/requests").list.isEmpty)
        #expect(try await server.send(.get, "/api/v1/requests/\(Fixtures.id(1).uuid)").status == 404)
    }

    @Test func aStoreThatFailsIs503AndKeepsItsWordsToItself() async throws {
        let server = try await Server()
        server.events.breakDown()
        let answer = try await server.send(.get, "/api/v1/requests")
        #expect(answer.status == 503)
        #expect(answer.errorCode == "storage_error")
        #expect(answer.headers[.retryAfter] == "5")
        #expect(!answer.text.contains("secret"))
    }
}

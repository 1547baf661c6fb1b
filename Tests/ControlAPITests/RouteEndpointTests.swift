import ControlAPI
import HTTPTypes
import Testing
import Vocabulary

struct RouteEndpointTests {
    private static let path = "/api/v1/routes/fast%2Fone"
    private static let body = #"{"definition":{"targets":[{"provider":"up"}]},"message":"why"}"#

    private func server() async throws -> (Server, MemoryRoutes) {
        var server = try await Server()
        let routes = MemoryRoutes()
        server.services.routes = routes
        return (server, routes)
    }

    @Test func aRouteIsPutShownAndListed() async throws {
        let (server, _) = try await server()
        let put = try await server.send(.put, Self.path, body: Self.body)
        #expect(put.status == 200)
        #expect(put.object["name"] as? String == "fast/one")
        #expect(put.object["version"] as? Int == 1)
        let shown = try await server.send(.get, Self.path)
        #expect(shown.text == put.text)
        #expect(shown.text.contains(#""definition":{"targets":[{"provider":"up"}]}"#))
        let list = try await server.send(.get, "/api/v1/routes?count=true&name=alias")
        #expect(list.list.count == 1 && list.object["total"] as? Int == 1)
        #expect(try await server.send(.get, "/api/v1/routes?source=file").list.isEmpty)
    }

    @Test func deepDefinitionsArriveWhole() async throws {
        let (server, _) = try await server()
        let deep = String(repeating: #"{"targets":["#, count: 20) + "1" + String(repeating: "]}", count: 20)
        let put = try await server.send(.put, Self.path, body: #"{"definition":\#(deep)}"#)
        #expect(put.status == 200 && put.text.contains(deep))
    }

    @Test func anotherVersionThanExpectedIsAConflict() async throws {
        let (server, _) = try await server()
        _ = try await server.send(.put, Self.path, body: Self.body)
        for expected in ["null", "7"] {
            let body = #"{"definition":{"targets":[]},"expected_version":\#(expected)}"#
            let answer = try await server.send(.put, Self.path, body: body)
            #expect(answer.status == 409 && answer.errorCode == "version_conflict")
            #expect(answer.errorMessage.contains("version 1 is in force"))
        }
        let right = #"{"definition":{"targets":[]},"expected_version":1}"#
        #expect(try await server.send(.put, Self.path, body: right).object["version"] as? Int == 2)
    }

    @Test func versionsArePagedAndOneOfThemComesBack() async throws {
        let (server, _) = try await server()
        for _ in 0..<3 { _ = try await server.send(.put, Self.path, body: Self.body) }
        let page = try await server.send(.get, Self.path + "/versions?limit=2")
        #expect(page.list.map { $0["version"] as? Int } == [3, 2])
        let cursor = try #require(page.nextCursor)
        let rest = try await server.send(.get, Self.path + "/versions?limit=2&cursor=\(cursor)")
        #expect(rest.list.map { $0["version"] as? Int } == [1])
        #expect(rest.nextCursor == nil)
        let back = try await server.send(.post, Self.path + "/rollback", body: #"{"version":1}"#)
        #expect(back.object["version"] as? Int == 1)
    }

    @Test func aRouteThatCannotBeUsedSaysWhere() async throws {
        let (server, _) = try await server()
        let answer = try await server.send(.put, Self.path, body: #"{"definition":{}}"#)
        #expect(answer.status == 422 && answer.errorCode == "invalid_route")
        #expect(answer.errorMessage.contains("targets"))
        #expect(try await server.send(.put, Self.path, body: "{}").errorMessage.contains("`definition`"))
        #expect(try await server.send(.put, Self.path, body: #"{"definition":[]}"#).status == 400)
        #expect(try await server.send(.get, Self.path).status == 404)
        #expect(try await server.send(.delete, Self.path).status == 404)
    }

    @Test func aDryRunHandsOverEverythingAndAnswersInWords() async throws {
        let (server, routes) = try await server()
        let body = """
            {"route":"r","request":{"model":"m","messages":[]},"headers":{"x-signalbox-route":"sort=price"},
            "metadata":{"a":"b"},"tags":["t"],"user":"u","session":"s"}
            """
        let answer = try await server.send(.post, "/api/v1/routes/dry-run", body: body)
        #expect(answer.object["summary"] as? [String] == ["The strategy fallback put up/a first."])
        let trial = try #require(routes.trials.first)
        #expect(trial.headers == [MetadataPair(key: "x-signalbox-route", value: "sort=price")])
        #expect(trial.request == Array(#"{"model":"m","messages":[]}"#.utf8))
        #expect(trial.tags == ["t"] && trial.user == "u" && trial.session == "s" && trial.project == "default")
        let wrong = try await server.send(.post, "/api/v1/routes/dry-run", body: #"{"tags":[1]}"#)
        #expect(wrong.errorMessage == "`tags` must be an array of strings.")
    }

    @Test func withoutRoutesNothingIsPretended() async throws {
        let answer = try await Server().send(.get, "/api/v1/routes")
        #expect(answer.status == 503 && answer.errorCode == "not_available")
    }
}

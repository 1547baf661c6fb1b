import SignalboxClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct LiveTailTests {
    private func tail(_ pieces: [String]) async throws -> [String] {
        var events: [String] = []
        try await StubServer.with({ _ in .init(pieces: pieces) }) { server in
            let client = SignalboxClient(baseURL: server.url, key: "admin")
            for try await event in client.liveEvents(RequestFilter(user: "ada", limit: 5)) {
                events.append(String(decoding: event, as: UTF8.self))
            }
            #expect(server.requests.map(\.uri) == ["/api/v1/requests/live?user=ada"])
            #expect(server.requests.first?.headers["accept"] == "text/event-stream")
        }
        return events
    }

    @Test func eventsAreCutAtEveryPoint() async throws {
        let stream = ": hello\n\nevent: request\ndata: {\"a\":1}\n\ndata:b\r\ndata: c\r\n\r\nid: 7\ndata:  d\r\r"
        let bytes = Array(stream)
        for cut in bytes.indices.dropFirst() {
            let pieces = [String(bytes[..<cut]), String(bytes[cut...])]
            #expect(try await tail(pieces) == ["{\"a\":1}", "b\nc", " d"])
        }
    }

    @Test func unfinishedEventsAreNotGiven() async throws {
        #expect(try await tail(["data: a\n\ndata: b\n"]) == ["a"])
    }

    @Test func refusedTailsThrowTheServersError() async throws {
        let body = #"{"error":{"code":"invalid_key","message":"No."}}"#
        try await StubServer.with({ _ in .init(status: 401, pieces: [body]) }) { server in
            let client = SignalboxClient(baseURL: server.url, key: "x")
            let error = await #expect(throws: SignalboxError.self) {
                for try await _ in client.liveRequests() {}
            }
            #expect(error?.code == "invalid_key" && error?.status == 401)
        }
    }
}

import ControlAPI
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import ServiceLifecycle
import Storage
import Testing
import Vocabulary

struct LiveTailTests {
    @Test func storedCallsThatMatchAreEvents() async throws {
        var server = try await Server()
        var other = Fixtures.span(3)
        other.user = "bob"
        let spans = [Fixtures.fullSpan(1), Fixtures.span(2, project: "theirs"), other]
        server.services.liveSpans = { stream(of: spans) }
        let text = try await server.send(.get, "/api/v1/requests/live?user=ada").text
        let events = text.split(separator: "\n\n").filter { $0.contains("event: request") }
        #expect(events.count == 1)
        let lines = try #require(events.first).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "id: \(Fixtures.id(1).uuid)")
        #expect(lines[1] == "event: request")
        #expect(lines[2].hasPrefix(#"data: {"id":"\#(Fixtures.id(1).uuid)","started_at""#))
    }

    @Test(arguments: [
        ("environment=dev", 2), ("environment=prod", 0), ("from=\(Fixtures.start / 1000 + 1)", 0),
        ("to=\(Fixtures.start / 1000 + 1)", 2), ("session=s-1", 1), ("feature=search", 1), ("tag=b", 1), ("tag=c", 0),
        ("model=gpt-4o-mini", 2), ("provider=up", 2), ("provider=down", 0), ("key=key_1", 2), ("operation=chat", 2),
        ("operation=messages", 0), ("status=error", 1), ("http_status=200", 2), ("error_code=upstream_reset", 1),
        ("streamed=false", 1), ("trace=00000000000000010000000000000002", 1), ("min_cost_nanodollars=1500", 1),
        ("min_cost_nanodollars=1501", 0), ("min_duration_ms=1234.56", 2), ("min_duration_ms=1234.561", 0),
        ("team=search", 1), ("team=other", 0), ("customer=acme", 1), ("customer=other", 0), ("route=fast", 1),
        ("route=slow", 0), ("cache=semantic_hit", 1), ("cache=miss", 0),
    ])
    func theTailTakesTheFiltersOfTheList(query: String, count: Int) async throws {
        var server = try await Server()
        server.services.liveSpans = { stream(of: [Fixtures.fullSpan(1), Fixtures.span(2)]) }
        let text = try await server.send(.get, "/api/v1/requests/live?\(query)").text
        #expect(text.split(separator: "event: request").count - 1 == count)
    }

    @Test(arguments: ["limit=5", "cursor=x", "count=true", "order=asc"])
    func aTailHasNoPages(query: String) async throws {
        let answer = try await Server().send(.get, "/api/v1/requests/live?\(query)")
        #expect(answer.errorCode == "unknown_parameter")
    }

    @Test func silenceIsBrokenByComments() async throws {
        var server = try await Server()
        let (spans, source) = AsyncStream<SpanRecord>.makeStream()
        server.services.liveSpans = { spans }
        server.services.liveHeartbeat = .milliseconds(1)
        let seen = Box("")
        let response = try await open(server)
        try await response.body.write(
            Recorder { text in
                seen.value += text
                // Two comments have come: the source may end, and with it the answer.
                if seen.value.split(separator: ": still here\n\n", omittingEmptySubsequences: false).count > 2 {
                    source.finish()
                }
            }
        )
        #expect(seen.value.hasPrefix(": live\n"))
    }

    @Test func aClientThatLeavesEndsItsSubscription() async throws {
        var server = try await Server()
        let (ends, ended) = AsyncStream<Void>.makeStream()
        server.services.liveSpans = {
            AsyncStream { source in
                source.onTermination = { _ in ended.finish() }
                source.yield(Fixtures.span())
            }
        }
        let response = try await open(server)
        await #expect(throws: ClientLeft.self) {
            try await response.body.write(Recorder { text in if text.contains("event:") { throw ClientLeft() } })
        }
        for await _ in ends {}
    }

    @Test func aServerThatStopsEndsTheStream() async throws {
        var server = try await Server()
        let (spans, source) = AsyncStream<SpanRecord>.makeStream()
        server.services.liveSpans = { spans }
        let response = try await open(server)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (starts, started) = AsyncStream<Void>.makeStream()
        let writing = Writing(response: response) { started.finish() }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: writing, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: logger
            )
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in starts {}
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        source.finish()
    }

    @Test func beyondTheLimitATailIs503UntilAnotherEnds() async throws {
        var server = try await Server()
        server.services.maximumLiveStreams = 2
        let responder = server.router.buildResponder()
        var held = [try await open(responder), try await open(responder)]
        let refused = try await open(responder)
        #expect(refused.status == .serviceUnavailable)
        #expect(refused.headers[.retryAfter] == "15")
        held.removeLast()
        #expect(try await open(responder).status == .ok)
        #expect(held.count == 1)
    }

    private func open(_ server: Server) async throws -> Response { try await open(server.router.buildResponder()) }

    private func open(_ responder: some HTTPResponder<BasicRequestContext>) async throws -> Response {
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "localhost", path: "/api/v1/requests/live",
            headerFields: [.authorization: "Bearer \(Server.adminSecret)"]
        )
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let context = BasicRequestContext(
            source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: logger)
        )
        return try await responder.respond(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer())), context: context)
    }
}

private func stream(of spans: [SpanRecord]) -> AsyncStream<SpanRecord> {
    AsyncStream { source in
        for span in spans { source.yield(span) }
        source.finish()
    }
}

private struct ClientLeft: Error {}

/// Hands each piece of a body to a closure.
private struct Recorder: ResponseBodyWriter {
    var onWrite: @Sendable (String) throws -> Void

    init(_ onWrite: @escaping @Sendable (String) throws -> Void) { self.onWrite = onWrite }

    mutating func write(_ buffer: ByteBuffer) async throws { try onWrite(String(buffer: buffer)) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// Writes an answer inside a service group, as the server does.
private struct Writing: Service {
    var response: Response
    var onStart: @Sendable () -> Void

    func run() async throws {
        try await response.body.write(Recorder { [onStart] _ in onStart() })
    }
}

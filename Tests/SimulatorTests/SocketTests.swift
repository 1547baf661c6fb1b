import NIOCore
import NIOPosix
import Simulator
import Testing

@Suite struct SocketTests {
    private static let body = #"{"model":"m","stream":true,"messages":[{"role":"user","content":"echo: a b c"}]}"#

    private func request(_ method: String, _ path: String, _ body: String = "", fault: String = "") -> ByteBuffer {
        let headers = "host: sim\r\nauthorization: Bearer k\r\nx-sim-fault: \(fault)\r\n"
        return ByteBuffer(
            string: "\(method) \(path) HTTP/1.1\r\n\(headers)content-length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    private func withServer(_ body: (SimulatorServer) async throws -> Void) async throws {
        let server = try await SimulatorServer.start(
            SimulatorConfiguration(), group: .singletonMultiThreadedEventLoopGroup)
        do { try await body(server) } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    private func connect(_ server: SimulatorServer) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
            }
    }

    /// Sends and reads until the text holds `mark`, or the peer closes if there is none.
    private func exchange(_ server: SimulatorServer, _ request: ByteBuffer, until mark: String?) async throws -> String
    {
        var text = ""
        try await connect(server).executeThenClose { inbound, outbound in
            try await outbound.write(request)
            for try await part in inbound {
                text += String(buffer: part)
                if let mark, text.contains(mark) { break }
            }
        }
        return text
    }

    @Test(.timeLimit(.minutes(1))) func streamsOverASocket() async throws {
        try await withServer { server in
            let answer = try await exchange(
                server, request("POST", "/v1/chat/completions", Self.body), until: "\r\n0\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("content-type: text/event-stream"))
            #expect(answer.contains("data: [DONE]\n\n"))
        }
    }

    @Test(.timeLimit(.minutes(1))) func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await withServer { server in
            var both = request("POST", "/v1/chat/completions", Self.body, fault: "first-byte-delay=20ms")
            var second = request("GET", "/v1/models/second")
            both.writeBuffer(&second)
            let answer = try await exchange(server, both, until: #""id":"second""#)
            let done = try #require(answer.split(separator: "[DONE]", maxSplits: 1).last)
            #expect(done.contains(#""id":"second""#))
        }
    }

    @Test(.timeLimit(.minutes(1))) func aClientThatLeavesIsCounted() async throws {
        try await withServer { server in
            _ = try await exchange(
                server, request("POST", "/v1/chat/completions", Self.body, fault: "endless"), until: " c")
            while server.statistics.cancelledStreams == 0 { await Task.yield() }
            #expect(server.statistics.openStreams == 0)
            #expect(server.statistics.cancelledRequests == 1 && server.statistics.completed == 0)
        }
    }

    @Test(.timeLimit(.minutes(1))) func closeAfterResponseIsARealClose() async throws {
        try await withServer { server in
            let request = request("POST", "/v1/chat/completions", Self.body, fault: "close-after-response")
            let answer = try await exchange(server, request, until: nil)
            #expect(answer.hasSuffix("\r\n0\r\n\r\n") && !answer.lowercased().contains("connection: close"))
        }
    }

    @Test(.timeLimit(.minutes(1))) func aResetReachesTheClient() async throws {
        try await withServer { server in
            let request = request("POST", "/v1/chat/completions", Self.body, fault: "reset=after-2-chunks")
            await #expect(throws: IOError.self) { try await exchange(server, request, until: nil) }
            #expect(server.statistics.completed == 1)
        }
    }
}

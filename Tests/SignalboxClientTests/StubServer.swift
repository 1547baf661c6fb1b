import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server on a port of its own that answers by a function and remembers what it was asked.
final class StubServer: Sendable {
    struct Request: Sendable, Equatable {
        var method: String
        var uri: String
        var headers: [String: String]
        var body: String
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        /// Pieces, each written and flushed on its own.
        var pieces: [String] = []
        /// False leaves the answer open.
        var ends = true
    }

    private let channel: any Channel
    private let seen: Seen

    private init(channel: any Channel, seen: Seen) {
        self.channel = channel
        self.seen = seen
    }

    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    /// What was asked so far.
    var requests: [Request] { seen.requests.withLock { $0 } }

    /// Runs `body` with a server that answers by `answer`; `nil` gives no answer at all.
    static func with(
        _ answer: @escaping @Sendable (Request) -> Answer?, _ body: (StubServer) async throws -> Void
    ) async throws {
        let seen = Seen()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(answer: answer, seen: seen))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = StubServer(channel: channel, seen: seen)
        do { try await body(server) } catch {
            try await channel.close().get()
            throw error
        }
        try await channel.close().get()
    }

    private final class Seen: Sendable {
        let requests = Mutex<[Request]>([])
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        let answer: @Sendable (Request) -> Answer?
        let seen: Seen
        var request = Request(method: "", uri: "", headers: [:], body: "")

        init(answer: @escaping @Sendable (Request) -> Answer?, seen: Seen) {
            self.answer = answer
            self.seen = seen
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
                request = Request(method: head.method.rawValue, uri: head.uri, headers: headers, body: "")
            case .body(let bytes): request.body += String(buffer: bytes)
            case .end:
                seen.requests.withLock { $0.append(request) }
                if let answer = answer(request) { write(answer, context) }
            }
        }

        private func write(_ answer: Answer, _ context: ChannelHandlerContext) {
            var headers = HTTPHeaders(answer.headers)
            if answer.pieces.isEmpty { headers.add(name: "content-length", value: "0") }
            let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            for piece in answer.pieces {
                context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: piece)))), promise: nil)
            }
            if answer.ends { context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
        }
    }
}

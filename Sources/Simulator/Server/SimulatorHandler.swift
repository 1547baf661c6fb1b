import Glibc
import NIOCore
import NIOHTTP1

/// Plays a plan for each request of one connection. Lives on its channel's event loop.
final class SimulatorHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// A request body beyond this is refused: it is held in memory.
    static let maximumBody = 64 << 20

    private let responder: Responder
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var playback: Playback?
    private var timer: Scheduled<Void>?
    private var isPausedByPeer = false
    private var slowReader: SlowReader?

    init(_ responder: Responder) { self.responder = responder }

    func channelActive(context: ChannelHandlerContext) {
        responder.connections.add(context.channel)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        responder.connections.remove(context.channel)
        slowReader?.stop()
        finish(isCancelled: true)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
            prepareBody(head, context)
        case .body(var part):
            if body.readableBytes == 0 { body = part } else { body.writeBuffer(&part) }
            if body.readableBytes > Self.maximumBody { context.close(promise: nil) }
        case .end: answer(context)
        }
    }

    private func prepareBody(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        if let rate = responder.readRate(head) {
            slowReader = SlowReader(context.channel, bytesPerSecond: rate)
            slowReader?.start()
        }
        if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
            let proceed = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(proceed)), promise: nil)
        }
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let head else { return }
        slowReader?.stop()
        slowReader = nil
        playback = Playback(responder.plan(head, body), keepsAlive: head.isKeepAlive)
        body = ByteBuffer()
        self.head = nil
        run(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if isPausedByPeer, context.channel.isWritable {
            isPausedByPeer = false
            run(context)
        }
        context.fireChannelWritabilityChanged()
    }

    /// Does steps until one has to wait.
    private func run(_ context: ChannelHandlerContext) {
        while playback != nil {
            guard context.channel.isWritable else {
                isPausedByPeer = true
                return context.flush()
            }
            guard let step = playback?.next(), perform(step, context) else { return }
        }
    }

    /// True if the next step may follow at once.
    private func perform(_ step: AnswerPlan.Step, _ context: ChannelHandlerContext) -> Bool {
        switch step {
        case .wait(let microseconds): wait(microseconds, context)
        case .head(let length): return writeHead(length, context)
        case .bytes(let bytes):
            context.write(
                wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: bytes)))), promise: nil)
            return true
        case .flush:
            context.flush()
            return true
        case .end: end(context)
        case .close: leave(context, withReset: false)
        case .reset: leave(context, withReset: true)
        case .hang, .jump: break  // nothing more until the client leaves; jumps never get here
        }
        return false
    }

    private func wait(_ microseconds: Int, _ context: ChannelHandlerContext) {
        context.flush()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: .microseconds(Int64(microseconds))) {
            let (handler, context) = bound.value
            handler.run(context)
        }
    }

    private func writeHead(_ length: Int?, _ context: ChannelHandlerContext) -> Bool {
        guard let playback else { return false }
        var headers = HTTPHeaders(playback.plan.headers)
        headers.add(name: "content-type", value: playback.plan.contentType)
        if let length { headers.add(name: "content-length", value: String(length)) }
        if !playback.keepsAlive { headers.add(name: "connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: playback.plan.status)
        context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))), promise: nil)
        return true
    }

    /// The state is settled before the write: writing the end may deliver the connection's next request at once.
    private func end(_ context: ChannelHandlerContext) {
        let closes = playback.map { !$0.keepsAlive || $0.plan.closesAfterEnd } ?? true
        finish(isCancelled: false)
        if closes {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(promise: nil) }
        } else {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    private func leave(_ context: ChannelHandlerContext, withReset: Bool) {
        finish(isCancelled: false)
        if withReset, let socket = context.channel as? any SocketOptionProvider {
            // A linger time of zero turns close(2) into RST.
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { _ in }
        }
        context.close(promise: nil)
    }

    private func finish(isCancelled: Bool) {
        timer?.cancel()
        timer = nil
        guard let plan = playback?.plan else { return }
        playback = nil
        if plan.isCounted { responder.counters.ended(isStream: plan.isStream, isCancelled: isCancelled) }
    }
}

import Gateway
import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS

/// The end of an upstream connection's pipeline: hands the answer to the call that is on it.
final class UpstreamConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let pool: UpstreamPool
    private var context: ChannelHandlerContext?
    private var call: UpstreamCall?
    private var served = 0
    private var hasAnswered = false
    private var isKeptAlive = false
    private var isPaused = false
    private var lastError: AttemptFailure?
    /// False until TCP and TLS are up.
    var isReady = false

    init(pool: UpstreamPool) { self.pool = pool }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    // MARK: What the pool and the call ask for

    /// Sends a call's request. The connection must be free.
    func send(_ call: UpstreamCall) {
        guard let context, context.channel.isActive else {
            return fail(call, with: .closed(reused: served > 0, answered: false))
        }
        self.call = call
        call.connection = self
        served += 1
        hasAnswered = false
        isPaused = false
        // Said first: a write can fail at once, and then the call has already moved on to another connection.
        call.delegate?.upstreamConnected()
        context.write(wrapOutboundOut(.head(call.head)), promise: nil)
        if let body = call.body, body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.read()
    }

    func pause() { isPaused = true }

    func resume() {
        guard isPaused else { return }
        isPaused = false
        context?.read()
    }

    /// The call is given up in the middle: nothing more can be sent here.
    func abandon() {
        guard let call else { return }
        self.call = nil
        call.connection = nil
        context?.close(promise: nil)
        pool.lost(inUse: true, self)
    }

    /// Keeps one read outstanding, so that a close by the other side is noticed while the connection is idle.
    func readWhileIdle() {
        if call == nil { context?.read() }
    }

    func close() { context?.close(promise: nil) }

    /// The handshake has had its time.
    func closeUnlessReady() {
        guard !isReady else { return }
        lastError = .tls("no handshake in time")
        context?.close(promise: nil)
    }

    // MARK: What the channel brings

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let call else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            hasAnswered = true
            isKeptAlive = head.isKeepAlive
            call.delegate?.upstreamAnswered(head)
        case .body(let bytes):
            call.delegate?.upstreamSent(bytes)
        case .end:
            finish(call)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        call?.delegate?.upstreamPausedForNow()
        if !isPaused { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        lastError = Self.reason(of: error)
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { pool.ready(self) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard isReady else { return pool.failedToConnect(lastError ?? .connect("closed while connecting")) }
        guard let call else { return pool.lost(inUse: false, self) }
        self.call = nil
        call.connection = nil
        pool.lost(inUse: true, self)
        fail(call, with: lastError ?? .closed(reused: served > 1, answered: hasAnswered))
    }

    private func finish(_ call: UpstreamCall) {
        self.call = nil
        call.connection = nil
        if isKeptAlive, let context, context.channel.isActive {
            isPaused = false
            pool.free(self)
        } else {
            context?.close(promise: nil)
            pool.lost(inUse: true, self)
        }
        call.delegate?.upstreamEnded()
    }

    private func fail(_ call: UpstreamCall, with reason: AttemptFailure) {
        call.delegate?.upstreamFailed(reason)
    }

    /// What went wrong, in our words. A reset is an ordinary close: `channelInactive` tells how far the call had come.
    private static func reason(of error: any Error) -> AttemptFailure? {
        switch error {
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: .tls("\(error)")
        // Closed without a TLS farewell, which many servers leave out; a reset looks the same.
        case NIOSSLError.uncleanShutdown: nil
        // The answer's end is missing because the connection closed, not because it was written wrongly.
        case HTTPParserError.invalidEOFState: nil
        case is HTTPParserError: .malformed("\(error)")
        default: nil
        }
    }
}

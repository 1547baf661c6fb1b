import DequeModule
import Gateway
import NIOCore
import NIOHTTP1
import Vocabulary

/// Stands behind the HTTP decoder of every connection: serves the data plane's requests on the event loop itself and
/// passes all others on to the server behind it.
///
/// Requests of one connection are served one after the other; what a client pipelines waits here, and reading stops
/// while much of it does.
final class DataPlaneHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Whose request is being served.
    private enum Turn {
        case none
        case ours(Call)
        /// The rest of a request that was answered before it was complete.
        case discarding
        /// Nothing more is served; what was written is still on its way to a slow reader.
        case closing(since: UInt64)
        case theirs(requestEnded: Bool, answerEnded: Bool)
    }

    /// Parts of pipelined requests that may wait before reading stops: a few requests' worth.
    private static let waitingParts = 64
    /// After an early refusal the rest of the request is read and dropped for this long, so that the caller gets to
    /// read the answer instead of a reset.
    private static let lingerNanoseconds: UInt64 = 2_000_000_000

    let loop: LoopContext
    var registryIndex = -1
    private var context: ChannelHandlerContext?
    private var turn = Turn.none
    private var requestEnded = false
    private var waiting = Deque<HTTPServerRequestPart>()
    private var isReadHeld = false
    private var isDraining = false
    private var closesWhenFree = false
    private var lingersUntil: UInt64?
    private var lastActivity: UInt64
    /// Since when an answer of the server behind us has not been read.
    private var blockedSince: UInt64?
    private var hasServed = false

    init(loop: LoopContext) {
        self.loop = loop
        lastActivity = loop.now()
    }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    // MARK: Life of the connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.register(self)
        loop.counters.connections += 1
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        loop.unregister(self)
        loop.counters.connections -= 1
    }

    func channelInactive(context: ChannelHandlerContext) {
        waiting.removeAll()
        if case .ours(let call) = turn { call.clientLeft() }
        turn = .none
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch turn {
        case .theirs: context.fireErrorCaught(error)
        case .ours(let call):
            // Nothing that follows on this connection can be served; a good answer that is on its way still is.
            closesWhenFree = true
            waiting.removeAll()
            if error is HTTPParserError, requestEnded { return }
            call.clientLeft()
            context.close(promise: nil)
        case .none:
            if error is HTTPParserError { refuseMalformed(error) } else { context.close(promise: nil) }
        case .discarding, .closing:
            if !(error is HTTPParserError) { context.close(promise: nil) }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, case .ours = turn { return closesWhenFree = true }
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { return inputClosed(context, event) }
        context.fireUserInboundEventTriggered(event)
    }

    /// The caller closed its sending side. Most clients that do so are gone; whether to believe that is a setting. What
    /// an answer has left to send is sent all the same.
    private func inputClosed(_ context: ChannelHandlerContext, _ event: Any) {
        switch turn {
        case .theirs: context.fireUserInboundEventTriggered(event)
        case .none, .discarding: closeNow()
        case .closing: break
        case .ours(let call):
            closesWhenFree = true
            guard !loop.settings.servesHalfClosed || !requestEnded else { return }
            call.clientLeft()
            context.close(promise: nil)
        }
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if mustWait { waiting.append(part) } else { take(part, context) }
    }

    /// The server behind us hears only of reads that brought it something.
    func channelReadComplete(context: ChannelHandlerContext) {
        if case .ours = turn { return }
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if waiting.count >= Self.waitingParts { isReadHeld = true } else { context.read() }
    }

    private var mustWait: Bool {
        switch turn {
        case .none, .discarding, .closing: false
        case .ours: requestEnded
        case .theirs(let requestEnded, _): requestEnded
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch turn {
        case .none: begin(part, context)
        case .ours(let call): feed(part, to: call)
        case .discarding: discard(part)
        case .closing: break
        case .theirs(_, let answerEnded):
            context.fireChannelRead(wrapInboundOut(part))
            if case .end = part { theirTurn(requestEnded: true, answerEnded: answerEnded) }
        }
    }

    private func begin(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        guard case .head(let head) = part else { return }
        requestEnded = false
        hasServed = true
        lastActivity = loop.now()
        guard let (target, door) = CallTarget.find(head.uri) else {
            turn = .theirs(requestEnded: false, answerEnded: false)
            return context.fireChannelRead(wrapInboundOut(part))
        }
        let call = Call(loop: loop, client: self, head: head, target: target, door: door)
        turn = .ours(call)
        call.begin()
    }

    private func feed(_ part: HTTPServerRequestPart, to call: Call) {
        switch part {
        case .head: break
        case .body(let bytes): call.receive(body: bytes)
        case .end:
            requestEnded = true
            call.requestComplete()
        }
    }

    private func discard(_ part: HTTPServerRequestPart) {
        guard case .end = part else { return }
        if lingersUntil != nil { return closeNow() }
        turn = .none
    }

    // MARK: Answers of the server behind us

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .theirs(let requestEnded, _) = turn, case .end = unwrapOutboundIn(data) else {
            return context.write(data, promise: promise)
        }
        context.write(data, promise: promise)
        theirTurn(requestEnded: requestEnded, answerEnded: true)
    }

    private func theirTurn(requestEnded: Bool, answerEnded: Bool) {
        turn = .theirs(requestEnded: requestEnded, answerEnded: answerEnded)
        if requestEnded, answerEnded { becomeFree() }
    }

    // MARK: What calls ask for

    func write(_ part: HTTPServerResponsePart) {
        context?.write(wrapOutboundOut(part), promise: nil)
    }

    func flush() { context?.flush() }

    func sendContinue() {
        write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
        flush()
    }

    /// The answer comes before the request's end: read on for a while, then close.
    func linger() { lingersUntil = loop.now() &+ Self.lingerNanoseconds }

    /// Closes without completing the answer, so that the caller can't mistake it for a whole one.
    func abort() {
        closesWhenFree = true
        context?.close(promise: nil)
    }

    func callEnded(_ call: Call, closes: Bool) {
        guard case .ours(let current) = turn, current === call else { return }
        closesWhenFree = closesWhenFree || closes
        guard !requestEnded else { return becomeFree() }
        turn = .discarding
        if lingersUntil != nil { endOutput() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if case .ours(let call) = turn { call.clientWritable(context.channel.isWritable) }
        blockedSince = context.channel.isWritable ? nil : loop.now()
        context.fireChannelWritabilityChanged()
    }

    // MARK: Between requests

    private func becomeFree() {
        turn = .none
        requestEnded = false
        lastActivity = loop.now()
        if closesWhenFree { return closeNow() }
        drain()
    }

    /// Serves what waited, in order. Not recursive: a call that ends at once leaves the loop to go on.
    private func drain() {
        guard !isDraining, let context else { return }
        isDraining = true
        defer { isDraining = false }
        guard !waiting.isEmpty || isReadHeld else { return }
        while !mustWait, let part = waiting.popFirst() { take(part, context) }
        // The server behind us takes up what it was passed only when a read is complete.
        context.fireChannelReadComplete()
        if isReadHeld, waiting.count < Self.waitingParts {
            isReadHeld = false
            context.read()
        }
    }

    /// Closes once everything that was written has left: a close drops what the kernel has not taken yet.
    private func closeNow() {
        waiting.removeAll()
        if hasUnsentBytes {
            if case .closing = turn { return }
            turn = .closing(since: loop.now())
        } else {
            context?.close(promise: nil)
        }
    }

    private var hasUnsentBytes: Bool {
        guard let options = context?.channel.syncOptions else { return false }
        return ((try? options.getOption(.bufferedWritableBytes)) ?? 0) > 0
    }

    /// Answers and reads on for a while: closing with unread bytes would make the kernel throw the answer away.
    private func refuseMalformed(_ error: any Error) {
        loop.counters.refused += 1
        let isTooLong = (error as? HTTPParserError) == .headerOverflow
        let failure = GatewayFailure(
            .invalidRequest, status: isTooLong ? 431 : 400,
            isTooLong
                ? "The request's headers are longer than this server allows (limits.header_bytes, limits.header_count)."
                : "The request is not valid HTTP/1.1: \(error)."
        )
        let id = loop.nextRequestID()
        let body = FailureBody.response(failure, dialect: .openai, requestID: id)
        let head = AnswerHead.json(
            status: failure.status, bytes: body.count, version: .http1_1, id: id, retryAfter: nil, closes: true
        )
        write(.head(head))
        write(.body(.byteBuffer(ByteBuffer(bytes: body))))
        write(.end(nil))
        flush()
        turn = .discarding
        linger()
        endOutput()
    }

    /// Tells a caller who still sends that nothing more will come.
    private func endOutput() {
        if !hasUnsentBytes { context?.close(mode: .output, promise: nil) }
    }

    // MARK: Time

    /// Looks whether something is overdue on this connection.
    func sweep(at now: UInt64) {
        if let lingersUntil, now >= lingersUntil { return closeNow() }
        switch turn {
        case .none:
            let patience = hasServed ? loop.settings.keepAlive : loop.settings.requestHead
            let isOver = now &- lastActivity >= patience || (loop.isStopping && waiting.isEmpty)
            if isOver || loop.isStopped { closeNow() }
        case .ours(let call):
            if requestEnded {
                call.sweep(at: now)
            } else if now &- call.startedAt >= loop.settings.requestBody {
                call.expireRequest()
            }
        case .discarding:
            if now &- lastActivity >= loop.settings.requestBody { closeNow() }
        case .closing(let since):
            let patience = loop.isStopped ? Self.lingerNanoseconds : loop.settings.clientStall
            if !hasUnsentBytes || now &- since >= patience { context?.close(promise: nil) }
        case .theirs(let requestEnded, _):
            sweepTheirs(requestEnded: requestEnded, now)
        }
    }

    /// The server behind us has no deadlines of its own for callers that do not send, or do not read.
    private func sweepTheirs(requestEnded: Bool, _ now: UInt64) {
        if !requestEnded, now &- lastActivity >= loop.settings.requestBody { context?.close(promise: nil) }
        if let blockedSince, now &- blockedSince >= loop.settings.clientStall { context?.close(promise: nil) }
    }

    /// The server's grace is over: whoever still waits is told.
    func stopNow() {
        switch turn {
        case .ours(let call): call.stop()
        case .theirs: context?.close(promise: nil)
        case .none, .discarding, .closing: closeNow()
        }
    }
}

import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Routing
import Runtime
import Upstream

/// One attempt at one target: its upstream call, and its answer as far as it came.
///
/// Tells its call what happens; the call's exchange decides. Confined to the call's event loop.
final class Attempt: UpstreamDelegate {
    /// The number that the exchange knows it by.
    let number: Int
    let target: RouteTarget
    private unowned let call: Call
    private var upstream: UpstreamCall?
    private let startedAt: UInt64
    private var firstByteAt: UInt64?
    /// Given back to the target's health when the attempt is over; `nil` from then on.
    private var ticket: HealthTicket?

    var relay: AnswerRelay
    private(set) var head: HTTPResponseHead?
    private(set) var status = 0
    private(set) var retryAfter: UInt64?
    /// Its stream held an error event, which the caller got as it was.
    private var hasToldError = false
    /// What the caller has yet to get of the answer.
    private var held = ByteBuffer()

    init(number: Int, target: RouteTarget, relay: AnswerRelay, call: Call) {
        self.number = number
        self.target = target
        self.relay = relay
        self.call = call
        startedAt = call.loop.now()
        ticket = target.health?.began(now: startedAt)
    }

    /// Queues the request for a connection.
    func start(_ request: HTTPRequestHead, body: ByteBuffer, fresh: Bool, priority: Int) {
        do {
            let pool = try call.loop.pool(for: target.provider)
            let upstream = pool.call(request, body: body, priority: priority, delegate: self)
            self.upstream = upstream
            pool.start(upstream, fresh: fresh)
        } catch {
            upstreamFailed(.tls("\(error)"))
        }
    }

    /// Goes on with the caller's stream where `broken` stopped: what it has yet to get comes first, then a comment that
    /// says so, which every client passes over.
    func goOn(with broken: Attempt) {
        relay.takeOver(broken.relay)
        head = broken.head
        if let rest = broken.takeHeld() { held = rest }
        held.writeString(": signalbox: continued by \(target.provider.name)/\(target.upstreamModel)\n\n")
    }

    /// Gives the attempt up; its connection is closed.
    func cancel(_ outcome: HealthSample.Outcome) {
        report(outcome)
        upstream?.cancel()
        upstream = nil
    }

    func pause() { upstream?.pause() }

    func resume() { upstream?.resume() }

    /// Hands over what the caller has yet to get.
    func takeHeld() -> ByteBuffer? {
        guard held.readableBytes > 0 else { return nil }
        defer { held = ByteBuffer() }
        return held
    }

    /// Tells the target's health how it went; once.
    private func report(_ outcome: HealthSample.Outcome) {
        guard let ticket else { return }
        self.ticket = nil
        let now = call.loop.now()
        let sample = HealthSample(outcome, firstByte: firstByteAt.map { $0 &- startedAt }, total: now &- startedAt)
        target.health?.ended(ticket, sample, now: now)
    }

    /// What a complete answer says about the target.
    private var answered: HealthSample.Outcome {
        if hasToldError { return .failure(.serverError) }
        if status < 400 { return .success }
        if status == 429 { return .rateLimited(retryAfter: retryAfter) }
        return .failure(RouteFailure(status: status).kind)
    }

    // MARK: What the upstream says

    func upstreamConnected() { call.report(.connected(attempt: number)) }

    func upstreamAnswered(_ head: HTTPResponseHead) {
        // The caller has its head already where this answer goes on with another's.
        if self.head == nil { self.head = head }
        status = Int(head.status.code)
        retryAfter = Self.retryAfter(head.headers)
        firstByteAt = call.loop.now()
        let hold = relay.begin(head)
        call.report(.answerBegan(attempt: number, status: Int(head.status.code), hold: hold))
    }

    func upstreamSent(_ bytes: ByteBuffer) {
        do {
            let piece = try relay.receive(bytes)
            call.loop.counters.answerBytes += Int64(bytes.readableBytes)
            take(piece)
        } catch {
            cancel(.failure(.invalidAnswer))
            call.report(.attemptFailed(attempt: number, .malformed("an event longer than limits.event_bytes")))
        }
    }

    func upstreamPausedForNow() { call.upstreamPausedForNow() }

    func upstreamEnded() {
        upstream = nil
        if call.exchange?.isRefusing(number) == true {
            report(answered)
            return call.refused(self)
        }
        guard take(relay.end()) else { return }
        report(answered)
        call.report(.answerEnded)
    }

    func upstreamFailed(_ reason: AttemptFailure) {
        upstream = nil
        report(.failure(.connect))
        call.report(.attemptFailed(attempt: number, reason))
    }

    /// Passes a piece on to the exchange. False where the attempt is over with it.
    @discardableResult
    private func take(_ piece: AnswerRelay.Piece) -> Bool {
        var bytes = piece.bytes
        if held.readableBytes == 0 { held = bytes } else { held.writeBuffer(&bytes) }
        // An error that a racing attempt answers with is read, and nobody gets it.
        guard call.lead === self else { return true }
        // A stream that goes through tells its error itself; one that is rewritten leaves that to us.
        if let failure = piece.failure, call.canReplaceAnswer || relay.isRewritten {
            if call.canReplaceAnswer, !call.hasWrittenHead { held = ByteBuffer() }
            cancel(.failure(.serverError))
            call.streamRefused(self, failure)
            return false
        }
        if let fault = piece.fault, call.canReplaceAnswer || relay.isRewritten { return giveUp(piece, fault) }
        if piece.failure != nil { hasToldError = true }
        // Settled before the event that ends the stream is passed on: a caller that has seen it has its answer.
        let hasContent = piece.meaning.contains(.content)
        if piece.meaning.contains(.terminal) { call.report(.terminal(content: hasContent)) }
        call.report(.answerData(content: hasContent, bytes: piece.bytes.readableBytes))
        return true
    }

    /// The answer can't be read: what could be goes on, and the rest is a failure.
    private func giveUp(_ piece: AnswerRelay.Piece, _ fault: String) -> Bool {
        if piece.bytes.readableBytes > 0 {
            call.report(.answerData(content: piece.meaning.contains(.content), bytes: piece.bytes.readableBytes))
        }
        cancel(.failure(.invalidAnswer))
        call.report(.attemptFailed(attempt: number, .malformed(fault)))
        return false
    }

    /// Replaces what is held, for an error answer that is told in the caller's dialect.
    func hold(_ body: [UInt8]) { held = ByteBuffer(bytes: body) }

    /// How long the provider asks to wait, nanoseconds.
    private static func retryAfter(_ headers: HTTPHeaders) -> UInt64? {
        if let text = headers.first(name: "retry-after-ms") ?? headers.first(name: "x-ms-retry-after-ms"),
            let milliseconds = UInt64(text), milliseconds < 86_400_000
        {
            return milliseconds * 1_000_000
        }
        guard let text = headers.first(name: "retry-after"), let seconds = Double(text), (0..<86_400).contains(seconds)
        else { return nil }
        return UInt64(seconds * 1_000_000_000)
    }
}

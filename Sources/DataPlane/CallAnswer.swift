import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Upstream
import Vocabulary

// What a call hears from its upstream, and what it tells its caller.

extension Call: UpstreamDelegate {
    func upstreamConnected() { report(.connected) }

    func upstreamAnswered(_ head: HTTPResponseHead) {
        answer.begin(head)
        answerHead = head
        report(.answerBegan(status: Int(head.status.code)))
    }

    func upstreamSent(_ bytes: ByteBuffer) {
        do {
            let piece = try answer.receive(bytes)
            pendingBytes = piece.bytes
            loop.counters.answerBytes += Int64(bytes.readableBytes)
            // Settled before the event that ends the stream is passed on: a caller that has seen it has its answer.
            if piece.meaning.contains(.terminal) { report(.terminal) }
            report(.answerData(content: piece.meaning.contains(.content)))
        } catch {
            upstream?.cancel()
            upstream = nil
            report(.attemptFailed(.malformed("an event longer than limits.event_bytes")))
        }
    }

    func upstreamPausedForNow() {
        guard hasWrittenHead else { return }
        client?.flush()
        if let client, !client.isWritable { report(.clientBlocked) }
    }

    func upstreamEnded() {
        upstream = nil
        answer.end()
        report(.answerEnded)
    }

    func upstreamFailed(_ reason: AttemptFailure) {
        upstream = nil
        report(.attemptFailed(reason))
    }
}

extension Call {
    func forwardHead() {
        guard let answerHead else { return }
        let isOld = head.version.major == 1 && head.version.minor == 0
        let needsClose = isOld && !answerHead.headers.contains(name: "content-length")
        closesConnection = closesConnection || needsClose || loop.isStopping
        let forwarded = AnswerHead.forward(
            answerHead, version: head.version, id: id, bodyChanges: answer.changesBody, closes: closesConnection
        )
        hasWrittenHead = true
        client?.write(.head(forwarded))
    }

    func forwardData() {
        guard let bytes = pendingBytes else { return }
        pendingBytes = nil
        if bytes.readableBytes > 0 { client?.write(.body(.byteBuffer(bytes))) }
    }

    func endAnswer() {
        if let rest = answer.remainder { client?.write(.body(.byteBuffer(rest))) }
        client?.write(.end(nil))
        client?.flush()
    }

    /// Part of the answer was sent. A stream gets an error event in the caller's dialect; all else can only be cut.
    func breakAnswer(_ failure: GatewayFailure) {
        closesConnection = true
        guard answer.isStream, let operation = plannedCall?.operation, failure.code != .clientStalled else {
            client?.abort()
            return
        }
        let event = FailureBody.event(failure, dialect: dialect, operation: operation, requestID: id)
        client?.write(.body(.byteBuffer(ByteBuffer(bytes: event))))
        client?.write(.end(nil))
        client?.flush()
    }

    /// Refuses a call that has no exchange yet, and records it if we know whose it was.
    func fail(_ failure: GatewayFailure) {
        if principal == nil || !recordRefusal(failure) { loop.counters.refused += 1 }
        respond(failure)
        finish()
    }

    func respond(_ failure: GatewayFailure) {
        let body = FailureBody.response(failure, dialect: dialect, requestID: id)
        respond(status: failure.status, body: body, retryAfter: failure.retryAfterSeconds)
    }

    func respond(status: Int, body: [UInt8], retryAfter: Int?) {
        let head = AnswerHead.json(
            status: status, bytes: body.count, version: head.version, id: id, retryAfter: retryAfter,
            closes: closesConnection || loop.isStopping
        )
        closesConnection = closesConnection || loop.isStopping
        client?.write(.head(head))
        // An answer to HEAD has the length of a body, and none.
        if self.head.method != .HEAD { client?.write(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
        client?.write(.end(nil))
        client?.flush()
    }

    /// Ends the call's life. The connection is free for the next request, or closes.
    func finish() {
        guard !isFinished else { return }
        isFinished = true
        loop.counters.open -= 1
        loop.release(self)
        client?.callEnded(self, closes: closesConnection)
        client = nil
    }
}

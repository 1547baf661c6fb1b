import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Vocabulary

// What a call hears from its upstream, and what it tells its caller.

extension Call {
    /// One read of the upstream's socket has been handed over.
    func upstreamPausedForNow() {
        guard hasWrittenHead else { return }
        client?.flush()
        if let client, !client.isWritable { report(.clientBlocked) }
    }

    func forwardHead() {
        guard let lead, let answerHead = lead.head else { return }
        let isOld = head.version.major == 1 && head.version.minor == 0
        let needsClose = isOld && (lead.relay.isRewritten || !answerHead.headers.contains(name: "content-length"))
        closesConnection = closesConnection || needsClose || loop.isStopping
        var forwarded = AnswerHead.forward(
            answerHead, version: head.version, id: id, bodyChanges: lead.relay.changesBody, closes: closesConnection
        )
        if let type = lead.relay.callerContentType {
            forwarded.headers.replaceOrAdd(name: "content-type", value: type)
        }
        addFacts(to: &forwarded.headers)
        hasWrittenHead = true
        client?.write(.head(forwarded))
    }

    func forwardData() {
        guard let bytes = lead?.takeHeld() else { return }
        client?.write(.body(.byteBuffer(bytes)))
    }

    func endAnswer() {
        forwardData()
        client?.write(.end(nil))
        client?.flush()
    }

    /// Part of the answer was sent. A stream gets an error event in the caller's dialect; all else can only be cut.
    func breakAnswer(_ failure: GatewayFailure) {
        closesConnection = true
        guard lead?.relay.isStream == true, let operation = callPlan?.operation, failure.code != .clientStalled else {
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
        var answer = AnswerHead.json(
            status: status, bytes: body.count, version: head.version, id: id, retryAfter: retryAfter,
            closes: closesConnection || loop.isStopping
        )
        closesConnection = closesConnection || loop.isStopping
        addFacts(to: &answer.headers)
        client?.write(.head(answer))
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
        releaseReservation()
        leaveCache()
        lead = nil
        rival = nil
        loop.release(self)
        client?.callEnded(self, closes: closesConnection)
        client = nil
    }
}

import Caching
import Dialects
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Vocabulary

/// Puts a stored answer into the shape that the caller asked for.
enum CacheOutput {
    /// `nil` where that can't be done: then the call goes to its provider.
    static func make(_ stored: StoredAnswer, for call: Call) -> CallCaching.Output? {
        guard call.outline?.streams == true else {
            return .whole(StoredReplay.whole(stored, context: stored.isAssembled ? context(call) : nil))
        }
        // Gemini's other framing, one array that grows, is not written here.
        if stored.format == .geminiGenerateContent, !call.head.uri.contains("alt=sse") { return nil }
        guard let context = context(call), let chunks = StoredReplay.stream(stored, context: context) else {
            return nil
        }
        return .stream(chunks)
    }

    private static func context(_ call: Call) -> AnswerContext? {
        guard let request = try? call.conversation() else { return nil }
        return AnswerContext(
            model: call.callPlan?.model ?? request.model, requestID: call.id.uuid,
            createdAt: call.wallClock / 1_000_000, request: request
        )
    }
}

extension Call {
    /// Answers from the cache. The record has been written by then.
    func serveStored() {
        switch caching?.output {
        case .whole(let body): respond(status: 200, body: body, retryAfter: nil)
        case .stream(let chunks): serve(chunks)
        case nil: break
        }
        caching?.output = nil
    }

    private func serve(_ chunks: [[UInt8]]) {
        // Without a length, HTTP/1.0 knows the end by the connection's.
        let isOld = head.version.major == 1 && head.version.minor == 0
        closesConnection = closesConnection || isOld || loop.isStopping
        var headers: HTTPHeaders = [
            "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache",
            "x-signalbox-request-id": id.uuid,
        ]
        if closesConnection { headers.add(name: "connection", value: "close") }
        addFacts(to: &headers)
        hasWrittenHead = true
        client?.write(.head(HTTPResponseHead(version: head.version, status: .ok, headers: headers)))
        for chunk in chunks { client?.write(.body(.byteBuffer(ByteBuffer(bytes: chunk)))) }
        client?.write(.end(nil))
        client?.flush()
    }
}

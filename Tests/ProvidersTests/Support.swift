import Bytes
import Providers
import Vocabulary

/// Feeds a stream to an observer in pieces of `size` bytes; what it learnt, and what each event meant.
func observe(
    _ stream: String, _ operation: Operation, pieces size: Int = .max, limit: Int = 1 << 20
) throws -> (ObservedAnswer, [EventMeaning]) {
    var observer = AnswerObserver(operation: operation, recordingLimit: limit)
    var framer = SSEFramer(maximumEventBytes: 1 << 20)
    var meanings: [EventMeaning] = []
    let bytes = Array(stream.utf8)
    var position = 0
    while position < bytes.count {
        let end = size < bytes.count - position ? position + size : bytes.count
        try Array(bytes[position..<end]).withUnsafeBytes { chunk in
            try framer.feed(chunk) { meanings.append(observer.observe($0)) }
        }
        position = end
    }
    return (observer.finish(), meanings)
}

/// What an observer learns from a whole body.
func observe(whole body: String, _ operation: Operation) -> ObservedAnswer {
    var observer = AnswerObserver(operation: operation, recordingLimit: 1 << 20)
    Array(body.utf8).withUnsafeBytes { observer.observe(whole: $0) }
    return observer.finish()
}

/// An outline of a request, or the fault in it.
func outline(_ body: String) -> Result<RequestOutline, RequestFault> {
    Array(body.utf8).withUnsafeBytes { bytes in
        guard let root = try? JSONView.parse(bytes) else { return .failure(.notAnObject) }
        do throws(RequestFault) {
            return .success(try RequestOutline(root))
        } catch {
            return .failure(error)
        }
    }
}

/// What goes wrong with one answer, or how it is shaped. The default is an answer without a fault.
///
/// Durations are microseconds, sizes bytes, counts start at 1.
struct Fault: Equatable, Sendable {
    /// Before the response head.
    var firstByteDelay: Int?
    /// Between the head, which is sent at once, and the first event or the body.
    var firstEventDelay: Int?
    /// Between two events of a stream.
    var chunkDelay: Int?
    /// Answer with the provider's error of this HTTP status.
    var status: Int?
    /// Microseconds; sent as `retry-after` in whole seconds, or as `retry-after-ms` below one second.
    var retryAfter: Int?
    /// Send TCP RST there.
    var reset: FaultPosition?
    /// Close the connection (FIN) there, without ending the body.
    var truncate: FaultPosition?
    /// Go silent there, with the connection open.
    var hang: FaultPosition?
    /// Send the provider's in-band error event there and end the stream.
    var errorEvent: FaultPosition?
    /// Never stop sending content events.
    var endless = false
    /// Write in pieces of so many bytes.
    var split: Int?
    /// The data of this event is cut in half.
    var malformedEvent: Int?
    /// A whole answer is cut in half, with the content-length to match; of a stream, every event.
    var malformedJSON = false
    /// The stream ends without its last event (`[DONE]`, `message_stop`, `response.completed`).
    var noDone = false
    /// Lines of events end in CR LF.
    var crlf = false
    /// Lines of events end in CR alone.
    var cr = false
    /// A comment before every event.
    var comments = false
    /// Read the request at so many bytes per second.
    var slowRead: Int?
    /// Close the connection right after a complete answer that promised keep-alive.
    var closeAfterResponse = false
    /// The answer's text has so many bytes.
    var big: Int?
    /// Report so many cached prompt tokens.
    var cachedTokens: Int?
    /// Report so many reasoning tokens, where the model reasons.
    var reasoningTokens: Int?
    /// Leave usage out of the answer.
    var noUsage = false
}

/// A place in an answer.
enum FaultPosition: Equatable, Sendable {
    case beforeFirstByte
    /// After the response head and one byte of the body.
    case afterFirstByte
    /// After so many events; a whole answer is one.
    case afterChunks(Int)
    /// In the middle of the events, or of a whole answer's bytes.
    case halfway
}

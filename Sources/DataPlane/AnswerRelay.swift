import Bytes
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Vocabulary

/// The answer on its way through: what the observer learns, and which bytes the caller gets.
struct AnswerRelay {
    /// What came of one piece of the answer.
    struct Piece {
        /// What goes on to the caller.
        var bytes: ByteBuffer
        var meaning: EventMeaning
    }

    private(set) var observer: AnswerObserver
    private(set) var isStream = false
    private(set) var contentType: String?
    /// The whole body of an answer that does not stream, for the observer and the record.
    private(set) var body = ByteBuffer()
    private(set) var isCut = false
    private var framer: SSEFramer
    private var hidesUsage = false
    private let observedLimit: Int

    init(limits: GatewayLimits) {
        observer = AnswerObserver(operation: .passthrough, recordingLimit: 0)
        framer = SSEFramer(maximumEventBytes: limits.eventBytes)
        observedLimit = limits.bodyBytes
    }

    mutating func prepare(_ call: PlannedCall, limits: GatewayLimits) {
        observer = AnswerObserver(operation: call.operation, recordingLimit: limits.recordedBodyBytes)
        hidesUsage = call.hidesUsage
    }

    mutating func begin(_ head: HTTPResponseHead) {
        contentType = head.headers.first(name: "content-type")
        isStream = contentType?.dropping(prefix: "text/event-stream") != nil
        if !isStream { hidesUsage = false }
    }

    /// True where the caller's copy of the body may be shorter than the provider's.
    var changesBody: Bool { hidesUsage }

    /// Takes the next bytes. Throws `SSEError` where an event is longer than allowed.
    mutating func receive(_ bytes: ByteBuffer) throws -> Piece {
        guard isStream else {
            keep(bytes)
            return Piece(bytes: bytes, meaning: [])
        }
        return hidesUsage ? try filter(bytes) : Piece(bytes: bytes, meaning: try observe(bytes))
    }

    /// What was learnt in all. Call once, when the call is settled.
    mutating func finish() -> ObservedAnswer {
        if !isStream, body.readableBytes > 0, !isCut {
            body.withUnsafeReadableBytes { observer.observe(whole: $0) }
        }
        var answer = observer.finish()
        if isCut { answer.truncated = true }
        return answer
    }

    /// Gives the body's memory back.
    mutating func release() { body = ByteBuffer() }

    /// The end of a filtered stream that lacks its last blank line: the caller gets it as it came.
    mutating func remainder() -> ByteBuffer? {
        guard hidesUsage, !framer.heldBytes.isEmpty else { return nil }
        return ByteBuffer(bytes: framer.heldBytes)
    }

    private mutating func keep(_ bytes: ByteBuffer) {
        guard !isCut else { return }
        guard body.readableBytes + bytes.readableBytes <= observedLimit else {
            isCut = true
            return
        }
        if body.readableBytes == 0 {
            body = bytes
        } else {
            var bytes = bytes
            body.writeBuffer(&bytes)
        }
    }

    private mutating func observe(_ bytes: ByteBuffer) throws -> EventMeaning {
        var meaning: EventMeaning = []
        try bytes.withUnsafeReadableBytes { chunk in
            try framer.feed(chunk) { event in meaning.formUnion(observer.observe(event)) }
        }
        return meaning
    }

    /// Passes complete events on and keeps back the usage chunk that the caller did not ask for.
    private mutating func filter(_ bytes: ByteBuffer) throws -> Piece {
        var meaning: EventMeaning = []
        var output = ByteBuffer()
        var held = framer.heldBytes
        try bytes.withUnsafeReadableBytes { chunk in
            var position = 0
            try framer.feed(chunk) { event in
                let found = observer.observe(event)
                meaning.formUnion(found)
                if found != .usageOnly {
                    output.writeBytes(held)
                    output.writeBytes(chunk[position..<event.endsAt])
                }
                held = []
                position = event.endsAt
            }
            if framer.consumedInChunk > position {
                output.writeBytes(held)
                output.writeBytes(chunk[position..<framer.consumedInChunk])
            }
        }
        return Piece(bytes: output, meaning: meaning)
    }
}

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
    private var leftover: [UInt8] = []
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
        return try relay(bytes)
    }

    /// The provider has ended its stream. A last event without its blank line still counts, and still goes on.
    mutating func end() {
        guard isStream else { return }
        leftover = framer.heldBytes
        _ = framer.finish { event in
            if observer.observe(event) == .usageOnly, hidesUsage { leftover = [] }
        }
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

    /// The end of a stream that lacks its last blank line: the caller gets it as it came.
    var remainder: ByteBuffer? { leftover.isEmpty ? nil : ByteBuffer(bytes: leftover) }

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

    /// Passes complete events on, so that a stream that breaks never ends within one, and keeps back the usage chunk
    /// that the caller did not ask for.
    private mutating func relay(_ bytes: ByteBuffer) throws -> Piece {
        var meaning: EventMeaning = []
        let held = framer.heldBytes
        var hidden: [Range<Int>] = []
        var position = 0
        try bytes.withUnsafeReadableBytes { chunk in
            try framer.feed(chunk) { event in
                let found = observer.observe(event)
                meaning.formUnion(found)
                if hidesUsage, found == .usageOnly { hidden.append(position..<event.endsAt) }
                position = event.endsAt
            }
        }
        let output = visible(of: bytes, upTo: framer.consumedInChunk, held: held, without: hidden)
        return Piece(bytes: output, meaning: meaning)
    }

    /// - Parameters:
    ///   - end: How much of the chunk belongs to complete events.
    ///   - held: What earlier chunks left of the first event.
    ///   - hidden: Events of this chunk to leave out; one that begins at 0 takes `held` with it.
    private func visible(
        of bytes: ByteBuffer, upTo end: Int, held: [UInt8], without hidden: [Range<Int>]
    ) -> ByteBuffer {
        let start = bytes.readerIndex
        if held.isEmpty || end == 0, hidden.isEmpty { return bytes.getSlice(at: start, length: end) ?? ByteBuffer() }
        var output = ByteBuffer()
        if hidden.first?.lowerBound != 0 { output.writeBytes(held) }
        var position = 0
        for range in hidden + [end..<end] {
            if var slice = bytes.getSlice(at: start + position, length: range.lowerBound - position) {
                output.writeBuffer(&slice)
            }
            position = range.upperBound
        }
        return output
    }
}

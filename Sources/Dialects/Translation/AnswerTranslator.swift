import Bytes

/// Turns a provider's streamed answer into the caller's format, event by event, and remembers what the record needs.
///
/// Also used where both formats are the same but the stream must be read: then it writes what it read anew.
package struct AnswerTranslator: Sendable {
    /// What came of one piece of the provider's stream.
    package struct Progress: Sendable, Equatable {
        /// Something in it was content.
        package var hasContent = false
        /// The provider said that the stream is complete.
        package var hasEnded = false
        /// The provider reported an error.
        package var failure: Failure?
        /// An event came that is no JSON: what it said is lost, so the stream must not look whole.
        package var isUnreadable = false

        package init() {}
    }

    /// An error inside a stream, in the provider's words.
    package struct Failure: Sendable, Equatable {
        package var code: String
        package var message: String
    }

    private enum Cutter: Sendable {
        case events(SSEFramer)
        case amazon(AmazonEventStreamFramer)
    }

    private var cutter: Cutter
    private var decoder: any AnswerStreamDecoder
    private var encoder: any AnswerStreamEncoder
    private var pending: [AnswerEvent] = []
    private var hasFinished = false
    /// The stream was continued: its new beginning is nothing that the caller needs to hear of.
    private var skipsBeginning = false
    private let eventLimit: Int
    /// Set by an event that no reader could make sense of.
    private var sawUnreadable = false

    /// What the stream said so far.
    package private(set) var assembler: AnswerAssembler

    /// - Parameters:
    ///   - provider: Reads the stream.
    ///   - caller: Writes it.
    ///   - eventLimit: The longest event, in bytes.
    ///   - recordingLimit: The most bytes of content that are remembered.
    package init(
        provider: any ProviderCodec.Type, caller: any CallerCodec.Type, context: AnswerContext, eventLimit: Int,
        recordingLimit: Int
    ) {
        self.eventLimit = eventLimit
        cutter = Self.cutter(provider, eventLimit)
        decoder = provider.streamDecoder()
        encoder = caller.streamEncoder(context: context)
        assembler = AnswerAssembler(limit: recordingLimit)
    }

    /// Takes the next bytes of the provider's stream and appends what they become.
    ///
    /// - Throws: `SSEError` or `AmazonEventStreamError` where the stream can't be cut into events; it is of no use
    ///   then.
    package mutating func feed(
        _ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]
    ) throws -> Progress {
        var events: [AnswerEvent] = []
        swap(&events, &pending)
        events.removeAll(keepingCapacity: true)
        switch cutter {
        case .events(var framer):
            cutter = .events(SSEFramer(maximumEventBytes: 0))
            defer { cutter = .events(framer) }
            try framer.feed(bytes) { read($0.name, $0.data, into: &events) }
        case .amazon(var framer):
            cutter = .events(SSEFramer(maximumEventBytes: 0))
            defer { cutter = .amazon(framer) }
            try framer.feed(bytes) { read($0.name, $0.data, into: &events) }
        }
        var progress = write(events, into: &output)
        progress.isUnreadable = sawUnreadable
        swap(&events, &pending)
        return progress
    }

    /// The provider has closed its stream cleanly: appends what ends the caller's.
    package mutating func end(into output: inout [UInt8]) -> Progress {
        var events: [AnswerEvent] = []
        if case .events(var framer) = cutter {
            _ = framer.finish { read($0.name, $0.data, into: &events) }
        }
        decoder.end(into: &events)
        var progress = write(events, into: &output)
        progress.isUnreadable = sawUnreadable
        if !hasFinished, !sawUnreadable {
            hasFinished = true
            encoder.finish(into: &output)
        }
        return progress
    }

    /// Starts reading another provider's stream that goes on where this one broke; the caller's goes on as it is.
    package mutating func continueReading(_ next: any ProviderCodec.Type) {
        cutter = Self.cutter(next, eventLimit)
        decoder = next.streamDecoder()
        skipsBeginning = true
        sawUnreadable = false
        assembler.goOn()
    }

    /// Nothing after an unreadable event is taken: the caller's text would have a hole.
    private mutating func read(
        _ name: UnsafeRawBufferPointer, _ data: UnsafeRawBufferPointer, into events: inout [AnswerEvent]
    ) {
        guard !sawUnreadable else { return }
        let before = events.count
        decoder.receive(name: name, data: data, into: &events)
        // Looked at again only where it said nothing: most such events are beginnings, signs of life and "[DONE]".
        guard events.count == before, !data.isEmpty, data.first != UInt8(ascii: "[") else { return }
        sawUnreadable = (try? JSONView.parse(data)) == nil
    }

    private mutating func write(_ events: [AnswerEvent], into output: inout [UInt8]) -> Progress {
        var progress = Progress()
        for event in events where !hasFinished {
            if case .began = event, skipsBeginning {
                skipsBeginning = false
                continue
            }
            assembler.receive(event)
            if case .failed(let code, let message) = event {
                progress.failure = Failure(code: code, message: message)
                continue
            }
            progress.hasContent = progress.hasContent || event.isContent
            encoder.encode(event, into: &output)
            if case .ended = event {
                progress.hasEnded = true
                hasFinished = true
                encoder.finish(into: &output)
            }
        }
        return progress
    }

    private static func cutter(_ provider: any ProviderCodec.Type, _ limit: Int) -> Cutter {
        switch provider.framing {
        case .amazonEventStream: .amazon(AmazonEventStreamFramer(maximumMessageBytes: limit))
        case .serverSentEvents, .jsonArray: .events(SSEFramer(maximumEventBytes: limit))
        }
    }
}

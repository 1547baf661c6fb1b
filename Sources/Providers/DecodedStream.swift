import Bytes
package import Dialects
import Vocabulary

/// Watches a stream through its format's own decoder: for formats whose answers callers rarely get as they are.
struct DecodedStream: Sendable {
    private let format: WireFormat
    private var decoder: any AnswerStreamDecoder
    private var assembler: AnswerAssembler
    private var pending: [AnswerEvent] = []

    init(format: WireFormat, limit: Int) {
        self.format = format
        decoder = format.providerCodec.streamDecoder()
        assembler = AnswerAssembler(limit: limit)
    }

    mutating func observe(name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer) -> EventMeaning {
        pending.removeAll(keepingCapacity: true)
        decoder.receive(name: name, data: data, into: &pending)
        var meaning: EventMeaning = []
        for event in pending {
            assembler.receive(event)
            if event.isContent { meaning.insert(.content) }
            if case .ended = event { meaning.insert(.terminal) }
            if case .failed = event { meaning.insert(.failure) }
        }
        return meaning
    }

    func finish(into answer: inout ObservedAnswer) {
        guard assembler.seen > 0 || assembler.usage != nil || assembler.hasEnded else { return }
        answer.settle(assembler)
        guard let codec = format.callerCodec else { return }
        let request = ModelRequest(source: format, model: answer.responseModel ?? "")
        answer.assembled = codec.encode(
            assembler.answer,
            context: AnswerContext(model: request.model, requestID: "", createdAt: 0, request: request)
        )
    }
}

extension ObservedAnswer {
    /// Takes over what a decoded answer said.
    package mutating func settle(_ assembler: AnswerAssembler) {
        let whole = assembler.answer
        responseModel = whole.model.isEmpty ? nil : whole.model
        serviceTier = whole.serviceTier
        finishReason = whole.choices.first.flatMap { $0.stop.native ?? $0.stop.reason.rawValue }
        truncated = assembler.isTruncated
        if let failure = assembler.failure { error = ProviderError(code: failure.code, message: failure.message) }
        usage = assembler.usage ?? TokenUsage()
        if assembler.hasFinalUsage {
            usageSource = .reported
        } else if assembler.usage != nil || assembler.seen > 0 {
            usage.outputText = max(usage.outputText, Int64((assembler.seen + 3) / 4))
            usageSource = .estimated
        }
    }

    /// Takes over what a whole decoded answer said.
    package mutating func settle(_ whole: ModelAnswer) {
        responseModel = whole.model.isEmpty ? nil : whole.model
        serviceTier = whole.serviceTier
        finishReason = whole.choices.first.flatMap { $0.stop.native ?? $0.stop.reason.rawValue }
        guard let counts = whole.usage else { return }
        usage = counts
        usageSource = .reported
    }
}

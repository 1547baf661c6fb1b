package import Bytes
package import Dialects
package import Vocabulary

/// Watches an answer go by and learns what the record needs. It never changes or delays a byte.
///
/// One observer serves one attempt: feed it either the whole body or the events of a stream, then call `finish`.
package struct AnswerObserver: Sendable {
    private enum Kind: Sendable {
        case none
        case openAIChat(OpenAIChatStream)
        case openAICompletion(OpenAICompletionStream)
        case openAIResponses(OpenAIResponsesStream)
        case anthropic(AnthropicStream)
        case decoded(DecodedStream)
    }

    private let operation: Operation
    private let format: WireFormat?
    private var kind: Kind
    private var answer = ObservedAnswer()

    /// - Parameters:
    ///   - operation: What was asked; it decides how to read the answer.
    ///   - format: The answer's format where the operation does not tell, as on the pass-through.
    ///   - recordingLimit: The most bytes of a streamed answer that are kept for the record.
    package init(operation: Operation, format: WireFormat? = nil, recordingLimit: Int) {
        self.operation = operation
        self.format = operation == .generateContent ? .geminiGenerateContent : format
        switch operation {
        case .chat: kind = .openAIChat(OpenAIChatStream(limit: recordingLimit))
        case .textCompletion: kind = .openAICompletion(OpenAICompletionStream(limit: recordingLimit))
        case .responses: kind = .openAIResponses(OpenAIResponsesStream(limit: recordingLimit))
        case .messages: kind = .anthropic(AnthropicStream(limit: recordingLimit))
        case .generateContent:
            kind = .decoded(DecodedStream(format: .geminiGenerateContent, limit: recordingLimit))
        case .passthrough:
            kind = format.map { .decoded(DecodedStream(format: $0, limit: recordingLimit)) } ?? .none
        case .embeddings, .moderations, .countTokens: kind = .none
        }
    }

    /// One event of a stream. An event that is not JSON is passed over: it is the caller's to judge.
    package mutating func observe(_ event: SSEEvent) -> EventMeaning {
        observe(name: event.name, data: event.data)
    }

    /// One message of a stream, however it was framed.
    package mutating func observe(name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer) -> EventMeaning {
        if data.elementsEqual("[DONE]".utf8) { return .terminal }
        if case .decoded(var stream) = kind {
            kind = .none
            defer { kind = .decoded(stream) }
            return stream.observe(name: name, data: data)
        }
        guard let root = try? JSONView.parse(data), root.kind == .object else { return [] }
        if let error = OpenAIUsage.error(in: root) {
            answer.error = error
            return .failure
        }
        switch kind {
        case .openAIChat(var stream):
            kind = .none
            defer { kind = .openAIChat(stream) }
            return stream.observe(root)
        case .openAICompletion(var stream):
            kind = .none
            defer { kind = .openAICompletion(stream) }
            return stream.observe(root)
        case .openAIResponses(var stream):
            kind = .none
            defer { kind = .openAIResponses(stream) }
            return stream.observe(root)
        case .anthropic(var stream):
            kind = .none
            defer { kind = .anthropic(stream) }
            return stream.observe(root)
        case .decoded, .none:
            return .content
        }
    }

    /// The whole body of an answer that did not stream. One that is not JSON teaches nothing.
    package mutating func observe(whole body: UnsafeRawBufferPointer) {
        guard let root = try? JSONView.parse(body), root.kind == .object else { return }
        if let format, format != .openAIChat { return answer.settle(format.providerCodec.decode(root)) }
        var usage: JSONView?
        var status: String?
        // One pass: an answer may be megabytes of vectors, and every look-up would walk past them again.
        for (key, value) in root.members {
            switch key {
            case "model": answer.responseModel = value.string
            case "service_tier": answer.serviceTier = value.string
            case "error": answer.error = OpenAIUsage.error(value)
            case "usage": usage = value
            case "choices": answer.finishReason = Self.finishReason(ofChoices: value)
            case "stop_reason": answer.finishReason = value.string
            case "incomplete_details": answer.finishReason = value["reason"]?.string
            case "status": status = value.string
            default: break
            }
        }
        answer.finishReason = answer.finishReason ?? status
        guard let usage, usage.kind == .object else { return }
        answer.serviceTier = answer.serviceTier ?? usage["service_tier"]?.string
        answer.usage = operation == .messages ? AnthropicUsage.read(usage) : OpenAIUsage.read(usage)
        answer.usageSource = .reported
    }

    /// An error that the provider reported so far.
    package var error: ProviderError? { answer.error }

    /// What was learnt in all. Streams that ended without usage get an estimate, and say so.
    package mutating func finish() -> ObservedAnswer {
        switch kind {
        case .openAIChat(let stream): stream.finish(into: &answer)
        case .openAICompletion(let stream): stream.finish(into: &answer)
        case .openAIResponses(let stream): stream.finish(into: &answer)
        case .anthropic(let stream): stream.finish(into: &answer)
        case .decoded(let stream): stream.finish(into: &answer)
        case .none: break
        }
        kind = .none
        return answer
    }

    /// The first choice's reason.
    private static func finishReason(ofChoices choices: JSONView) -> String? {
        for choice in choices.elements { return choice["finish_reason"]?.string }
        return nil
    }
}

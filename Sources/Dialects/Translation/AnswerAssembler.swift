package import Vocabulary

/// Puts the events of a stream together into the whole answer, up to a limit of bytes.
package struct AnswerAssembler: Sendable {
    /// More choices or parts than this are not put together: a hostile index must not make arrays grow.
    private static let indexLimit = 128

    fileprivate struct Choice: Sendable {
        var parts: [Part] = []
        /// Where each tool call stands in `parts`, by its index.
        var toolCalls: [Int: Int] = [:]
        var stop: Stop?
        var logprobs: [UInt8]?
    }

    private let limit: Int
    private var kept = 0
    private var choices: [Choice] = []
    private var id = ""
    private var model = ""
    private var serviceTier: String?

    /// The latest counts; `nil` before any.
    package private(set) var usage: TokenUsage?
    /// True once the final counts came (and not only those of the input).
    package private(set) var hasFinalUsage = false
    /// Bytes of content seen, kept or not: the basis of estimates.
    package private(set) var seen = 0
    package private(set) var isTruncated = false
    package private(set) var hasEnded = false
    /// An error that the provider reported inside the stream.
    package private(set) var failure: (code: String, message: String)?

    /// - Parameter limit: The most bytes of content that are kept.
    package init(limit: Int) { self.limit = limit }

    /// The answer as far as it came.
    package var answer: ModelAnswer {
        var answer = ModelAnswer(id: id, model: model, usage: usage)
        answer.serviceTier = serviceTier
        answer.choices = choices.enumerated().map { index, choice in
            ModelAnswer.Choice(
                index: index, parts: choice.parts, stop: choice.stop ?? Stop(.other), logprobs: choice.logprobs
            )
        }
        return answer
    }

    /// The answer broke and goes on elsewhere: the error that broke it is no longer the answer's.
    mutating func goOn() { failure = nil }

    /// Takes in one event.
    package mutating func receive(_ event: AnswerEvent) {
        switch event {
        case .began(let id, let model, let usage):
            self.id = id
            self.model = model
            if let usage { self.usage = usage }
        case .usage(let usage, let tier):
            self.usage = usage
            hasFinalUsage = true
            if let tier { serviceTier = tier }
        case .failed(let code, let message): failure = (code, message)
        case .ended: hasEnded = true
        case .finished(let choice, let stop): with(choice) { $0.stop = stop }
        default: receiveContent(event)
        }
    }

    private mutating func receiveContent(_ event: AnswerEvent) {
        switch event {
        case .text(let choice, let text):
            guard take(text.utf8.count) else { return }
            with(choice) { $0.extendText(text) }
        case .reasoning(let choice, let text):
            guard take(text.utf8.count) else { return }
            with(choice) { $0.extendReasoning(text) }
        case .refusal(let choice, let text):
            guard take(text.utf8.count) else { return }
            with(choice) { $0.extendRefusal(text) }
        case .reasoningSignature(let choice, let signature): with(choice) { $0.sign(signature) }
        case .redactedReasoning(let choice, let data, let id):
            guard take(data.utf8.count) else { return }
            with(choice) { $0.parts.append(Part(.reasoning(Reasoning(encrypted: data, id: id)))) }
        case .toolCallBegan(let choice, let index, let id, let name, let signature):
            guard take(name.utf8.count), (0..<Self.indexLimit).contains(index) else { return }
            with(choice) { $0.beginCall(index, ToolCall(id: id, name: name, arguments: [], signature: signature)) }
        case .toolArguments(let choice, let index, let bytes):
            guard take(bytes.count) else { return }
            with(choice) { $0.extendCall(index, bytes) }
        case .logprobs(let choice, let json): with(choice) { $0.logprobs = $0.logprobs ?? json }
        case .audio(_, let json): seen += json.count
        case .opaque(let choice, let type, let json):
            guard take(json.count) else { return }
            with(choice) { $0.parts.append(Part(.opaque(type: type, json: json))) }
        case .began, .finished, .usage, .failed, .ended: break
        }
    }

    /// Asks for room. Once refused, always refused, so that an answer never has holes.
    private mutating func take(_ count: Int) -> Bool {
        seen += count
        guard !isTruncated, kept + count <= limit else {
            isTruncated = true
            return false
        }
        kept += count
        return true
    }

    private mutating func with(_ index: Int, _ body: (inout Choice) -> Void) {
        guard (0..<Self.indexLimit).contains(index) else { return }
        while choices.count <= index { choices.append(Choice()) }
        body(&choices[index])
    }
}

extension AnswerAssembler.Choice {
    fileprivate mutating func extendText(_ text: String) {
        if case .text(var whole)? = parts.last?.content {
            // Emptied first, so that the text has one owner and is extended in place.
            parts[parts.count - 1].content = .text("")
            whole += text
            parts[parts.count - 1].content = .text(whole)
        } else {
            parts.append(Part(.text(text)))
        }
    }

    fileprivate mutating func extendRefusal(_ text: String) {
        if case .refusal(var whole)? = parts.last?.content {
            // Emptied first, so that the text has one owner and is extended in place.
            parts[parts.count - 1].content = .refusal("")
            whole += text
            parts[parts.count - 1].content = .refusal(whole)
        } else {
            parts.append(Part(.refusal(text)))
        }
    }

    fileprivate mutating func extendReasoning(_ text: String) {
        if case .reasoning(var before)? = parts.last?.content, before.signature == nil, before.encrypted == nil {
            parts[parts.count - 1].content = .text("")
            before.text += text
            parts[parts.count - 1].content = .reasoning(before)
        } else {
            parts.append(Part(.reasoning(Reasoning(text: text))))
        }
    }

    fileprivate mutating func sign(_ signature: String) {
        if case .reasoning(var before)? = parts.last?.content {
            before.signature = (before.signature ?? "") + signature
            parts[parts.count - 1].content = .reasoning(before)
        } else {
            parts.append(Part(.reasoning(Reasoning(signature: signature))))
        }
    }

    fileprivate mutating func beginCall(_ index: Int, _ call: ToolCall) {
        guard toolCalls[index] == nil else { return }
        toolCalls[index] = parts.count
        parts.append(Part(.toolCall(call)))
    }

    fileprivate mutating func extendCall(_ index: Int, _ bytes: [UInt8]) {
        guard let place = toolCalls[index], case .toolCall(var call) = parts[place].content else { return }
        parts[place].content = .toolCall(ToolCall(id: "", name: "", arguments: []))
        call.arguments += bytes
        parts[place].content = .toolCall(call)
    }
}

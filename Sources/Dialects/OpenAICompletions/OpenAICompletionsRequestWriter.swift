import Bytes
import Vocabulary

/// Writes a legacy completion request.
struct OpenAICompletionsRequestWriter {
    private let request: ModelRequest
    private let target: EncodingTarget
    private var members = BodyMembers()
    var changes: [ParameterChange] = []

    init(_ request: ModelRequest, _ target: EncodingTarget) {
        self.request = request
        self.target = target
    }

    mutating func write() throws(TranslationFault) -> [UInt8] {
        members.add("model", target.model)
        members.add("prompt", try prompt())
        if let limit = request.maximumOutputTokens {
            members.add("max_tokens", as: name(.maximumOutputTokens)) { $0.int(limit) }
        }
        members.add("temperature", request.temperature, as: name(.temperature))
        members.add("top_p", request.topP, as: name(.topP))
        if target.quirks.extensions.contains("top_k") || request.source == .openAICompletions {
            members.add("top_k", request.topK, as: name(.topK))
            members.add("min_p", request.minP, as: name(.minP))
        }
        if let choices = request.choices { members.add("n", as: name(.choices)) { $0.int(choices) } }
        if let count = request.topLogprobs { members.add("logprobs", as: name(.topLogprobs)) { $0.int(count) } }
        let stop = request.stop
        if !stop.isEmpty { members.add("stop", as: name(.stop)) { $0.strings(stop) } }
        members.add("frequency_penalty", request.frequencyPenalty, as: name(.frequencyPenalty))
        members.add("presence_penalty", request.presencePenalty, as: name(.presencePenalty))
        members.add("seed", request.seed, as: name(.seed))
        members.add("user", request.user, as: name(.user))
        addStream()
        addExtras()
        noteLosses()
        return members.body(target.quirks, &changes)
    }

    private func name(_ field: RequestField) -> String { request.name(of: field) }

    /// System text and one user's text, one after the other.
    private func prompt() throws(TranslationFault) -> String {
        let parts = request.system + request.turns.flatMap(\.parts)
        let texts = parts.compactMap { part in
            if case .text(let text) = part.content { text } else { nil as String? }
        }
        guard !texts.isEmpty, texts.count == parts.count, request.turns.count <= 1, request.tools.isEmpty else {
            throw TranslationFault(
                name(.turns), "is more than one text, and this provider only completes text; choose a chat model")
        }
        return texts.joined(separator: "\n\n")
    }

    private mutating func addStream() {
        guard request.streams else { return }
        members.add("stream") { $0.bool(true) }
        if target.quirks.lacksStreamOptions { return }
        members.add("stream_options") { writer in
            writer.object { $0.member("include_usage", true) }
        }
    }

    private mutating func addExtras() {
        if request.source == .openAICompletions {
            for extra in request.extras { members.add(extra.name, json: extra.json) }
        } else {
            request.reportBlockExtras(to: &changes)
            request.reportExtras(to: &changes)
        }
    }

    private mutating func noteLosses() {
        let lost: [(RequestField, Bool)] = [
            (.format, request.format != nil), (.reasoning, request.reasoning != nil),
            (.metadata, !request.metadata.isEmpty), (.serviceTier, request.serviceTier != nil),
            (.cacheKey, request.cacheKey != nil), (.modalities, request.modalities.contains { $0 != "text" }),
            (.audioOutput, request.audioOutput != nil),
        ]
        for (field, isLost) in lost where isLost {
            changes.note(name(field), .dropped, "text completions have nothing like it")
        }
    }
}

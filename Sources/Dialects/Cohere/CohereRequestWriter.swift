import Bytes
import Vocabulary

/// Writes a request of Cohere's `/v2/chat`.
struct CohereRequestWriter {
    /// The most stop sequences that Cohere takes.
    private static let stopLimit = 5

    let request: ModelRequest
    let target: EncodingTarget
    private(set) var changes: [ParameterChange] = []

    init(_ request: ModelRequest, _ target: EncodingTarget) {
        self.request = request
        self.target = target
    }

    /// Members that any caller may send under Cohere's names, and that go on as they came.
    private static let taken: Set<String> = [
        "documents", "citation_options", "safety_mode", "priority", "strict_tools", "raw_prompting",
    ]

    mutating func body() throws(TranslationFault) -> [UInt8] {
        var messages = CohereMessageWriter(request)
        let conversation = try messages.messages()
        guard conversation.count > 2 else {
            let fault = "holds nothing that can be sent; send at least one message"
            throw TranslationFault(request.name(of: .turns), fault)
        }
        changes.merge(messages.changes)
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("model", target.model)
        writer.member("stream", request.streams)
        writer.member("messages", json: conversation)
        writeTools(to: &writer)
        writeFormat(to: &writer)
        writeSampling(to: &writer)
        writeThinking(to: &writer)
        for extra in request.extras where Self.taken.contains(extra.name) {
            writer.key(extra.name)
            writer.raw(extra.json)
        }
        writer.endObject()
        reportLosses()
        return writer.bytes
    }

    private mutating func writeTools(to writer: inout JSONWriter) {
        var tools = CohereToolWriter(request)
        tools.write(to: &writer)
        changes.merge(tools.changes)
    }

    private func writeFormat(to writer: inout JSONWriter) {
        guard let format = request.format else { return }
        writer.object("response_format") { writer in
            writer.member("type", "json_object")
            if case .jsonSchema(_, _, let schema, _) = format { writer.member("json_schema", json: schema) }
        }
    }

    private mutating func writeSampling(to writer: inout JSONWriter) {
        if let limit = request.maximumOutputTokens { writer.member("max_tokens", limit) }
        if !request.stop.isEmpty {
            writer.member("stop_sequences", Array(request.stop.prefix(Self.stopLimit)))
            if request.stop.count > Self.stopLimit {
                changes.report(.stop, of: request, .clamped, "Cohere takes five stop sequences: the first are sent")
            }
        }
        if let temperature = request.temperature { writer.member("temperature", temperature) }
        if let seed = request.seed { writer.member("seed", seed) }
        writeBounded("frequency_penalty", request.frequencyPenalty, .frequencyPenalty, 0, 1, to: &writer)
        writeBounded("presence_penalty", request.presencePenalty, .presencePenalty, 0, 1, to: &writer)
        writeBounded("k", request.topK, .topK, 0, 500, to: &writer)
        writeBounded("p", request.topP, .topP, 0.01, 0.99, to: &writer)
        if let logprobs = request.logprobs { writer.member("logprobs", logprobs) }
    }

    /// A number whose range Cohere documents and enforces.
    private mutating func writeBounded(
        _ name: StaticString, _ number: NumberText?, _ field: RequestField, _ least: Double, _ most: Double,
        to writer: inout JSONWriter
    ) {
        guard let number else { return }
        let bounded = min(max(number.value, least), most)
        if bounded == number.value {
            writer.member(name, number)
            return
        }
        writer.key(name)
        writer.double(bounded)
        changes.report(field, of: request, .clamped, "Cohere takes \(Self.text(least)) to \(Self.text(most))")
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }

    private mutating func writeThinking(to writer: inout JSONWriter) {
        guard let reasoning = request.reasoning else { return }
        if reasoning.isOff {
            writer.object("thinking") { $0.member("type", "disabled") }
            return
        }
        guard reasoning.isOn else { return }
        let budget = reasoning.budgetTokens ?? reasoning.effort.flatMap(ReasoningScale.budget(forEffort:))
        writer.object("thinking") { writer in
            writer.member("type", "enabled")
            if let budget { writer.member("token_budget", budget) }
        }
        if let effort = reasoning.effort, reasoning.budgetTokens == nil {
            let sent = budget.map { "a budget of \($0) tokens" } ?? "thinking without a budget"
            changes.report(.reasoningEffort, of: request, .mapped, "\(effort) is sent as \(sent)")
        }
        if reasoning.includesThoughts == false {
            changes.report(.includesThoughts, of: request, .dropped, "Cohere always shows thinking")
        }
    }

    private mutating func reportLosses() {
        request.reportExtras(except: Self.taken, to: &changes)
        request.reportBlockExtras(to: &changes)
        let isSaid: [(RequestField, Bool)] = [
            (.minP, request.minP != nil), (.topLogprobs, (request.topLogprobs ?? 0) > 0),
            (.user, request.user != nil), (.cacheKey, request.cacheKey != nil),
            (.audioOutput, request.audioOutput != nil), (.metadata, !request.metadata.isEmpty),
            (.parallelToolCalls, request.parallelToolCalls == false),
            (.serviceTier, request.serviceTier.map { $0 != "auto" && $0 != "default" } ?? false),
            (.modalities, request.modalities.contains { $0 != "text" }),
        ]
        for (field, isSaid) in isSaid where isSaid {
            changes.report(field, of: request, .dropped, "Cohere has nothing like it")
        }
        if let choices = request.choices, choices > 1 {
            changes.report(.choices, of: request, .dropped, "Cohere gives one answer")
        }
    }
}

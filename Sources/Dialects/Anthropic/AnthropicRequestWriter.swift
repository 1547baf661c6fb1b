import Bytes
import Vocabulary

/// Writes a messages request: the top level here; messages, blocks and tools have writers of their own.
struct AnthropicRequestWriter {
    private let request: ModelRequest
    private let target: EncodingTarget
    private let rules: AnthropicModelRules
    private let isOwn: Bool
    private var changes: [ParameterChange]
    private var body = BodyMembers()

    static func write(
        _ request: ModelRequest, _ target: EncodingTarget, _ changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        var writer = Self(request, target, changes)
        try writer.writeMembers()
        changes = writer.changes
        return writer.body.body(target.quirks, &changes)
    }

    private init(_ request: ModelRequest, _ target: EncodingTarget, _ changes: [ParameterChange]) {
        self.request = request
        self.target = target
        self.changes = changes
        rules = AnthropicModelRules(model: target.model)
        isOwn = request.source == .anthropicMessages
    }

    private mutating func writeMembers() throws(TranslationFault) {
        var plan = AnthropicThinkingPlan(request, target, &changes)
        let tools = AnthropicToolWriter.written(request, target, &changes)
        if tools.forcesFormat, plan.thinks {
            plan.mode = .unsaid
            changes.note(request.name(of: .reasoning), .dropped, "the provider does not think where a tool is forced")
        }
        body.add("model", target.model)
        body.add("max_tokens", as: request.name(of: .maximumOutputTokens)) { $0.int(plan.maximumTokens) }
        try writeConversation()
        if let list = tools.list { body.add("tools", json: list) }
        if let choice = tools.choice { body.add("tool_choice", json: choice) }
        writeThinking(plan)
        writeOutputConfig(plan)
        writeSampling(plan)
        writeAccount()
        if request.streams { body.add("stream") { $0.bool(true) } }
        writeExtras()
    }

    private mutating func writeConversation() throws(TranslationFault) {
        let hint = formatHint()
        var writer = AnthropicMessageWriter(request, rules, changes)
        let system = writer.system(hint: hint)
        if let system { body.add("system", json: system, as: request.name(of: .system)) }
        body.add("messages", json: try writer.messages(), as: request.name(of: .turns))
        changes = writer.changes
        if !isOwn { request.reportBlockExtras(to: &changes) }
    }

    /// There is no way to ask for JSON without a schema but to say so.
    private mutating func formatHint() -> String? {
        guard request.format == .jsonObject else { return nil }
        changes.note(request.name(of: .format), .mapped, "asked for in the system text")
        return "Answer with one valid JSON object and nothing else: no explanation, no code fence."
    }

    private mutating func writeThinking(_ plan: AnthropicThinkingPlan) {
        let type: String
        switch plan.mode {
        case .unsaid: return
        case .disabled: type = "disabled"
        case .adaptive: type = "adaptive"
        case .budget: type = "enabled"
        }
        body.add("thinking", as: request.name(of: .reasoning)) { writer in
            writer.object { writer in
                writer.member("type", type)
                if case .budget(let tokens) = plan.mode { writer.member("budget_tokens", tokens) }
                if let display = plan.display { writer.member("display", display) }
            }
        }
    }

    private mutating func writeOutputConfig(_ plan: AnthropicThinkingPlan) {
        let schema = writableSchema()
        let extras = isOwn ? request.extras.filter { $0.name.hasPrefix("output_config.") } : []
        guard schema != nil || plan.effort != nil || !extras.isEmpty else { return }
        body.add("output_config", as: request.name(of: schema == nil ? .reasoningEffort : .format)) { writer in
            writer.object { writer in
                if let effort = plan.effort { writer.member("effort", effort) }
                if let schema {
                    writer.object("format") { writer in
                        writer.member("type", "json_schema")
                        writer.member("schema", json: schema)
                    }
                }
                for extra in extras {
                    writer.key(String(extra.name.dropFirst("output_config.".count)))
                    writer.raw(extra.json)
                }
            }
        }
    }

    private mutating func writableSchema() -> [UInt8]? {
        guard case .jsonSchema(_, _, let schema, _) = request.format, !target.quirks.lacksJSONSchema else { return nil }
        if isOwn { return schema }
        let closed = AnthropicSchema.closed(schema)
        if closed.isChanged {
            changes.note(request.name(of: .format), .mapped, AnthropicSchema.detail)
        }
        return closed.schema
    }

    private mutating func writeSampling(_ plan: AnthropicThinkingPlan) {
        let sampling = AnthropicSampling(request, rules, thinks: plan.thinks, &changes)
        body.add("temperature", sampling.temperature, as: request.name(of: .temperature))
        body.add("top_p", sampling.topP, as: request.name(of: .topP))
        body.add("top_k", sampling.topK, as: request.name(of: .topK))
        let stop = request.stop.filter { $0.contains { !$0.isWhitespace } }
        if stop.count < request.stop.count {
            changes.note(request.name(of: .stop), .dropped, "stop sequences of white space alone are refused")
        }
        if !stop.isEmpty {
            body.add("stop_sequences", as: request.name(of: .stop)) { writer in
                writer.beginArray()
                for text in stop { writer.string(text) }
                writer.endArray()
            }
        }
    }

    private mutating func writeAccount() {
        if let user = request.user {
            let name = request.name(of: .user)
            if !isOwn { changes.note(name, .renamed, "sent as metadata.user_id") }
            body.add("metadata", as: name) { $0.object { $0.member("user_id", user) } }
        }
        if !request.metadata.isEmpty {
            changes.note(request.name(of: .metadata), .dropped, "the provider keeps no metadata but the user's id")
        }
        writeServiceTier()
    }

    private mutating func writeServiceTier() {
        guard let tier = request.serviceTier else { return }
        let name = request.name(of: .serviceTier)
        switch tier {
        case "auto", "standard_only": body.add("service_tier", tier)
        case "default":
            changes.note(name, .mapped, "sent as standard_only")
            body.add("service_tier", "standard_only")
        default:
            if isOwn {
                body.add("service_tier", tier)
            } else {
                changes.note(name, .dropped, "the provider has no tier \(tier)")
            }
        }
    }

    private mutating func writeExtras() {
        drop(.minP, request.minP != nil)
        drop(.frequencyPenalty, request.frequencyPenalty.map { $0.value != 0 } ?? false)
        drop(.presencePenalty, request.presencePenalty.map { $0.value != 0 } ?? false)
        drop(.seed, request.seed != nil)
        drop(.logprobs, request.logprobs == true)
        drop(.topLogprobs, request.topLogprobs.map { $0 > 0 } ?? false)
        drop(.audioOutput, request.audioOutput != nil)
        drop(.modalities, request.modalities.contains { $0.lowercased() != "text" })
        drop(.choices, request.choices.map { $0 > 1 } ?? false, "the provider gives one answer")
        drop(.cacheKey, request.cacheKey != nil, "the provider caches by breakpoints")
        guard isOwn else {
            request.reportExtras(to: &changes)
            return
        }
        for extra in request.extras where !extra.name.contains(".") { body.add(extra.name, json: extra.json) }
    }

    private mutating func drop(
        _ field: RequestField, _ isSaid: Bool, _ detail: String = "the provider has nothing like it"
    ) {
        if isSaid { changes.note(request.name(of: field), .dropped, detail) }
    }
}

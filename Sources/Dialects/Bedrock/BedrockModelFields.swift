import Bytes
import Vocabulary

/// Writes `additionalModelRequestFields`: what Converse passes to the model unread, so it differs by the model's maker.
struct BedrockModelFields {
    /// Whose model it is, as far as it matters here.
    private enum Maker { case anthropic, nova, openAI, mistral, cohere, other }

    private let request: ModelRequest
    private let target: EncodingTarget
    private let maker: Maker
    private var writer = JSONWriter()
    private(set) var changes: [ParameterChange] = []

    init(_ request: ModelRequest, _ target: EncodingTarget) {
        self.request = request
        self.target = target
        maker = Self.maker(of: target.model)
    }

    /// Names are `anthropic.claude-...`, with a region in front or inside an ARN.
    private static func maker(of model: String) -> Maker {
        if model.contains("anthropic") || model.contains("claude") { return .anthropic }
        if model.contains("nova") { return .nova }
        if model.contains("openai") { return .openAI }
        if model.contains("mistral") { return .mistral }
        if model.contains("cohere") { return .cohere }
        return .other
    }

    /// Claude refuses other temperatures, and forced tool calls, while it thinks.
    var fixesTemperature: Bool { maker == .anthropic && (request.reasoning?.isOn ?? false) && !isTooShort }

    /// The object; `nil` if it has no members.
    mutating func object() -> [UInt8]? {
        writer.beginObject()
        writeReasoning()
        writeTopK()
        if let own = request.extras.first(where: { $0.name == "additionalModelRequestFields" }) {
            JSONText.read(own.json) { view in
                for (key, value) in view.members {
                    writer.key(utf8: key.raw)
                    writer.raw(value.raw)
                }
            }
        }
        writer.endObject()
        return writer.bytes.count > 2 ? writer.bytes : nil
    }

    private mutating func writeReasoning() {
        guard let reasoning = request.reasoning else { return }
        switch maker {
        case .anthropic: writeClaude(reasoning)
        case .nova: writeNova(reasoning)
        case .openAI:
            if let effort = reasoning.effort ?? reasoning.budgetTokens.map(ReasoningScale.effort(forBudget:)) {
                writer.member("reasoning_effort", effort)
            }
        case .mistral, .cohere, .other:
            guard reasoning.isOn else { return }
            changes.report(.reasoning, of: request, .dropped, "this model on Bedrock has no setting for it")
        }
        if reasoning.isOn, reasoning.includesThoughts == false {
            changes.report(.includesThoughts, of: request, .dropped, "Bedrock always shows thinking")
        }
    }

    /// Thinking needs 1,024 tokens, and room for the answer beside them.
    private var isTooShort: Bool { (request.maximumOutputTokens ?? .max) <= 1024 && !usesAdaptive }

    private var usesAdaptive: Bool { request.reasoning?.isAdaptive ?? false }

    private mutating func writeClaude(_ reasoning: ReasoningOptions) {
        if reasoning.isOff, reasoning.isEnabled == false {
            writer.object("thinking") { $0.member("type", "disabled") }
            return
        }
        guard reasoning.isOn else { return }
        if reasoning.isAdaptive {
            writer.object("thinking") { $0.member("type", "adaptive") }
            if let effort = reasoning.effort { writer.object("output_config") { $0.member("effort", effort) } }
            return
        }
        guard !isTooShort else {
            changes.report(.reasoning, of: request, .dropped, "the token limit leaves no room for thinking")
            return
        }
        let asked = reasoning.budgetTokens ?? reasoning.effort.flatMap(ReasoningScale.budget(forEffort:)) ?? 8192
        let budget = max(1024, min(asked, (request.maximumOutputTokens ?? .max) - 1))
        writer.object("thinking") { writer in
            writer.member("type", "enabled")
            writer.member("budget_tokens", budget)
        }
        reportBudget(reasoning, asked: asked, sent: budget)
    }

    private mutating func reportBudget(_ reasoning: ReasoningOptions, asked: Int64, sent: Int64) {
        if reasoning.budgetTokens == nil {
            changes.report(.reasoningEffort, of: request, .mapped, "sent as a budget of \(sent) tokens")
        } else if asked != sent {
            changes.report(.reasoningBudget, of: request, .clamped, "sent as \(sent) tokens")
        }
    }

    private mutating func writeNova(_ reasoning: ReasoningOptions) {
        if reasoning.isOff {
            writer.object("reasoningConfig") { $0.member("type", "disabled") }
            return
        }
        guard reasoning.isOn else { return }
        let effort = reasoning.effort ?? reasoning.budgetTokens.map(ReasoningScale.effort(forBudget:)) ?? "medium"
        let known = ["low", "medium", "high"].contains(effort) ? effort : effort == "minimal" ? "low" : "high"
        writer.object("reasoningConfig") { writer in
            writer.member("type", "enabled")
            writer.member("maxReasoningEffort", known)
        }
        if known != reasoning.effort {
            changes.report(.reasoning, of: request, .mapped, "sent as an effort of \(known)")
        }
    }

    private mutating func writeTopK() {
        guard let topK = request.topK else { return }
        switch maker {
        case .anthropic where fixesTemperature:
            changes.report(.topK, of: request, .dropped, "Claude does not take it while it thinks")
        case .anthropic, .mistral: writer.member("top_k", topK)
        case .cohere: writer.member("k", topK)
        case .nova: writer.object("inferenceConfig") { $0.member("topK", topK) }
        case .openAI, .other: changes.report(.topK, of: request, .dropped, "this model on Bedrock does not take it")
        }
    }
}

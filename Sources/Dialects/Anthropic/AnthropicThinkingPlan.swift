import Vocabulary

/// How a request's wish to think, its output limit and its sampling go together at Anthropic.
///
/// `max_tokens` includes thinking and must exceed its budget; while thinking, temperature is fixed and no tool can be
/// forced; after a tool call, a budget needs the thinking that led to the call.
struct AnthropicThinkingPlan: Sendable, Equatable {
    /// What is said in `thinking`.
    enum Mode: Sendable, Equatable {
        case unsaid, disabled, adaptive
        case budget(Int64)
    }

    var mode = Mode.unsaid
    /// `output_config.effort`.
    var effort: String?
    /// `thinking.display`.
    var display: String?
    var maximumTokens: Int64

    /// Thinking is on.
    var thinks: Bool { mode != .unsaid && mode != .disabled }

    /// What is sent where neither the caller nor the catalogue gives a limit: every model takes it.
    private static let defaultMaximum: Int64 = 4096
    /// The least budget that the API takes.
    private static let leastBudget: Int64 = 1024

    init(_ request: ModelRequest, _ target: EncodingTarget, _ changes: inout [ParameterChange]) {
        maximumTokens = request.maximumOutputTokens ?? target.maximumOutputTokens ?? Self.defaultMaximum
        if let most = target.maximumOutputTokens, maximumTokens > most {
            maximumTokens = most
            changes.note(request.name(of: .maximumOutputTokens), .clamped, "the model gives \(most) tokens at most")
        }
        guard let options = request.reasoning else { return }
        let rules = AnthropicModelRules(model: target.model)
        if let thoughts = options.includesThoughts ?? options.summary.map({ _ in true }) {
            display = thoughts ? "summarized" : "omitted"
        }
        plan(options, rules, request, &changes)
        if !thinks { display = nil }
    }

    private mutating func plan(
        _ options: ReasoningOptions, _ rules: AnthropicModelRules, _ request: ModelRequest,
        _ changes: inout [ParameterChange]
    ) {
        if options.isEnabled == false || options.effort == "none" {
            disable(rules, request, &changes)
            return
        }
        if rules.thinksAdaptively { effort = effort(options, rules, request, &changes) }
        let isOwn = request.source == .anthropicMessages
        // Anthropic's own callers set effort without asking for thinking.
        if isOwn, options.isEnabled == nil, options.budgetTokens == nil {
            if !rules.thinksAdaptively, options.effort != nil {
                changes.note(request.name(of: .reasoningEffort), .dropped, "the model has no levels of effort")
            }
            return
        }
        let isOn = options.isEnabled == true || options.isAdaptive
        guard isOn || options.effort != nil || options.budgetTokens != nil else { return }
        if let reason = obstacle(rules, request, isOwn: isOwn) {
            changes.note(Self.name(options, request), .dropped, reason)
            return
        }
        if rules.takesBudget, let budget = options.budgetTokens {
            allot(budget, options, request, isOwn: isOwn, &changes)
        } else if rules.thinksAdaptively {
            adapt(options, request, &changes)
        } else {
            allot(share(options.effort), options, request, isOwn: isOwn, &changes)
        }
    }

    private mutating func disable(
        _ rules: AnthropicModelRules, _ request: ModelRequest, _ changes: inout [ParameterChange]
    ) {
        guard rules.thinks else { return }
        if rules.refusesDisabled {
            changes.note(request.name(of: .reasoning), .dropped, "the model always thinks")
        } else {
            mode = .disabled
        }
    }

    private mutating func adapt(
        _ options: ReasoningOptions, _ request: ModelRequest, _ changes: inout [ParameterChange]
    ) {
        mode = .adaptive
        guard let budget = options.budgetTokens else { return }
        if effort == nil { effort = budget <= 4096 ? "low" : budget <= 16384 ? "medium" : "high" }
        let detail = "the model thinks adaptively; sent as effort \(effort ?? "high")"
        changes.note(request.name(of: .reasoningBudget), .mapped, detail)
    }

    /// Why a request can't think although it wants to.
    private func obstacle(_ rules: AnthropicModelRules, _ request: ModelRequest, isOwn: Bool) -> String? {
        if !rules.thinks { return "the model does not think" }
        if isOwn { return nil }
        if request.toolChoice?.forcesTool == true, !request.tools.isEmpty {
            return "the provider does not think where a tool is forced"
        }
        if !rules.thinksAdaptively, !request.keepsThinkingOfLastCalls {
            return "the tool calls in the conversation came without the provider's own signed thinking"
        }
        return nil
    }

    private mutating func allot(
        _ wanted: Int64, _ options: ReasoningOptions, _ request: ModelRequest, isOwn: Bool,
        _ changes: inout [ParameterChange]
    ) {
        if isOwn, options.budgetTokens != nil {
            // Written as it came: with interleaved thinking a budget may exceed the limit.
            mode = .budget(wanted)
            return
        }
        var budget = max(wanted, Self.leastBudget)
        if budget >= maximumTokens, request.maximumOutputTokens == nil { maximumTokens = budget + Self.defaultMaximum }
        if budget >= maximumTokens { budget = maximumTokens - 1 }
        let name = Self.name(options, request)
        guard budget >= Self.leastBudget else {
            changes.note(name, .dropped, "thinking needs an output limit above \(Self.leastBudget) tokens")
            return
        }
        mode = .budget(budget)
        if options.budgetTokens == nil {
            changes.note(name, .mapped, "sent as a thinking budget of \(budget) tokens")
        } else if budget != wanted {
            changes.note(name, .clamped, "a budget of \(budget) tokens fits between 1024 and the output limit")
        }
    }

    /// The part of the output limit that an effort stands for.
    private func share(_ effort: String?) -> Int64 {
        switch effort {
        case "minimal": maximumTokens / 10
        case "low": maximumTokens / 5
        case "high": maximumTokens / 5 * 4
        case "xhigh", "max": maximumTokens / 20 * 19
        default: maximumTokens / 2
        }
    }

    private func effort(
        _ options: ReasoningOptions, _ rules: AnthropicModelRules, _ request: ModelRequest,
        _ changes: inout [ParameterChange]
    ) -> String? {
        guard let effort = options.effort else { return nil }
        var sent = effort
        if effort == "minimal" { sent = "low" }
        if effort == "xhigh", rules.takesBudget { sent = "high" }
        if sent != effort { changes.note(request.name(of: .reasoningEffort), .mapped, "sent as \(sent)") }
        return sent
    }

    private static func name(_ options: ReasoningOptions, _ request: ModelRequest) -> String {
        if options.budgetTokens != nil { return request.name(of: .reasoningBudget) }
        return request.name(of: options.effort != nil ? .reasoningEffort : .reasoning)
    }
}

extension ToolChoice {
    /// Some tool must be called.
    var forcesTool: Bool {
        switch self {
        case .auto, .none: false
        case .required, .tool: true
        case .allowed(_, let isRequired): isRequired
        }
    }
}

extension ModelRequest {
    /// False where the conversation ends in tool results, and the calls that they answer have no signed thinking
    /// before them.
    var keepsThinkingOfLastCalls: Bool {
        guard let last = turns.last, last.holdsOnlyToolResults else { return true }
        guard let asking = turns.last(where: { $0.role == .assistant }) else { return true }
        return asking.parts.contains { part in
            guard case .reasoning(let reasoning) = part.content else { return false }
            return reasoning.signature != nil || (reasoning.encrypted != nil && reasoning.id == nil)
        }
    }
}

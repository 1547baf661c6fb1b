import Bytes
import Vocabulary

/// Writes `generationConfig`.
struct GeminiConfigWriter {
    /// The most stop sequences that Gemini takes.
    private static let stopLimit = 5

    private let request: ModelRequest
    private let target: EncodingTarget
    private var writer = JSONWriter()
    private(set) var changes: [ParameterChange] = []

    init(_ request: ModelRequest, _ target: EncodingTarget) {
        self.request = request
        self.target = target
    }

    private var isOwn: Bool { request.source == .geminiGenerateContent }

    /// The object; `nil` if it has no members.
    mutating func object() -> [UInt8]? {
        writer.beginObject()
        writeSampling()
        writeStop()
        writePenalties()
        writeFormat()
        if !request.modalities.isEmpty {
            writer.member("responseModalities", request.modalities.map { $0.uppercased() })
        }
        writeThinking()
        writeExtras()
        writer.endObject()
        return writer.bytes.count > 2 ? writer.bytes : nil
    }

    private mutating func writeSampling() {
        if let temperature = request.temperature { writer.member("temperature", temperature) }
        if let topP = request.topP { writer.member("topP", topP) }
        if let topK = request.topK { writer.member("topK", topK) }
        if let choices = request.choices { writer.member("candidateCount", choices) }
        if let limit = request.maximumOutputTokens { writer.member("maxOutputTokens", limit) }
    }

    private mutating func writeStop() {
        guard !request.stop.isEmpty else { return }
        writer.member("stopSequences", isOwn ? request.stop : Array(request.stop.prefix(Self.stopLimit)))
        if request.stop.count > Self.stopLimit, !isOwn {
            changes.report(.stop, of: request, .clamped, "Gemini takes five stop sequences: the first five are sent")
        }
    }

    private mutating func writePenalties() {
        if let seed = request.seed { writer.member("seed", seed) }
        if let penalty = request.presencePenalty { writer.member("presencePenalty", penalty) }
        if let penalty = request.frequencyPenalty { writer.member("frequencyPenalty", penalty) }
        if let logprobs = request.logprobs { writer.member("responseLogprobs", logprobs) }
        if let count = request.topLogprobs, request.logprobs != false {
            if request.logprobs == nil { writer.member("responseLogprobs", true) }
            writer.member("logprobs", count)
        }
    }

    private mutating func writeFormat() {
        switch request.format {
        case nil: break
        case .jsonObject: writer.member("responseMimeType", "application/json")
        case .jsonSchema(_, _, let schema, _):
            writer.member("responseMimeType", "application/json")
            if isOwn {
                writer.member("responseJsonSchema", json: schema)
                return
            }
            let clean = GeminiSchema.clean(schema)
            writer.member("responseJsonSchema", json: clean.json)
            guard !clean.removed.isEmpty else { return }
            let words = clean.removed.joined(separator: ", ")
            changes.report(.format, of: request, .mapped, "sent without what Gemini's schemas do not have: \(words)")
        }
    }

    private mutating func writeThinking() {
        guard let reasoning = request.reasoning else { return }
        var thinking = JSONWriter()
        thinking.beginObject()
        if let includes = includesThoughts(reasoning) { thinking.member("includeThoughts", includes) }
        writeAmount(reasoning, to: &thinking)
        thinking.endObject()
        if thinking.bytes.count > 2 { writer.member("thinkingConfig", json: thinking.bytes) }
    }

    /// Callers of other formats see thoughts unless they say otherwise; Google's do only if they ask.
    private func includesThoughts(_ reasoning: ReasoningOptions) -> Bool? {
        if let includes = reasoning.includesThoughts { return includes }
        if isOwn || !reasoning.isOn { return nil }
        return true
    }

    private mutating func writeAmount(_ reasoning: ReasoningOptions, to thinking: inout JSONWriter) {
        if isOwn {
            if let budget = reasoning.budgetTokens { thinking.member("thinkingBudget", budget) }
            if reasoning.isAdaptive { thinking.member("thinkingBudget", -1 as Int64) }
            if let effort = reasoning.effort { thinking.member("thinkingLevel", effort.uppercased()) }
        } else if takesBudgets {
            writeBudget(reasoning, to: &thinking)
        } else {
            writeLevel(reasoning, to: &thinking)
        }
    }

    /// Gemini 2.5 and before count thinking in tokens; later models take levels.
    private var takesBudgets: Bool { target.model.contains("gemini-2") || target.model.contains("gemini-1") }

    private mutating func writeBudget(_ reasoning: ReasoningOptions, to thinking: inout JSONWriter) {
        if reasoning.isOff {
            thinking.member("thinkingBudget", 0 as Int64)
        } else if let budget = reasoning.budgetTokens {
            thinking.member("thinkingBudget", budget)
        } else if reasoning.isAdaptive {
            thinking.member("thinkingBudget", -1 as Int64)
        } else if let effort = reasoning.effort {
            guard let budget = ReasoningScale.budget(forEffort: effort) else {
                changes.report(.reasoningEffort, of: request, .dropped, "Gemini has no level \(effort)")
                return
            }
            // The largest budget that every 2.5 model takes.
            thinking.member("thinkingBudget", min(budget, 24_576))
            changes.report(.reasoningEffort, of: request, .mapped, "sent as a budget of \(min(budget, 24_576)) tokens")
        }
    }

    private mutating func writeLevel(_ reasoning: ReasoningOptions, to thinking: inout JSONWriter) {
        if reasoning.isOff {
            thinking.member("thinkingLevel", "MINIMAL")
            changes.report(.reasoning, of: request, .mapped, "this model can't stop thinking: sent as MINIMAL")
        } else if let budget = reasoning.budgetTokens {
            let level = ReasoningScale.effort(forBudget: budget).uppercased()
            thinking.member("thinkingLevel", level)
            changes.report(.reasoningBudget, of: request, .mapped, "this model takes levels: sent as \(level)")
        } else if let effort = reasoning.effort {
            let known = ["xhigh", "max"].contains(effort) ? "high" : effort
            guard ["minimal", "low", "medium", "high"].contains(known) else {
                changes.report(.reasoningEffort, of: request, .dropped, "Gemini has no level \(effort)")
                return
            }
            thinking.member("thinkingLevel", known.uppercased())
            if known != effort { changes.report(.reasoningEffort, of: request, .mapped, "sent as \(known)") }
        }
    }

    private mutating func writeExtras() {
        let prefix = "generationConfig."
        guard isOwn else { return }
        for extra in request.extras where extra.name.hasPrefix(prefix) {
            writer.key(String(extra.name.dropFirst(prefix.count)))
            writer.raw(extra.json)
        }
    }
}

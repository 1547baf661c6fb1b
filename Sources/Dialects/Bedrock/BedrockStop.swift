import Bytes

/// Reads `stopReason`.
enum BedrockStop {
    /// - Parameter fields: `additionalModelResponseFields`, which may name the stop sequence.
    static func read(_ word: String?, fields: JSONView?) -> Stop {
        guard let word else { return Stop(.other) }
        return Stop(reason(word), native: word, sequence: fields?["stop_sequence"]?.string)
    }

    private static func reason(_ word: String) -> Stop.Reason {
        switch word {
        case "end_turn": .end
        case "max_tokens": .length
        case "stop_sequence": .stopSequence
        case "tool_use": .toolCalls
        case "guardrail_intervened", "content_filtered": .contentFilter
        case "model_context_window_exceeded": .contextWindow
        case "malformed_model_output", "malformed_tool_use": .error
        case "refusal": .refusal
        case "pause_turn": .pause
        default: .other
        }
    }
}

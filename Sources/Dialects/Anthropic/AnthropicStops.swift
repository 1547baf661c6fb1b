/// Stop reasons, both ways.
enum AnthropicStops {
    static func read(_ reason: String?, sequence: String?) -> Stop {
        guard let reason else { return Stop(.other) }
        let meaning: Stop.Reason =
            switch reason {
            case "end_turn": .end
            case "max_tokens": .length
            case "stop_sequence": .stopSequence
            case "tool_use": .toolCalls
            case "pause_turn": .pause
            case "refusal": .refusal
            case "model_context_window_exceeded": .contextWindow
            default: .other
            }
        return Stop(meaning, native: reason, sequence: sequence)
    }

    /// - Parameter callsTools: The answer holds tool calls: some providers end such an answer like any other.
    static func written(_ stop: Stop, callsTools: Bool) -> String {
        switch stop.reason {
        case .end, .error, .other: callsTools ? "tool_use" : "end_turn"
        case .length: "max_tokens"
        case .stopSequence: "stop_sequence"
        case .toolCalls: "tool_use"
        case .contentFilter, .refusal: "refusal"
        case .pause: "pause_turn"
        case .contextWindow: "model_context_window_exceeded"
        }
    }
}

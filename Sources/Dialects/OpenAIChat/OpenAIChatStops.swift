/// Finish reasons of chat and completions.
enum OpenAIChatStops {
    /// - Parameters:
    ///   - calledTools: The answer has tool calls: some providers say `stop` then all the same.
    ///   - refused: The answer is a refusal, for which chat has no finish reason.
    static func read(_ native: String, calledTools: Bool, refused: Bool) -> Stop {
        var reason = self.reason(native)
        if reason == .end, calledTools { reason = .toolCalls }
        if reason == .end, refused { reason = .refusal }
        return Stop(reason, native: native)
    }

    private static func reason(_ native: String) -> Stop.Reason {
        switch native {
        case "stop", "eos", "eos_token", "end_turn", "complete", "completed", "": .end
        case "stop_sequence": .stopSequence
        case "length", "max_tokens", "max_length": .length
        case "model_length", "model_context_window_exceeded": .contextWindow
        case "tool_calls", "function_call", "tool_use": .toolCalls
        case "content_filter", "safety", "SAFETY": .contentFilter
        case "refusal": .refusal
        case "error", "insufficient_system_resource", "network_error": .error
        default: .other
        }
    }

    static func write(_ stop: Stop, refused: Bool) -> String {
        switch stop.reason {
        case .end, .stopSequence, .pause, .other: "stop"
        case .length, .contextWindow: "length"
        case .toolCalls: "tool_calls"
        case .contentFilter: "content_filter"
        // A message with `refusal` ends with `stop`; one without has only this to say it.
        case .refusal: refused ? "stop" : "content_filter"
        case .error: "error"
        }
    }
}

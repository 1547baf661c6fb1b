/// Brings `finishReason` and reasons of this program together.
enum GeminiStop {
    static func read(_ word: String?, hasToolCalls: Bool) -> Stop {
        guard let word, word != "FINISH_REASON_UNSPECIFIED" else { return Stop(hasToolCalls ? .toolCalls : .other) }
        return Stop(reason(word, hasToolCalls: hasToolCalls), native: word)
    }

    private static func reason(_ word: String, hasToolCalls: Bool) -> Stop.Reason {
        switch word {
        case "STOP": hasToolCalls ? .toolCalls : .end
        case "MAX_TOKENS": .length
        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "MODEL_ARMOR",
            "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "JAILBREAK", "LANGUAGE":
            .contentFilter
        case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MALFORMED_RESPONSE",
            "MISSING_THOUGHT_SIGNATURE":
            .error
        default: .other
        }
    }

    static func write(_ stop: Stop) -> String {
        if let native = stop.native, known.contains(native) { return native }
        return switch stop.reason {
        case .end, .stopSequence, .toolCalls, .pause: "STOP"
        case .length, .contextWindow: "MAX_TOKENS"
        case .contentFilter, .refusal: "SAFETY"
        case .error, .other: "OTHER"
        }
    }

    /// Google's own words; a provider of another format may use some of them for the same thing.
    private static let known: Set<String> = [
        "STOP", "MAX_TOKENS", "SAFETY", "RECITATION", "LANGUAGE", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII",
        "MALFORMED_FUNCTION_CALL", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER",
        "NO_IMAGE", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MISSING_THOUGHT_SIGNATURE", "MALFORMED_RESPONSE",
    ]
}

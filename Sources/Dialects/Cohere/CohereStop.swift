/// Reads `finish_reason`.
enum CohereStop {
    static func read(_ word: String?) -> Stop {
        guard let word else { return Stop(.other) }
        let reason: Stop.Reason =
            switch word {
            case "COMPLETE": .end
            case "STOP_SEQUENCE": .stopSequence
            case "MAX_TOKENS": .length
            case "TOOL_CALL": .toolCalls
            case "ERROR_TOXIC": .contentFilter
            case "ERROR_LIMIT": .contextWindow
            case "ERROR", "TIMEOUT": .error
            default: .other
            }
        return Stop(reason, native: word)
    }
}

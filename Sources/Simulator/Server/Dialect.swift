/// The provider whose manners an answer has.
enum Dialect: Sendable {
    case openAI
    case anthropic
    case gemini
    case bedrock
    case cohere

    /// Anthropic's clients name their API version with every request; the others have paths of their own.
    init(path: String, anthropicVersion: String?) {
        if GeminiPath.split(path) != nil {
            self = .gemini
        } else if path.hasPrefix("/model/") {
            self = .bedrock
        } else if path.hasPrefix("/v2/") {
            self = .cohere
        } else {
            self = anthropicVersion != nil || path.hasPrefix("/v1/messages") ? .anthropic : .openAI
        }
    }

    func error(status: Int, code: String, message: String, id: String) -> Reply {
        switch self {
        case .openAI: OpenAIError.reply(status: status, code: code, message: message)
        case .anthropic: AnthropicError.reply(status: status, message: message, id: id)
        case .gemini: GeminiError.reply(status: status, message: message)
        case .bedrock: BedrockError.reply(status: status, message: message)
        case .cohere: CohereError.reply(status: status, message: message, id: id)
        }
    }

    /// The error that breaks a stream which began well.
    var errorEvent: StreamEvent {
        switch self {
        case .openAI: OpenAIError.event
        case .anthropic: AnthropicError.event
        case .gemini: GeminiError.event
        case .bedrock: BedrockError.event
        case .cohere: CohereError.event
        }
    }

    /// The header that names the request.
    func identify(_ id: String) -> [(String, String)] {
        switch self {
        case .openAI: [("x-request-id", "req_" + id), ("openai-processing-ms", "1"), ("openai-version", "2020-10-01")]
        case .anthropic: [("request-id", "req_" + id)]
        case .gemini: [("server-timing", "gfet4t7; dur=1")]
        case .bedrock: [("x-amzn-requestid", id)]
        case .cohere: [("x-debug-trace-id", id)]
        }
    }
}

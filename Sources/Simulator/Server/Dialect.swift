/// The provider whose manners an answer has.
enum Dialect: Sendable {
    case openAI
    case anthropic

    /// Anthropic's clients name their API version with every request.
    init(path: String, anthropicVersion: String?) {
        self = anthropicVersion != nil || path.hasPrefix("/v1/messages") ? .anthropic : .openAI
    }

    func error(status: Int, code: String, message: String, id: String) -> Reply {
        switch self {
        case .openAI: OpenAIError.reply(status: status, code: code, message: message)
        case .anthropic: AnthropicError.reply(status: status, message: message, id: id)
        }
    }

    /// The error that breaks a stream which began well.
    var errorEvent: StreamEvent {
        switch self {
        case .openAI: OpenAIError.event
        case .anthropic: AnthropicError.event
        }
    }

    /// The header that names the request.
    func identify(_ id: String) -> [(String, String)] {
        switch self {
        case .openAI: [("x-request-id", "req_" + id), ("openai-processing-ms", "1"), ("openai-version", "2020-10-01")]
        case .anthropic: [("request-id", "req_" + id)]
        }
    }
}

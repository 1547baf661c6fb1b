/// What a request's method and path ask for.
enum Endpoint: Equatable {
    case chat
    case completions
    case responses
    case embeddings
    case moderations
    case messages
    case countTokens
    case models
    case model(String)
    /// `models/<model>:generateContent` and `:streamGenerateContent`.
    case generateContent(model: String, streamed: Bool)
    /// `models/<model>:countTokens`.
    case countContents(model: String)
    /// `/model/<model>/converse` and `/converse-stream`.
    case converse(model: String, streamed: Bool)
    /// Cohere's `/v2/chat`.
    case cohereChat

    /// Throws ``SimulatorFailure`` for a path or a method that the providers don't have.
    init(method: String, path: String) throws(SimulatorFailure) {
        if method == "GET", path.hasPrefix("/v1/models/") {
            self = .model(String(path.dropFirst(11)))
            return
        }
        if let own = Self.withModel(path) {
            guard method == "POST" else {
                throw SimulatorFailure(405, "method_not_supported", "Not allowed to \(method) on \(path).")
            }
            self = own
            return
        }
        guard let known = Self.paths[path] else {
            throw SimulatorFailure(404, "unknown_url", "Unknown request URL: \(method) \(path).")
        }
        guard method == (known == .models ? "GET" : "POST") else {
            throw SimulatorFailure(405, "method_not_supported", "Not allowed to \(method) on \(path).")
        }
        self = known
    }

    private static let paths: [String: Endpoint] = [
        "/v1/chat/completions": .chat, "/v1/completions": .completions, "/v1/responses": .responses,
        "/v1/embeddings": .embeddings, "/v1/moderations": .moderations, "/v1/messages": .messages,
        "/v1/messages/count_tokens": .countTokens, "/v1/models": .models, "/v2/chat": .cohereChat,
    ]

    /// The model in the path, where it stands there.
    var model: String? {
        switch self {
        case .generateContent(let model, _), .countContents(let model), .converse(let model, _): model
        default: nil
        }
    }

    /// Endpoints whose path holds the model's name.
    private static func withModel(_ path: String) -> Endpoint? {
        if let (model, method) = GeminiPath.split(path) {
            switch method {
            case "generateContent": return .generateContent(model: model, streamed: false)
            case "streamGenerateContent": return .generateContent(model: model, streamed: true)
            default: return .countContents(model: model)
            }
        }
        return BedrockPath.split(path).map { .converse(model: $0.model, streamed: $0.streamed) }
    }
}

/// An error that the simulated provider answers with.
struct SimulatorFailure: Error, Equatable {
    var status: Int
    var code: String
    var message: String

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// What the status of a simulated fault says.
    init(status: Int) {
        switch status {
        case 401: self.init(401, "invalid_api_key", "Incorrect API key provided.")
        case 429: self.init(429, "rate_limit_exceeded", "Rate limit reached. Please try again later.")
        case 529: self.init(529, "overloaded", "Overloaded")
        case 500...: self.init(status, "server_error", "The server had an error while processing your request.")
        default: self.init(status, "simulated_error", "The simulator was asked to answer \(status).")
        }
    }

    /// The error for a body that is not JSON.
    static func malformed(_ reason: String) -> SimulatorFailure {
        SimulatorFailure(400, "invalid_json", "We could not parse the JSON body of your request: \(reason).")
    }
}

package import Dialects
package import Vocabulary

/// A path of the data plane: what it does and in which dialect it is spoken.
package struct Endpoint: Sendable, Equatable {
    package var operation: Operation
    package var dialect: Dialect
    /// The path as it is appended to a provider's base URL, for example `/chat/completions`.
    package var upstreamPath: String
    /// The form of its bodies, for conversation calls, which can be translated.
    package var format: WireFormat?
    /// What the path says beside its body: Gemini and Azure put the model there.
    package var path = CallerPath()

    /// The calls that carry a model in a JSON body, by path (POST only). Everything else goes through `/pass/`.
    package static let table: [String: Endpoint] = [
        "/v1/chat/completions": Endpoint(
            operation: .chat, dialect: .openai, upstreamPath: "/chat/completions", format: .openAIChat
        ),
        "/v1/completions": Endpoint(
            operation: .textCompletion, dialect: .openai, upstreamPath: "/completions", format: .openAICompletions
        ),
        "/v1/responses": Endpoint(
            operation: .responses, dialect: .openai, upstreamPath: "/responses", format: .openAIResponses
        ),
        "/v1/embeddings": Endpoint(operation: .embeddings, dialect: .openai, upstreamPath: "/embeddings"),
        "/v1/moderations": Endpoint(operation: .moderations, dialect: .openai, upstreamPath: "/moderations"),
        "/v1/messages": Endpoint(
            operation: .messages, dialect: .anthropic, upstreamPath: "/v1/messages", format: .anthropicMessages
        ),
        "/v1/messages/count_tokens": Endpoint(
            operation: .countTokens, dialect: .anthropic, upstreamPath: "/v1/messages/count_tokens"
        ),
    ]

    /// The endpoint at a path without its query; `nil` where there is none.
    package static func find(_ path: Substring) -> Endpoint? {
        if let found = table[String(path)] { return found }
        if let rest = path.dropping("/v1beta/models/") ?? path.dropping("/v1/models/") { return gemini(rest) }
        if let rest = path.dropping("/openai/deployments/") { return azure(rest) }
        return nil
    }

    /// `<model>:generateContent` and its sisters; a model's name may hold slashes and colons of its own.
    private static func gemini(_ rest: Substring) -> Endpoint? {
        guard let colon = rest.lastIndex(of: ":") else { return nil }
        let model = PercentEncoding.decoded(rest[..<colon])
        guard !model.isEmpty else { return nil }
        var endpoint = Endpoint(
            operation: .generateContent, dialect: .gemini, upstreamPath: "", format: .geminiGenerateContent
        )
        endpoint.path.model = model
        switch rest[rest.index(after: colon)...] {
        case "generateContent": break
        case "streamGenerateContent": endpoint.path.streams = true
        case "countTokens":
            endpoint.operation = .countTokens
            endpoint.format = nil
        default: return nil
        }
        return endpoint
    }

    /// Azure's clients name a deployment in the path: here that is a model.
    private static func azure(_ rest: Substring) -> Endpoint? {
        guard let slash = rest.firstIndex(of: "/"), var endpoint = table["/v1" + rest[slash...]] else { return nil }
        guard endpoint.dialect == .openai else { return nil }
        endpoint.path.model = PercentEncoding.decoded(rest[..<slash])
        return endpoint
    }
}

extension Operation {
    /// Guesses the operation of a passed-through path from its ending, so that it can be observed and priced like
    /// the rest. `passthrough` where nothing is known about the path.
    package init(passthroughPath path: Substring) {
        if path.hasSuffix("/chat/completions") {
            self = .chat
        } else if path.hasSuffix("/completions") {
            self = .textCompletion
        } else if path.hasSuffix("/responses") {
            self = .responses
        } else if path.hasSuffix("/embeddings") {
            self = .embeddings
        } else if path.hasSuffix("/messages") {
            self = .messages
        } else if path.hasSuffix(":generateContent") || path.hasSuffix(":streamGenerateContent") {
            self = .generateContent
        } else {
            self = .passthrough
        }
    }
}

extension WireFormat {
    /// The format of a passed-through conversation that no operation of ours stands for; `nil` for anything else.
    package init?(passthroughPath path: Substring) {
        if path.hasSuffix("/converse") || path.hasSuffix("/converse-stream") {
            self = .bedrockConverse
        } else if path.hasSuffix("/v2/chat") {
            self = .cohereChat
        } else {
            return nil
        }
    }
}

extension Substring {
    fileprivate func dropping(_ prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}

extension ProviderOperation {
    /// What an endpoint asks of a provider; `nil` for what is only passed through.
    package init?(_ operation: Operation) {
        switch operation {
        case .chat: self = .chat
        case .textCompletion: self = .completions
        case .responses: self = .responses
        case .messages: self = .messages
        case .generateContent: self = .generateContent
        case .embeddings: self = .embeddings
        case .moderations: self = .moderations
        case .countTokens: self = .countTokens
        case .passthrough: return nil
        }
    }
}

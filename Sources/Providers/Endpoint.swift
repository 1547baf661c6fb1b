package import Vocabulary

/// A path of the data plane: what it does and in which dialect it is spoken.
package struct Endpoint: Sendable, Equatable {
    package var operation: Operation
    package var dialect: Dialect
    /// The path as it is appended to a provider's base URL, for example `/chat/completions`.
    package var upstreamPath: String

    /// The calls that carry a model in a JSON body, by path (POST only). Everything else goes through `/pass/`.
    package static let table: [String: Endpoint] = [
        "/v1/chat/completions": Endpoint(operation: .chat, dialect: .openai, upstreamPath: "/chat/completions"),
        "/v1/completions": Endpoint(operation: .textCompletion, dialect: .openai, upstreamPath: "/completions"),
        "/v1/responses": Endpoint(operation: .responses, dialect: .openai, upstreamPath: "/responses"),
        "/v1/embeddings": Endpoint(operation: .embeddings, dialect: .openai, upstreamPath: "/embeddings"),
        "/v1/moderations": Endpoint(operation: .moderations, dialect: .openai, upstreamPath: "/moderations"),
        "/v1/messages": Endpoint(operation: .messages, dialect: .anthropic, upstreamPath: "/v1/messages"),
        "/v1/messages/count_tokens": Endpoint(
            operation: .countTokens, dialect: .anthropic, upstreamPath: "/v1/messages/count_tokens"
        ),
    ]
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
        } else {
            self = .passthrough
        }
    }
}

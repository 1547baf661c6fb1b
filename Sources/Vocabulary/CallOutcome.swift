/// How a call ended, from the caller's point of view.
package enum CallOutcome: String, Sendable, CaseIterable {
    /// The caller received a complete, successful answer.
    case ok
    /// The caller received an error, ours or the provider's, or a stream that broke.
    case error
    /// The caller left before the answer was complete.
    case cancelled
}

/// The wire dialect a request is spoken in.
package enum Dialect: String, Sendable, CaseIterable {
    case openai
    case anthropic
    case gemini
    /// Bedrock's Converse; spoken to providers only.
    case bedrock
    /// Cohere's version 2; spoken to providers only.
    case cohere
}

/// What a call does, in the words of OpenTelemetry's `gen_ai.operation.name` where it has one.
package enum Operation: String, Sendable, CaseIterable {
    case chat
    case textCompletion = "text_completion"
    case responses
    case embeddings
    case moderations
    case messages
    case countTokens = "count_tokens"
    /// Gemini's `generateContent` and its streaming sister.
    case generateContent = "generate_content"
    /// A call through `/pass/<provider>/`, forwarded as it came.
    case passthrough
}

/// A form in which a conversation call is put on the wire: how its request, answer and stream are written.
package enum WireFormat: String, Sendable, CaseIterable {
    /// OpenAI `POST /chat/completions`, and everybody compatible with it.
    case openAIChat = "openai-chat"
    /// OpenAI's legacy `POST /completions`.
    case openAICompletions = "openai-completions"
    /// OpenAI `POST /responses`.
    case openAIResponses = "openai-responses"
    /// Anthropic `POST /v1/messages`.
    case anthropicMessages = "anthropic-messages"
    /// Gemini and Vertex `models/<model>:generateContent` and `:streamGenerateContent`.
    case geminiGenerateContent = "gemini-generate-content"
    /// Bedrock `POST /model/<model>/converse` and `/converse-stream`.
    case bedrockConverse = "bedrock-converse"
    /// Cohere `POST /v2/chat`.
    case cohereChat = "cohere-chat"
}

/// How the events of a stream are cut out of its bytes.
package enum StreamFraming: Sendable, Equatable {
    /// Server-sent events (`text/event-stream`).
    case serverSentEvents
    /// Amazon's binary event stream (`application/vnd.amazon.eventstream`).
    case amazonEventStream
    /// One JSON array whose elements arrive one by one, as Gemini streams without `alt=sse`.
    case jsonArray
}

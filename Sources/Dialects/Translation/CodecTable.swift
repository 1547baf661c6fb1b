extension WireFormat {
    /// Reads requests of this format and writes answers in it; `nil` for formats that no caller speaks here.
    package var callerCodec: (any CallerCodec.Type)? {
        switch self {
        case .openAIChat: OpenAIChatCodec.self
        case .openAICompletions: OpenAICompletionsCodec.self
        case .openAIResponses: OpenAIResponsesCodec.self
        case .anthropicMessages: AnthropicMessagesCodec.self
        case .geminiGenerateContent: GeminiCodec.self
        case .bedrockConverse, .cohereChat: nil
        }
    }

    /// Writes requests of this format and reads answers in it.
    package var providerCodec: any ProviderCodec.Type {
        switch self {
        case .openAIChat: OpenAIChatCodec.self
        case .openAICompletions: OpenAICompletionsCodec.self
        case .openAIResponses: OpenAIResponsesCodec.self
        case .anthropicMessages: AnthropicMessagesCodec.self
        case .geminiGenerateContent: GeminiCodec.self
        case .bedrockConverse: BedrockConverseCodec.self
        case .cohereChat: CohereChatCodec.self
        }
    }
}

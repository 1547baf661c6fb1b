import Bytes
import Dialects

/// The codecs that golden pairs are made with: every caller's format with every provider's.
enum GoldenCodecs {
    struct Caller: Sendable {
        let format: WireFormat
        let codec: any CallerCodec.Type
    }

    struct Provider: Sendable {
        let format: WireFormat
        let codec: any ProviderCodec.Type
    }

    static let callers: [Caller] = [
        Caller(format: .openAIChat, codec: OpenAIChatCodec.self),
        Caller(format: .openAICompletions, codec: OpenAICompletionsCodec.self),
        Caller(format: .openAIResponses, codec: OpenAIResponsesCodec.self),
        Caller(format: .anthropicMessages, codec: AnthropicMessagesCodec.self),
        Caller(format: .geminiGenerateContent, codec: GeminiCodec.self),
    ]

    static let providers: [Provider] = [
        Provider(format: .openAIChat, codec: OpenAIChatCodec.self),
        Provider(format: .openAIResponses, codec: OpenAIResponsesCodec.self),
        Provider(format: .anthropicMessages, codec: AnthropicMessagesCodec.self),
        Provider(format: .geminiGenerateContent, codec: GeminiCodec.self),
        Provider(format: .bedrockConverse, codec: BedrockConverseCodec.self),
        Provider(format: .cohereChat, codec: CohereChatCodec.self),
    ]

    /// Whose every pairing is shown. (Providers of legacy completions serve legacy completions alone.)
    static let cells: [(caller: WireFormat, provider: WireFormat)] = callers.flatMap { caller in
        providers.map { (caller.format, $0.format) }
    }

    static func caller(_ name: String) -> (any CallerCodec.Type)? {
        callers.first { $0.format.rawValue == name }?.codec
    }

    static func provider(_ name: String) -> (any ProviderCodec.Type)? {
        providers.first { $0.format.rawValue == name }?.codec
    }
}

import Dialects
import Vocabulary

/// What a provider's preset says and the configuration does not.
enum PresetDefaults {
    static func fill(_ settings: inout Settings, origins: [String: SettingsPlace]) {
        for index in settings.providers.indices {
            guard let preset = settings.providers[index].preset.flatMap(ProviderPreset.named) else { continue }
            let key = "providers[\(index)]"
            if origins["\(key).dialect"] == nil { settings.providers[index].dialect = preset.dialect }
            guard origins["\(key).base_url"] == nil else { continue }
            let values = settings.providers[index].settings.map { ($0.name, $0.value) }
            let text = preset.baseURL(Dictionary(values, uniquingKeysWith: { first, _ in first }))
            if let url = text.flatMap({ BaseURL($0) }) { settings.providers[index].baseURL = url }
        }
    }
}

extension ProviderPreset {
    /// The dialect of its preferred form.
    var dialect: Dialect {
        switch preferredFormat {
        case .openAIChat, .openAICompletions, .openAIResponses: .openai
        case .anthropicMessages: .anthropic
        case .geminiGenerateContent: .gemini
        case .bedrockConverse: .bedrock
        case .cohereChat: .cohere
        }
    }
}

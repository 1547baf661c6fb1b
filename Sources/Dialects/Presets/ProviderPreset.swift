/// Something that a provider serves. Raw values are those of configuration files.
package enum ProviderOperation: String, Sendable, CaseIterable {
    case chat, completions, responses, messages
    case generateContent = "generate_content"
    case converse
    case cohereChat = "cohere_chat"
    case embeddings, moderations
    case countTokens = "count_tokens"

    /// The format of a conversation call; `nil` for calls that are none.
    package var format: WireFormat? {
        switch self {
        case .chat: .openAIChat
        case .completions: .openAICompletions
        case .responses: .openAIResponses
        case .messages: .anthropicMessages
        case .generateContent: .geminiGenerateContent
        case .converse: .bedrockConverse
        case .cohereChat: .cohereChat
        case .embeddings, .moderations, .countTokens: nil
        }
    }

    /// The operation that a conversation call in a format is.
    package init(_ format: WireFormat) {
        switch format {
        case .openAIChat: self = .chat
        case .openAICompletions: self = .completions
        case .openAIResponses: self = .responses
        case .anthropicMessages: self = .messages
        case .geminiGenerateContent: self = .generateContent
        case .bedrockConverse: self = .converse
        case .cohereChat: self = .cohereChat
        }
    }
}

/// How a provider wants to be shown who calls.
package enum CredentialScheme: Sendable, Equatable {
    case none
    /// `Authorization: Bearer`.
    case bearer
    /// A header that holds the key alone: `x-api-key`, `api-key`, `x-goog-api-key`.
    case header(String)
    /// A query item that holds the key.
    case query(String)
    /// AWS Signature Version 4 over the request.
    case sigV4
    /// A Google service account, whose access token goes into `Authorization: Bearer`.
    case googleServiceAccount
}

/// Something that must be configured before a preset's base URL is complete.
package struct PresetSetting: Sendable, Equatable {
    /// As it stands in braces in the base URL.
    package var name: String
    /// What it is, for people.
    package var title: String
    package var example: String
    /// Used where nothing is configured; `nil` where something must be.
    package var fallback: String?

    package init(_ name: String, _ title: String, example: String, fallback: String? = nil) {
        self.name = name
        self.title = title
        self.example = example
        self.fallback = fallback
    }
}

/// What this program knows of a provider, so that its name is configuration enough.
package struct ProviderPreset: Sendable, Equatable {
    /// As configuration names it, for example `nvidia-nim`.
    package var name: String
    /// As people know it.
    package var title: String
    /// Without a slash at the end; settings stand in braces.
    package var baseURL: String
    package var paths: PathScheme
    /// What it serves. The first conversation format is the one that others are translated to.
    package var operations: [ProviderOperation]
    package var embeddings: EmbeddingFormat?
    package var credential: CredentialScheme
    package var settings: [PresetSetting]
    /// Headers that go with every call, by lower-case name.
    package var headers: [String: String]
    /// How it differs from the format that it imitates, each with its reason.
    package var reasons: [PresetQuirk]
    /// The environment variable that holds its key.
    package var keyVariable: String
    package var documentation: String
    /// `reasons` put together; see `quirks(for:)`.
    package let quirks: ProviderQuirks

    package init(
        _ name: String, title: String, baseURL: String, paths: PathScheme = .openAI, operations: [ProviderOperation],
        embeddings: EmbeddingFormat? = nil, credential: CredentialScheme = .bearer, settings: [PresetSetting] = [],
        headers: [String: String] = [:], quirks reasons: [PresetQuirk] = [], keyVariable: String, documentation: String
    ) {
        self.name = name
        self.title = title
        self.baseURL = baseURL
        self.paths = paths
        self.operations = operations
        self.embeddings = embeddings
        self.credential = credential
        self.settings = settings
        self.headers = headers
        self.reasons = reasons
        self.keyVariable = keyVariable
        self.documentation = documentation
        var quirks = ProviderQuirks()
        for reason in reasons { reason.quirk.apply(to: &quirks) }
        self.quirks = quirks
    }

    /// The format of the provider that requests of other formats are put into.
    package var preferredFormat: WireFormat { operations.lazy.compactMap(\.format).first ?? .openAIChat }

    /// The format in which a caller's request goes to this provider: its own where the provider serves it, so that it
    /// passes unchanged, otherwise the preferred one.
    package func format(for caller: WireFormat) -> WireFormat {
        operations.contains(ProviderOperation(caller)) ? caller : preferredFormat
    }

    /// The differences of a format that the provider serves. They are known for the format it is mostly used by, and
    /// for text completions beside chat; its other formats are taken as they are.
    package func quirks(for format: WireFormat) -> ProviderQuirks {
        let isOfChat = preferredFormat == .openAIChat && format == .openAICompletions
        return format == preferredFormat || isOfChat ? quirks : ProviderQuirks()
    }

    /// The settings that must be given and are not.
    package func missingSettings(_ values: [String: String]) -> [PresetSetting] {
        settings.filter { $0.fallback == nil && values[$0.name]?.isEmpty != false }
    }

    /// The base URL with its settings filled in.
    ///
    /// - Returns: `nil` where a setting is missing that has no fallback.
    package func baseURL(_ values: [String: String]) -> String? {
        var url = baseURL
        for setting in settings {
            let place = "{\(setting.name)}"
            guard url.contains(place) else { continue }
            guard let value = values[setting.name] ?? setting.fallback else { return nil }
            let pieces = url.split(separator: Substring(place), omittingEmptySubsequences: false)
            url = pieces.joined(separator: value)
        }
        // Vertex's global endpoint has no location in its host name.
        return url.hasPrefix("https://global-aiplatform.") ? "https://aiplatform.googleapis.com" : url
    }
}

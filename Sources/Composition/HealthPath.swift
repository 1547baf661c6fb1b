import Settings
import Vocabulary

/// What is asked of a provider to see whether name, network, TLS and key are good: it needs no money.
enum HealthPath {
    /// Where a dialect lists its models.
    static func usual(_ dialect: Dialect) -> String {
        switch dialect {
        case .openai: "/models"
        case .anthropic, .cohere: "/v1/models"
        case .gemini: "/v1beta/models"
        // Bedrock's runtime lists nothing: any answer at all shows that it is there.
        case .bedrock: "/"
        }
    }

    /// The headers that show who asks; none where requests are signed or tokens are fetched first.
    static func credential(_ provider: Settings.Provider) -> [(name: String, value: String)] {
        guard let key = provider.apiKey?.reveal() else { return [] }
        switch provider.dialect {
        case .openai, .cohere, .bedrock: return [("authorization", "Bearer \(key)")]
        case .anthropic: return [("x-api-key", key), ("anthropic-version", "2023-06-01")]
        case .gemini: return [("x-goog-api-key", key)]
        }
    }
}

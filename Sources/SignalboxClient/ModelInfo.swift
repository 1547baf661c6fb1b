/// A model that the server serves.
public struct ModelInfo: Codable, Sendable, Equatable, Identifiable {
    /// What callers write.
    public var name: String
    /// The provider's name.
    public var provider: String
    /// `openai` or `anthropic`.
    public var dialect: String
    /// The name sent to the provider.
    public var upstreamModel: String
    /// What it costs; `nil` where no price is known.
    public var price: Price?
    /// In tokens.
    public var contextWindow: Int?
    /// In tokens.
    public var maxOutputTokens: Int?
    /// For example `tools`, `vision`.
    public var capabilities: [String]
    /// Whether the provider trains on inputs; `nil` where that is not known.
    public var trainsOnInputs: Bool?
    /// Where it runs.
    public var region: String?

    /// The name with its provider: two providers may serve the same name.
    public var id: String { "\(provider)/\(name)" }

    /// One version of a price.
    public struct Price: Codable, Sendable, Equatable {
        /// For example `openai/gpt-4o-mini@2026-11-01`.
        public var version: String
        /// The first day it holds.
        public var effectiveFrom: String?
        /// `catalog`, `override` or `import`.
        public var source: String
        /// By bucket (see ``Usage``), in nano-dollars per million units.
        public var nanodollarsPerMillion: [String: Int64]
        /// Other prices above some number of tokens.
        public var tiers: [JSONValue]?

        enum CodingKeys: String, CodingKey {
            case version, source, tiers
            case effectiveFrom = "effective_from"
            case nanodollarsPerMillion = "nanodollars_per_million"
        }
    }

    enum CodingKeys: String, CodingKey {
        case name, provider, dialect, price, capabilities, region
        case upstreamModel = "upstream_model"
        case contextWindow = "context_window"
        case maxOutputTokens = "max_output_tokens"
        case trainsOnInputs = "trains_on_inputs"
    }
}

package import Catalog
package import Vocabulary

/// A model that callers can name, as `/api/v1/models` shows it.
package struct ModelListing: Sendable, Equatable {
    /// What callers write into `model`.
    package var name: String
    package var provider: String
    package var dialect: Dialect
    /// What is sent to the provider.
    package var upstreamModel: String
    /// The price row in force; `nil` where no price is known: such calls are counted as unpriced.
    package var price: PriceRow?
    /// Tokens; `nil` where not known.
    package var contextWindow: Int64?
    /// Tokens; `nil` where not known.
    package var maximumOutputTokens: Int64?
    package var capabilities: [String]
    /// Whether the provider trains on what is sent to it; `nil` where not known.
    package var trainsOnInputs: Bool?
    package var region: String?

    package init(
        name: String, provider: String, dialect: Dialect, upstreamModel: String, price: PriceRow? = nil,
        contextWindow: Int64? = nil, maximumOutputTokens: Int64? = nil, capabilities: [String] = [],
        trainsOnInputs: Bool? = nil, region: String? = nil
    ) {
        self.name = name
        self.provider = provider
        self.dialect = dialect
        self.upstreamModel = upstreamModel
        self.price = price
        self.contextWindow = contextWindow
        self.maximumOutputTokens = maximumOutputTokens
        self.capabilities = capabilities
        self.trainsOnInputs = trainsOnInputs
        self.region = region
    }
}

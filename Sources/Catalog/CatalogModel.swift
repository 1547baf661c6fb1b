package import Vocabulary

/// What a model is used for.
package enum ModelMode: String, Sendable, CaseIterable {
    case chat
    case completion
    case embedding
    case moderation
}

/// One model at one provider: facts and prices.
package struct CatalogModel: Hashable, Sendable {
    /// The provider's id in the catalogue, for example `openai`.
    package var provider: String
    /// The name the provider's API takes.
    package var name: String
    /// Other names for exactly this model at this price.
    package var aliases: [String]
    package var mode: ModelMode
    /// The most input tokens the provider accepts; `nil` if not published.
    package var contextWindow: Int64?
    /// The most output tokens the provider makes; `nil` if not published.
    package var maxOutputTokens: Int64?
    package var capabilities: ModelCapabilities
    /// The provider's home jurisdiction (`us`, `eu`, `cn`, `ca`), not a promise of where a call is computed.
    package var region: String?
    /// Whether the default terms of the paid API let inputs train models; `nil` if they do not say plainly.
    package var trainsOnInputs: Bool?
    /// The day the provider switches the model off, `YYYY-MM-DD`.
    package var retiresOn: String?
    /// In the order they are tried: overrides, imports, the catalogue's own, each newest first. Never empty.
    package private(set) var prices: [PriceRow]

    /// - Parameter prices: at least one row; a model without a price has no place in the catalogue.
    package init(provider: String, name: String, mode: ModelMode = .chat, prices: [PriceRow]) {
        precondition(!prices.isEmpty, "A catalogue model needs a price row: leave unpriced models out.")
        self.provider = provider
        self.name = name
        aliases = []
        self.mode = mode
        capabilities = []
        self.prices = prices.sorted(by: PriceRow.isTriedBefore)
    }

    /// The row in force at `time`: the newest that has begun among overrides, else among imports, else among ours.
    ///
    /// A time before every row is charged at our earliest one, since we know no older price.
    package func price(at time: UnixMicroseconds) -> PriceRow {
        for row in prices where row.effectiveFrom <= time { return row }
        return prices.last { $0.source != .override } ?? prices[prices.count - 1]
    }

    /// True once the provider has switched the model off; records of older calls keep their price.
    package func isRetired(at time: UnixMicroseconds) -> Bool {
        retiresOn.flatMap(CalendarDay.start).map { $0 <= time } ?? false
    }

    mutating func add(_ row: PriceRow) {
        prices.append(row)
        prices.sort(by: PriceRow.isTriedBefore)
    }
}

extension PriceRow {
    static func isTriedBefore(_ a: PriceRow, _ b: PriceRow) -> Bool {
        if a.source != b.source { return a.source.rank > b.source.rank }
        return a.effectiveFrom > b.effectiveFrom
    }
}

/// What a call cost and why.
public struct Receipt: Codable, Sendable, Equatable {
    /// The version of the price row, for example `openai/gpt-4o-mini@2026-11-01`.
    public var priceVersion: String
    /// `catalog`, `override` or `import`.
    public var source: String
    /// The sum of the lines, in nano-dollars.
    public var totalNanodollars: Int64
    /// What was charged.
    public var lines: [Line]

    /// One bucket of a receipt: quantity times price, rounded half up.
    public struct Line: Codable, Sendable, Equatable {
        /// The bucket's name, as in ``Usage``.
        public var bucket: String
        /// Tokens, or calls.
        public var quantity: Int64
        /// The price, in nano-dollars per million units.
        public var nanodollarsPerMillion: Int64
        /// What this line costs, in nano-dollars.
        public var amountNanodollars: Int64

        enum CodingKeys: String, CodingKey {
            case bucket, quantity
            case nanodollarsPerMillion = "nanodollars_per_million"
            case amountNanodollars = "amount_nanodollars"
        }
    }

    enum CodingKeys: String, CodingKey {
        case source, lines
        case priceVersion = "price_version"
        case totalNanodollars = "total_nanodollars"
    }
}

/// Cost, traffic, tokens, errors and latency over time.
public struct Summary: Codable, Sendable, Equatable {
    /// The start of the range, RFC 3339.
    public var from: String
    /// The end of the range.
    public var to: String
    /// `minute`, `hour` or `day`.
    public var interval: String
    /// What the groups are, for example `model`.
    public var groupBy: String
    /// Over all groups and the whole range.
    public var totals: Values
    /// The largest groups.
    public var groups: [Group]

    /// One value of what is grouped by.
    public struct Group: Codable, Sendable, Equatable {
        /// For example the model's name.
        public var value: String
        /// Over the whole range.
        public var totals: Values
        /// One per interval in which something happened.
        public var points: [Point]
    }

    /// One interval.
    public struct Point: Codable, Sendable, Equatable {
        /// When the interval begins, RFC 3339.
        public var at: String
        /// What happened in it.
        public var values: Values

        enum CodingKeys: String, CodingKey {
            case at
        }

        /// The values' members stand beside the time.
        public init(from decoder: any Decoder) throws {
            at = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .at)
            values = try Values(from: decoder)
        }

        /// Writes both into one object.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(at, forKey: .at)
            try values.encode(to: encoder)
        }
    }

    enum CodingKeys: String, CodingKey {
        case from, to, interval, totals, groups
        case groupBy = "group_by"
    }
}

extension Summary {
    /// Sums and quantiles over some calls.
    public struct Values: Codable, Sendable, Equatable {
        /// All calls.
        public var calls: Int64
        /// Those that ended in an error.
        public var errors: Int64
        /// Those whose caller left first.
        public var cancelled: Int64
        /// All input tokens.
        public var inputTokens: Int64
        /// Input tokens read from a cache.
        public var cachedTokens: Int64
        /// All output tokens.
        public var outputTokens: Int64
        /// In nano-dollars, over the calls whose price is known.
        public var costNanodollars: Int64
        /// Calls whose price is not known.
        public var unpriced: Int64
        /// In nano-dollars: what the answer cache saved.
        public var savedNanodollars: Int64?
        /// How long calls took; `nil` where there were none.
        public var latencyMS: Percentiles?
        /// How long streams took to their first token.
        public var timeToFirstTokenMS: Percentiles?

        enum CodingKeys: String, CodingKey {
            case calls, errors, cancelled, unpriced
            case inputTokens = "input_tokens"
            case cachedTokens = "cached_tokens"
            case outputTokens = "output_tokens"
            case costNanodollars = "cost_nanodollars"
            case savedNanodollars = "saved_nanodollars"
            case latencyMS = "latency_ms"
            case timeToFirstTokenMS = "time_to_first_token_ms"
        }
    }

    /// Quantiles in milliseconds.
    public struct Percentiles: Codable, Sendable, Equatable {
        /// The median.
        public var p50: Double
        /// What 95 of 100 stay below.
        public var p95: Double
        /// What 99 of 100 stay below.
        public var p99: Double
    }
}

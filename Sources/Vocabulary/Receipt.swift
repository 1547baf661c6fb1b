/// A kind of unit that is priced. Raw values are stable: they are stored and shown.
package enum PriceBucket: String, Sendable, CaseIterable {
    case uncachedInput = "input"
    case cacheRead = "cache_read"
    case cacheWrite5m = "cache_write_5m"
    case cacheWrite1h = "cache_write_1h"
    case audioInput = "audio_input"
    case imageInput = "image_input"
    case outputText = "output"
    case reasoning = "reasoning"
    case audioOutput = "audio_output"
    case serverToolCalls = "server_tool_calls"
}

/// One priced line: `amount = round_half_up(quantity * unitPrice / 1_000_000)`.
package struct ReceiptLine: Hashable, Sendable {
    package var bucket: PriceBucket
    /// Tokens, or calls for `serverToolCalls`.
    package var quantity: Int64
    /// Nano-dollars per million units, so that every published price is a whole number.
    package var nanodollarsPerMillion: Int64
    package var amount: Money

    package init(bucket: PriceBucket, quantity: Int64, nanodollarsPerMillion: Int64, amount: Money) {
        self.bucket = bucket
        self.quantity = quantity
        self.nanodollarsPerMillion = nanodollarsPerMillion
        self.amount = amount
    }
}

/// What a call cost and why: lines, and the exact price row they were computed from.
package struct Receipt: Hashable, Sendable {
    package var lines: [ReceiptLine]
    /// The version of the price row, for example `openai/gpt-4o-mini@2026-11-01`; a corrected price re-rates by it.
    package var priceVersion: String
    /// `catalog`, `override` or `import`.
    package var source: String

    package init(lines: [ReceiptLine], priceVersion: String, source: String) {
        self.lines = lines
        self.priceVersion = priceVersion
        self.source = source
    }

    /// The sum of the lines.
    package var total: Money { lines.reduce(.zero) { $0 + $1.amount } }
}

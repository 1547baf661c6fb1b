package import Vocabulary

extension BucketPrices {
    /// The price a bucket is charged at, in nano-dollars per million: its own, or the substitute below.
    ///
    /// | bucket without a price | charged at |
    /// |---|---|
    /// | `cache_read` | `input`: no discount is assumed |
    /// | `cache_write_5m` | `input` |
    /// | `cache_write_1h` | Anthropic: twice `input`, as its price page defines it; else as `cache_write_5m` |
    /// | `audio_input`, `image_input` | `input` |
    /// | `reasoning`, `audio_output` | `output` |
    /// | `input`, `output`, `server_tool_calls` | 0: not charged per unit |
    ///
    /// The receipt shows the price used, so a substitution is visible as what it is.
    package func charged(_ bucket: PriceBucket, provider: String) -> Int64 {
        if let own = self[bucket] { return own }
        switch bucket {
        case .uncachedInput, .outputText, .serverToolCalls: return 0
        case .cacheRead, .cacheWrite5m, .audioInput, .imageInput: return self[.uncachedInput] ?? 0
        case .reasoning, .audioOutput: return self[.outputText] ?? 0
        case .cacheWrite1h:
            guard provider == "anthropic" else { return charged(.cacheWrite5m, provider: provider) }
            return min(self[.uncachedInput] ?? 0, .max / 2) * 2
        }
    }
}

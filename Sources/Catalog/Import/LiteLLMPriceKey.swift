import Vocabulary

/// What a price key of LiteLLM's file means: `<price>[_above_<N>k_tokens][_batches|_flex|_priority]`.
struct LiteLLMPriceKey {
    var bucket: PriceBucket
    var plan: PricePlan
    /// Tokens of input above which the price holds.
    var above: Int64

    /// `nil` for keys that are no price per token of text.
    init?(_ key: String) {
        var parts = key.split(separator: "_", omittingEmptySubsequences: false)[...]
        plan = .standard
        switch parts.last {
        case "batches": plan = .batch
        case "flex": plan = .flex
        case "priority": plan = .priority
        default: break
        }
        if plan != .standard { parts.removeLast() }
        above = 0
        if parts.count > 3, parts.last == "tokens", parts[parts.endIndex - 3] == "above" {
            let size = parts[parts.endIndex - 2]
            guard size.last == "k", let thousands = Int64(size.dropLast()), (1...1_000_000).contains(thousands) else {
                return nil
            }
            above = thousands * 1_000
            parts.removeLast(3)
        }
        guard let bucket = Self.bucket(parts.joined(separator: "_")) else { return nil }
        self.bucket = bucket
    }

    private static func bucket(_ name: String) -> PriceBucket? {
        switch name {
        case "input_cost_per_token": .uncachedInput
        case "output_cost_per_token": .outputText
        case "cache_read_input_token_cost": .cacheRead
        case "cache_creation_input_token_cost": .cacheWrite5m
        case "cache_creation_input_token_cost_above_1hr": .cacheWrite1h
        case "input_cost_per_audio_token": .audioInput
        case "input_cost_per_image_token": .imageInput
        case "output_cost_per_reasoning_token": .reasoning
        case "output_cost_per_audio_token": .audioOutput
        default: nil
        }
    }
}

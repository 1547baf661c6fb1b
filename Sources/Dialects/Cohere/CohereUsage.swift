import Bytes
import Vocabulary

/// Reads `usage`.
enum CohereUsage {
    /// Cohere bills `billed_units`; `tokens` also counts what Cohere puts around the prompt and does not bill.
    static func read(_ usage: JSONView) -> TokenUsage {
        let billed = usage["billed_units"]?.unlessNull
        let tokens = usage["tokens"]?.unlessNull
        var result = TokenUsage()
        let input = count(billed?["input_tokens"] ?? tokens?["input_tokens"])
        result.cacheRead = min(input, count(usage["cached_tokens"]))
        result.uncachedInput = input - result.cacheRead
        result.outputText = count(billed?["output_tokens"] ?? tokens?["output_tokens"])
        result.serverToolCalls = count(billed?["search_units"])
        return result
    }

    /// Cohere writes counts as floating-point numbers. Bounded, so that sums can't overflow whatever is claimed.
    private static func count(_ value: JSONView?) -> Int64 {
        guard let number = value?.double else { return 0 }
        return Int64(min(max(0, number.rounded()), 0x1p48))
    }
}

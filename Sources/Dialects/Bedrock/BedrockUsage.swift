import Bytes
import Vocabulary

/// Reads `usage`.
enum BedrockUsage {
    /// `inputTokens` does not include cached tokens, so the buckets are disjoint already. Reasoning is part of
    /// `outputTokens` and not told apart.
    static func read(_ usage: JSONView) -> TokenUsage {
        var result = TokenUsage()
        result.uncachedInput = count(usage["inputTokens"])
        result.outputText = count(usage["outputTokens"])
        result.cacheRead = count(usage["cacheReadInputTokens"])
        let written = count(usage["cacheWriteInputTokens"])
        for detail in usage["cacheDetails"]?.elements.map({ $0 }) ?? [] where detail["ttl"]?.isString("1h") ?? false {
            result.cacheWrite1h += count(detail["inputTokens"])
        }
        result.cacheWrite1h = min(result.cacheWrite1h, written)
        result.cacheWrite5m = written - result.cacheWrite1h
        return result
    }

    /// Bounded, so that sums can't overflow whatever is claimed.
    private static func count(_ value: JSONView?) -> Int64 { min(max(0, value?.int64 ?? 0), 1 << 48) }
}

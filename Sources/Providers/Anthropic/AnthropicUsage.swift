import Bytes
import Vocabulary

/// Reads `usage` as Anthropic reports them.
enum AnthropicUsage {
    /// `input_tokens` does **not** include cached tokens, so the buckets are disjoint already.
    static func read(_ usage: JSONView) -> TokenUsage {
        var result = TokenUsage()
        update(&result, with: usage)
        return result
    }

    /// A stream reports usage twice: input at the start, final (cumulative) counts at the end. Later figures replace
    /// earlier ones; absent figures leave them.
    static func update(_ result: inout TokenUsage, with usage: JSONView) {
        set(&result.uncachedInput, usage["input_tokens"])
        set(&result.cacheRead, usage["cache_read_input_tokens"])
        set(&result.outputText, usage["output_tokens"])
        set(&result.serverToolCalls, usage["server_tool_use"]?["web_search_requests"])
        if let split = usage["cache_creation"], split.kind == .object {
            set(&result.cacheWrite5m, split["ephemeral_5m_input_tokens"])
            set(&result.cacheWrite1h, split["ephemeral_1h_input_tokens"])
        } else if result.cacheWrite1h == 0 {
            set(&result.cacheWrite5m, usage["cache_creation_input_tokens"])
        }
    }

    private static func set(_ bucket: inout Int64, _ value: JSONView?) {
        if let count = value?.int64, count >= 0 { bucket = count }
    }
}

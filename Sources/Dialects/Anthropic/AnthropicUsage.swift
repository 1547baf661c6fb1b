import Bytes
import Vocabulary

/// Reads and writes `usage`.
enum AnthropicUsage {
    /// `input_tokens` does **not** include cached tokens; `output_tokens` includes thinking.
    static func read(_ usage: JSONView?) -> TokenUsage? {
        guard let usage, usage.kind == .object else { return nil }
        var result = TokenUsage()
        update(&result, with: usage)
        return result
    }

    /// A stream reports usage twice: input at the start, final (cumulative) counts at the end. Later figures replace
    /// earlier ones; absent figures leave them.
    static func update(_ result: inout TokenUsage, with usage: JSONView) {
        set(&result.uncachedInput, usage["input_tokens"])
        set(&result.cacheRead, usage["cache_read_input_tokens"])
        set(&result.serverToolCalls, usage["server_tool_use"]?["web_search_requests"])
        if let split = usage["cache_creation"], split.kind == .object {
            set(&result.cacheWrite5m, split["ephemeral_5m_input_tokens"])
            set(&result.cacheWrite1h, split["ephemeral_1h_input_tokens"])
        } else if result.cacheWrite1h == 0 {
            set(&result.cacheWrite5m, usage["cache_creation_input_tokens"])
        }
        var output = result.totalOutput
        set(&output, usage["output_tokens"])
        set(&result.reasoning, usage["output_tokens_details"]?["thinking_tokens"])
        result.reasoning = min(result.reasoning, output)
        result.outputText = output - result.reasoning
    }

    private static func set(_ bucket: inout Int64, _ value: JSONView?) {
        // Counts beyond 2^48 are no counts: sums of them must not overflow.
        if let count = value?.int64, (0...1 << 48).contains(count) { bucket = count }
    }

    /// Writes the object as a whole answer has it.
    static func write(_ usage: TokenUsage, serviceTier: String? = nil, to writer: inout JSONWriter) {
        writer.object { writer in
            writeCounts(usage, to: &writer)
            writer.object("cache_creation") { writer in
                writer.member("ephemeral_5m_input_tokens", usage.cacheWrite5m)
                writer.member("ephemeral_1h_input_tokens", usage.cacheWrite1h)
            }
            if let tier = serviceTier.map(tier) { writer.member("service_tier", tier) }
        }
    }

    /// Writes the object as `message_delta` has it.
    static func writeFinal(_ usage: TokenUsage, to writer: inout JSONWriter) {
        writer.object { writeCounts(usage, to: &$0) }
    }

    private static func writeCounts(_ usage: TokenUsage, to writer: inout JSONWriter) {
        writer.member("input_tokens", usage.uncachedInput + usage.audioInput + usage.imageInput)
        writer.member("cache_creation_input_tokens", usage.cacheWrite5m + usage.cacheWrite1h)
        writer.member("cache_read_input_tokens", usage.cacheRead)
        writer.member("output_tokens", usage.totalOutput)
        if usage.reasoning > 0 {
            writer.object("output_tokens_details") { $0.member("thinking_tokens", usage.reasoning) }
        }
        if usage.serverToolCalls > 0 {
            writer.object("server_tool_use") { writer in
                writer.member("web_search_requests", usage.serverToolCalls)
                writer.member("web_fetch_requests", Int64(0))
            }
        }
    }

    private static func tier(_ tier: String) -> String { ["priority", "batch"].contains(tier) ? tier : "standard" }
}

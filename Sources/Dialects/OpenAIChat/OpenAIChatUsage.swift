package import Bytes
package import Vocabulary

/// Usage as OpenAI and those compatible with it count it.
package enum OpenAIChatUsage {
    /// Reads `usage` of chat, completions, embeddings and responses.
    ///
    /// Input includes cached and audio tokens, and output includes reasoning, unless the total says otherwise: xAI
    /// counts reasoning beside `completion_tokens`, so there input + output + reasoning is the total.
    package static func read(_ usage: JSONView) -> TokenUsage {
        let inputs = usage["prompt_tokens_details"]?.unlessNull ?? usage["input_tokens_details"]
        let outputs = usage["completion_tokens_details"]?.unlessNull ?? usage["output_tokens_details"]
        let input = count(usage["prompt_tokens"] ?? usage["input_tokens"])
        let output = count(usage["completion_tokens"] ?? usage["output_tokens"])
        var result = TokenUsage()
        // DeepSeek reports hits and misses in names of its own; the sum is `prompt_tokens`.
        result.cacheRead = min(input, count(inputs?["cached_tokens"] ?? usage["prompt_cache_hit_tokens"]))
        result.cacheWrite5m = count(inputs?["cache_write_tokens"])
        result.audioInput = count(inputs?["audio_tokens"])
        result.uncachedInput = max(0, input - result.cacheRead - result.cacheWrite5m - result.audioInput)
        result.reasoning = count(outputs?["reasoning_tokens"])
        result.audioOutput = count(outputs?["audio_tokens"])
        let isBeside = result.reasoning > 0 && count(usage["total_tokens"]) == input + output + result.reasoning
        let inside = isBeside ? result.audioOutput : result.reasoning + result.audioOutput
        result.outputText = max(0, output - inside)
        result.serverToolCalls = count(usage["server_tool_use"]?["web_search_requests"])
        return result
    }

    /// Writes `usage` of chat and completions.
    static func write(_ usage: TokenUsage, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("prompt_tokens", usage.totalInput)
            writer.member("completion_tokens", usage.totalOutput)
            writer.member("total_tokens", usage.total)
            writer.object("prompt_tokens_details") { writer in
                writer.member("cached_tokens", usage.cacheRead)
                writer.member("audio_tokens", usage.audioInput)
                let written = usage.cacheWrite5m + usage.cacheWrite1h
                if written > 0 { writer.member("cache_write_tokens", written) }
            }
            writer.object("completion_tokens_details") { writer in
                writer.member("reasoning_tokens", usage.reasoning)
                writer.member("audio_tokens", usage.audioOutput)
            }
        }
    }

    /// Counts beyond this are no counts: sums of them must not overflow.
    private static let greatest: Int64 = 1 << 48

    private static func count(_ value: JSONView?) -> Int64 { min(greatest, max(0, value?.int64 ?? 0)) }
}

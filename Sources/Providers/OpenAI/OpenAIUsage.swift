import Bytes
import Vocabulary

/// Reads `usage` and errors as OpenAI and the providers compatible with it report them.
enum OpenAIUsage {
    /// Chat and embeddings say `prompt_tokens`/`completion_tokens`, Responses `input_tokens`/`output_tokens`. In both,
    /// input includes cached and audio tokens, and output includes reasoning, unless the total says otherwise: xAI
    /// counts reasoning beside `completion_tokens`, so there input + output + reasoning is the total.
    static func read(_ usage: JSONView) -> TokenUsage {
        let inputs = usage["prompt_tokens_details"] ?? usage["input_tokens_details"]
        let outputs = usage["completion_tokens_details"] ?? usage["output_tokens_details"]
        let input = count(usage["prompt_tokens"] ?? usage["input_tokens"])
        let output = count(usage["completion_tokens"] ?? usage["output_tokens"])
        var result = TokenUsage()
        // DeepSeek reports hits and misses in names of its own; the sum is `prompt_tokens`.
        result.cacheRead = count(inputs?["cached_tokens"] ?? usage["prompt_cache_hit_tokens"])
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

    /// `{"error": {...}}`, which some providers also send with status 200 or inside a stream; Anthropic's has the same
    /// members, and a few send only a string.
    static func error(in root: JSONView) -> ProviderError? {
        root["error"].flatMap { error($0) }
    }

    /// The value of `error`.
    static func error(_ error: JSONView) -> ProviderError? {
        if let words = error.string, !words.isEmpty { return ProviderError(code: "provider_error", message: words) }
        guard error.kind == .object else { return nil }
        let code = error["code"]?.string ?? error["type"]?.string ?? "provider_error"
        return ProviderError(code: code, message: error["message"]?.string ?? "The provider gave no message.")
    }

    static func count(_ value: JSONView?) -> Int64 { max(0, value?.int64 ?? 0) }
}

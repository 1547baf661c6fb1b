/// What a call consumed, in **disjoint** buckets: no token is counted in two of them.
///
/// Providers disagree on whether their input count includes cached tokens (OpenAI, Gemini: yes; Anthropic: no) and
/// whether output includes reasoning. Each provider's adapter resolves that once, here everything simply adds up.
package struct TokenUsage: Hashable, Sendable {
    /// Input tokens charged at the full input price.
    package var uncachedInput: Int64 = 0
    /// Input tokens read from the provider's prompt cache.
    package var cacheRead: Int64 = 0
    /// Input tokens written to a cache that lives five minutes (Anthropic's default).
    package var cacheWrite5m: Int64 = 0
    /// Input tokens written to a cache that lives one hour.
    package var cacheWrite1h: Int64 = 0
    /// Audio input tokens.
    package var audioInput: Int64 = 0
    /// Image input tokens, where the provider counts them apart.
    package var imageInput: Int64 = 0
    /// Visible output tokens.
    package var outputText: Int64 = 0
    /// Output tokens spent on reasoning that the answer does not show.
    package var reasoning: Int64 = 0
    /// Audio output tokens.
    package var audioOutput: Int64 = 0
    /// Web searches and other provider-side tool calls, by count.
    package var serverToolCalls: Int64 = 0

    package init() {}

    /// Everything on the input side, in tokens.
    package var totalInput: Int64 { uncachedInput + cacheRead + cacheWrite5m + cacheWrite1h + audioInput + imageInput }
    /// Everything on the output side, in tokens.
    package var totalOutput: Int64 { outputText + reasoning + audioOutput }
    /// All tokens.
    package var total: Int64 { totalInput + totalOutput }
}

/// Where a usage figure comes from.
package enum UsageSource: String, Sendable, CaseIterable {
    /// The provider reported it.
    case reported
    /// We estimated it from the bytes that were seen (about four per token), because the stream ended early.
    case estimated
    /// Nobody knows: the call failed before anything was consumed, or the endpoint does not report usage.
    case none
}

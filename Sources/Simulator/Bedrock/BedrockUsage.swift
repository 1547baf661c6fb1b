/// Token counts as Bedrock reports them: like Anthropic's, the input without what was cached.
struct BedrockUsage: Equatable {
    private let counts: AnthropicUsage

    init(_ counts: AnthropicUsage) { self.counts = counts }

    var json: JSONText {
        let written = counts.cacheWrite5m + counts.cacheWrite1h
        return #"""
            {"inputTokens":\#(counts.input),"outputTokens":\#(counts.output),\#
            "totalTokens":\#(counts.input + counts.output + counts.cacheRead + written),\#
            "cacheReadInputTokens":\#(counts.cacheRead),"cacheWriteInputTokens":\#(written),\#
            "cacheDetails":[{"ttl":"5m","inputTokens":\#(counts.cacheWrite5m)},\#
            {"ttl":"1h","inputTokens":\#(counts.cacheWrite1h)}]}
            """#
    }
}

/// Token counts as Anthropic reports them: `input` is what was neither read from the cache nor written to it.
struct AnthropicUsage: Equatable {
    var input: Int
    var cacheWrite5m = 0
    var cacheWrite1h = 0
    var cacheRead = 0
    var output: Int

    /// Up to the last message that carries `cache_control` the prompt is cached: written in the first turn of a
    /// conversation; from the second turn on what came before the last message is read, the rest written.
    init(_ prompt: Prompt, _ answer: Answer, _ fault: Fault) {
        input = prompt.tokens
        output = answer.visibleTokens + answer.reasoningTokens
        if let mark = prompt.turns.lastIndex(where: { $0.cacheMark != nil }) {
            let marked = prompt.turns[...mark].reduce(prompt.toolTokens) { $0 + $1.tokens }
            let isLater = prompt.turns.contains { $0.role == .assistant }
            let known = prompt.turns.dropLast().reduce(prompt.toolTokens) { $0 + $1.tokens }
            cacheRead = isLater ? min(known, marked) : 0
            set(write: marked - cacheRead, prompt.turns[mark].cacheMark)
        }
        if let cached = fault.cachedTokens {
            (cacheRead, cacheWrite5m, cacheWrite1h) = (min(cached, prompt.tokens), 0, 0)
        }
        input -= cacheRead + cacheWrite5m + cacheWrite1h
    }

    private mutating func set(write: Int, _ mark: CacheMark?) {
        if mark == .oneHour { cacheWrite1h = write } else { cacheWrite5m = write }
    }

    /// - Parameter output: a stream's first event reports 1, as Anthropic's does.
    func json(output: Int) -> JSONText {
        #"""
        {"input_tokens":\#(input),"cache_creation_input_tokens":\#(cacheWrite5m + cacheWrite1h),\#
        "cache_read_input_tokens":\#(cacheRead),"cache_creation":{"ephemeral_5m_input_tokens":\#(cacheWrite5m),\#
        "ephemeral_1h_input_tokens":\#(cacheWrite1h)},"output_tokens":\#(output),"service_tier":"standard"}
        """#
    }

    /// The cumulative counts of the event before the last.
    var delta: JSONText {
        #"""
        {"input_tokens":\#(input),"cache_creation_input_tokens":\#(cacheWrite5m + cacheWrite1h),\#
        "cache_read_input_tokens":\#(cacheRead),"output_tokens":\#(output)}
        """#
    }
}

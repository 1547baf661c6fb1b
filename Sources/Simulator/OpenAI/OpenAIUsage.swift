/// Token counts as OpenAI reports them: cached tokens are part of the prompt's, reasoning tokens of the completion's.
struct OpenAIUsage: Equatable {
    var prompt: Int
    var cached: Int
    var completion: Int
    var reasoning: Int

    /// OpenAI caches prompts from this length on, in steps of 128.
    static let cachedFrom = 1024

    /// What came before the last message counts as cached if the whole prompt has at least 1,024 tokens.
    init(_ prompt: Prompt, _ answers: [Answer], _ fault: Fault) {
        self.prompt = prompt.tokens
        let prefix = prompt.tokens - (prompt.turns.last?.tokens ?? 0)
        let known = prompt.tokens >= Self.cachedFrom ? prefix / 128 * 128 : 0
        cached = min(fault.cachedTokens ?? known, prompt.tokens)
        reasoning = answers.reduce(0) { $0 + $1.reasoningTokens }
        completion = answers.reduce(reasoning) { $0 + $1.visibleTokens }
    }

    init(prompt: Int) {
        self.prompt = prompt
        (cached, completion, reasoning) = (0, 0, 0)
    }

    /// As in chat completions.
    var chat: JSONText {
        #"""
        {"prompt_tokens":\#(prompt),"completion_tokens":\#(completion),"total_tokens":\#(prompt + completion),\#
        "prompt_tokens_details":{"cached_tokens":\#(cached),"audio_tokens":0},\#
        "completion_tokens_details":{"reasoning_tokens":\#(reasoning),"audio_tokens":0,\#
        "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}
        """#
    }

    /// As in responses.
    var responses: JSONText {
        #"""
        {"input_tokens":\#(prompt),"input_tokens_details":{"cached_tokens":\#(cached)},\#
        "output_tokens":\#(completion),"output_tokens_details":{"reasoning_tokens":\#(reasoning)},\#
        "total_tokens":\#(prompt + completion)}
        """#
    }
}

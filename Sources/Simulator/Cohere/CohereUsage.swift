/// Token counts as Cohere reports them: what is billed, and what the model saw, which is more.
struct CohereUsage: Equatable {
    /// What Cohere puts around a prompt and does not bill.
    static let unbilled = 64

    var input: Int
    var cached: Int
    var output: Int

    init(_ prompt: Prompt, _ answer: Answer, _ fault: Fault) {
        let counts = OpenAIUsage(prompt, [answer], fault)
        input = counts.prompt
        cached = counts.cached
        output = counts.completion
    }

    var json: JSONText {
        #"""
        {"billed_units":{"input_tokens":\#(input),"output_tokens":\#(output)},\#
        "tokens":{"input_tokens":\#(input + Self.unbilled),"output_tokens":\#(output)},"cached_tokens":\#(cached)}
        """#
    }
}

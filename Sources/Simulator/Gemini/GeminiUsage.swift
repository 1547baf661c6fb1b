/// Token counts as Gemini reports them: cached tokens are part of the prompt's, thoughts stand beside the candidates'.
struct GeminiUsage: Equatable {
    var prompt: Int
    var cached: Int
    var candidates: Int
    var thoughts: Int

    /// The same prompts count as cached as with OpenAI.
    init(_ prompt: Prompt, _ answers: [Answer], _ fault: Fault) {
        let counts = OpenAIUsage(prompt, answers, fault)
        self.prompt = counts.prompt
        cached = counts.cached
        thoughts = counts.reasoning
        candidates = counts.completion - counts.reasoning
    }

    var json: JSONText {
        let cachedPart: JSONText = cached > 0 ? #","cachedContentTokenCount":\#(cached)"# : ""
        let thoughtPart: JSONText = thoughts > 0 ? #","thoughtsTokenCount":\#(thoughts)"# : ""
        return #"""
            {"promptTokenCount":\#(prompt),"candidatesTokenCount":\#(candidates),\#
            "totalTokenCount":\#(prompt + candidates + thoughts)\#(cachedPart)\#(thoughtPart),\#
            "promptTokensDetails":[{"modality":"TEXT","tokenCount":\#(prompt)}]}
            """#
    }

    /// What the chunks before the last say.
    var opening: JSONText { #"{"promptTokenCount":\#(prompt),"totalTokenCount":\#(prompt)}"# }
}

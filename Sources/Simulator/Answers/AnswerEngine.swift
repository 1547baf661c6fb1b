import Bytes

/// Answers prompts: a pure function of seed, model, last user message and number of the choice.
struct AnswerEngine {
    var seed: UInt64

    /// - Parameter choice: 0 for the first of `n` choices; the others differ from it.
    func answer(_ prompt: Prompt, choice: Int = 0, fault: Fault = Fault()) -> Answer {
        var random = SeededRandom(seed: seed, prompt.model, prompt.userText, choice == 0 ? "" : String(choice))
        var answer: Answer
        let tools = prompt.toolsToCall()
        if fault.big == nil, !tools.isEmpty {
            answer = Answer(text: "", calls: tools.map { call($0, prompt, &random) }, finish: .toolCalls)
        } else {
            answer = limited(fullText(prompt, fault, &random), prompt)
        }
        reason(&answer, prompt, fault, &random)
        return answer
    }

    private func fullText(_ prompt: Prompt, _ fault: Fault, _ random: inout SeededRandom) -> String {
        if let bytes = fault.big { return Sentences.filler(bytes: bytes) }
        switch prompt.format {
        case .schema(let schema):
            var sampler = SchemaSampler(root: schema, random: random, prompt: prompt.userText)
            return sampler.sample().string
        case .jsonObject: return JSONText(#"{"answer":\#(plainText(prompt, &random))}"#).string
        case .text: return plainText(prompt, &random)
        }
    }

    private func plainText(_ prompt: Prompt, _ random: inout SeededRandom) -> String {
        switch MagicPrompt(prompt.userText) {
        case .echo(let text): text
        case .lorem(let count): Sentences.words(count)
        case .plain: Sentences.paragraph(&random)
        }
    }

    private func limited(_ text: String, _ prompt: Prompt) -> Answer {
        var answer = Answer(text: text, finish: .stop)
        if let (end, sequence) = StopSequences.first(of: prompt.stops, in: text) {
            answer.text = end
            answer.finish = .stopSequence(sequence)
        }
        if let limit = prompt.maximumTokens, TokenRule.count(answer.text) > limit {
            answer.text = TokenRule.prefix(of: answer.text, tokens: limit)
            answer.finish = .length
        }
        return answer
    }

    private func call(_ tool: Prompt.Tool, _ prompt: Prompt, _ random: inout SeededRandom) -> Answer.ToolCall {
        let id = random.hex()
        guard let schema = tool.parameters else { return .init(id: id, name: tool.name, arguments: "{}") }
        var sampler = SchemaSampler(root: schema, random: random, prompt: prompt.userText)
        return .init(id: id, name: tool.name, arguments: sampler.sample().string)
    }

    /// Reasoning costs twice the visible answer, rounded up to 64 tokens as OpenAI reports it.
    private func reason(_ answer: inout Answer, _ prompt: Prompt, _ fault: Fault, _ random: inout SeededRandom) {
        guard prompt.reasons else { return }
        answer.thinking = Sentences.paragraph(&random)
        answer.reasoningTokens = fault.reasoningTokens ?? ((2 * answer.visibleTokens + 63) / 64) * 64
    }
}

import Bytes

/// Reads one request and writes its answer, endpoint by endpoint.
struct Answering {
    let exchange: Exchange
    let seed: UInt64
    private var body = JSONView(validated: UnsafeRawBufferPointer(start: nil, count: 0))

    init(exchange: Exchange, seed: UInt64) {
        self.exchange = exchange
        self.seed = seed
    }

    /// The prompts of the request: one but for completions, none where there is no body.
    mutating func read(_ endpoint: Endpoint, _ bytes: UnsafeRawBufferPointer) throws(SimulatorFailure) -> [Prompt] {
        switch endpoint {
        case .models, .model: return []
        default: break
        }
        do { body = try JSONView.parse(bytes) } catch { throw .malformed("\(error)") }
        guard body.kind == .object else { throw .malformed("it is not an object") }
        try requireFields(endpoint)
        switch endpoint {
        case .chat: return [Prompt(chat: body)]
        case .responses: return [Prompt(responses: body)]
        case .messages, .countTokens: return [Prompt(messages: body)]
        case .completions: return LegacyCompletion.prompts(body)
        case .generateContent(let model, let streamed): return [Prompt(gemini: body, model: model, streamed: streamed)]
        case .countContents(let model):
            return [Prompt(gemini: body["generateContentRequest"] ?? body, model: model, streamed: false)]
        case .converse(let model, let streamed): return [Prompt(converse: body, model: model, streamed: streamed)]
        case .cohereChat: return [Prompt(cohere: body)]
        default: return [Prompt(common: body)]
        }
    }

    private func requireFields(_ endpoint: Endpoint) throws(SimulatorFailure) {
        let required: [StaticString] =
            switch endpoint {
            case .chat, .countTokens, .cohereChat: ["model", "messages"]
            case .generateContent: ["contents"]
            case .converse: ["messages"]
            case .countContents: []
            case .messages: ["model", "messages", "max_tokens"]
            case .embeddings: ["model", "input"]
            case .moderations: ["input"]
            case .completions: ["model", "prompt"]
            default: ["model"]
            }
        for name in required where body.present(name) == nil {
            throw SimulatorFailure(400, "missing_required_parameter", "\(name): Field required.")
        }
        if let model = endpoint.model ?? body["model"]?.string, model.contains("no-such-model") {
            let message = "The model '\(model)' does not exist or you do not have access to it."
            throw SimulatorFailure(404, "model_not_found", message)
        }
    }

    func reply(_ endpoint: Endpoint, _ prompts: [Prompt], _ fault: Fault) throws(SimulatorFailure) -> Reply {
        switch endpoint {
        case .models: return exchange.dialect == .openAI ? OpenAIModels.list : AnthropicModels.list
        case .model(let name): return try model(name)
        case .completions: return completions(prompts, fault)
        default: break
        }
        guard let prompt = prompts.first else { throw SimulatorFailure(status: 500) }
        switch endpoint {
        case .chat: return chat(prompt, fault)
        case .responses: return responses(prompt, fault)
        case .messages: return messages(prompt, fault)
        case .countTokens: return .json(#"{"input_tokens":\#(prompt.tokens)}"#)
        case .generateContent: return gemini(prompt, fault)
        case .countContents: return .json(#"{"totalTokens":\#(prompt.tokens)}"#)
        case .converse: return converse(prompt, fault)
        case .cohereChat: return cohere(prompt, fault)
        case .embeddings: return Embeddings.reply(body, model: prompt.model, seed: seed)
        default: return Moderations.reply(body, model: prompt.model, id: exchange.id)
        }
    }

    private func model(_ name: String) throws(SimulatorFailure) -> Reply {
        if name.contains("no-such-model") {
            throw SimulatorFailure(404, "model_not_found", "The model '\(name)' does not exist.")
        }
        return .json(exchange.dialect == .openAI ? OpenAIModels.model(name) : AnthropicModels.model(name))
    }

    private func chat(_ prompt: Prompt, _ fault: Fault) -> Reply {
        let engine = AnswerEngine(seed: seed)
        let answers = (0..<prompt.choices).map { engine.answer(prompt, choice: $0, fault: fault) }
        let usage = fault.noUsage ? nil : OpenAIUsage(prompt, answers, fault)
        let completion = ChatCompletion(id: exchange.id, model: prompt.model, answers: answers, usage: usage)
        guard prompt.streamed else { return .json(completion.whole) }
        return Reply(body: .events(completion.events(includeUsage: wantsUsage)))
    }

    private var wantsUsage: Bool { body["stream_options"]?["include_usage"]?.bool ?? false }

    private func completions(_ prompts: [Prompt], _ fault: Fault) -> Reply {
        let engine = AnswerEngine(seed: seed)
        let echoes = body["echo"]?.bool ?? false
        var choices: [(opening: String, answer: Answer)] = []
        for prompt in prompts {
            for choice in 0..<prompt.choices {
                choices.append((echoes ? prompt.userText : "", engine.answer(prompt, choice: choice, fault: fault)))
            }
        }
        var all = prompts[0]
        all.turns = prompts.flatMap(\.turns)
        let usage = fault.noUsage ? nil : OpenAIUsage(all, choices.map(\.answer), fault)
        let completion = LegacyCompletion(id: exchange.id, model: all.model, choices: choices, usage: usage)
        guard all.streamed else { return .json(completion.whole) }
        return Reply(body: .events(completion.events(includeUsage: wantsUsage)))
    }

    private func responses(_ prompt: Prompt, _ fault: Fault) -> Reply {
        let answer = AnswerEngine(seed: seed).answer(prompt, fault: fault)
        let usage = fault.noUsage ? nil : OpenAIUsage(prompt, [answer], fault)
        let response = ResponsesAnswer(
            id: exchange.id, model: prompt.model, answer: answer, usage: usage, request: body)
        return prompt.streamed ? Reply(body: .events(response.events())) : .json(response.whole)
    }

    private func messages(_ prompt: Prompt, _ fault: Fault) -> Reply {
        let answer = AnswerEngine(seed: seed).answer(prompt, fault: fault)
        let usage = fault.noUsage ? nil : AnthropicUsage(prompt, answer, fault)
        let message = MessagesAnswer(id: exchange.id, model: prompt.model, answer: answer, usage: usage)
        return prompt.streamed ? Reply(body: .events(message.events())) : .json(message.whole)
    }

    private func gemini(_ prompt: Prompt, _ fault: Fault) -> Reply {
        let engine = AnswerEngine(seed: seed)
        let answers = (0..<prompt.choices).map { engine.answer(prompt, choice: $0, fault: fault) }
        let usage = fault.noUsage ? nil : GeminiUsage(prompt, answers, fault)
        let answer = GeminiAnswer(id: exchange.id, model: prompt.model, answers: answers, usage: usage)
        guard prompt.streamed else { return .json(answer.whole) }
        let isEvents = exchange.query.split(separator: "&").contains("alt=sse")
        return Reply(body: .events(answer.events()), framing: isEvents ? .serverSentEvents : .jsonArray)
    }

    private func converse(_ prompt: Prompt, _ fault: Fault) -> Reply {
        let answer = AnswerEngine(seed: seed).answer(prompt, fault: fault)
        let usage = fault.noUsage ? nil : BedrockUsage(AnthropicUsage(prompt, answer, fault))
        let message = ConverseAnswer(id: exchange.id, answer: answer, usage: usage)
        guard prompt.streamed else { return .json(message.whole) }
        return Reply(body: .events(message.events()), framing: .amazonEventStream)
    }

    private func cohere(_ prompt: Prompt, _ fault: Fault) -> Reply {
        let answer = AnswerEngine(seed: seed).answer(prompt, fault: fault)
        let usage = fault.noUsage ? nil : CohereUsage(prompt, answer, fault)
        let message = CohereAnswer(id: exchange.id, answer: answer, usage: usage)
        return prompt.streamed ? Reply(body: .events(message.events())) : .json(message.whole)
    }
}

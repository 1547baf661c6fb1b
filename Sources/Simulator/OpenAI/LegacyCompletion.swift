import Bytes

/// `/v1/completions`: every prompt of the request gets its choices.
struct LegacyCompletion {
    var id: String
    var model: String
    /// The texts to begin each choice with (`echo`), and the answers.
    var choices: [(opening: String, answer: Answer)]
    var usage: OpenAIUsage?

    var whole: JSONText {
        let list = choices.enumerated().map { index, choice in
            Self.choice(index, choice.opening + choice.answer.text, ChatCompletion.finishReason(choice.answer))
        }
        return #"\#(prefix)"choices":\#(list),"usage":\#(usage?.chat ?? "null")}"#
    }

    func events(includeUsage: Bool) -> [StreamEvent] {
        let tail: JSONText = includeUsage ? #","usage":null}"# : "}"
        func event(_ choice: JSONText, _ role: StreamEvent.Role) -> StreamEvent {
            StreamEvent("", #"\#(prefix)"choices":[\#(choice)]\#(tail)"#, role)
        }
        var events: [StreamEvent] = []
        for (index, choice) in choices.enumerated() {
            events += Pieces.words(choice.opening + choice.answer.text).map {
                event(Self.choice(index, $0, nil), .content)
            }
            events.append(event(Self.choice(index, "", ChatCompletion.finishReason(choice.answer)), .closing))
        }
        if includeUsage, let usage {
            events.append(StreamEvent("", #"\#(prefix)"choices":[],"usage":\#(usage.chat)}"#, .closing))
        }
        return events + [StreamEvent("", "[DONE]", .last)]
    }

    private var prefix: JSONText {
        #"""
        {"id":\#("cmpl-" + id),"object":"text_completion","created":\#(Fixed.created),"model":\#(model),\#
        "system_fingerprint":"fp_simulator",
        """#
    }

    private static func choice(_ index: Int, _ text: String, _ finish: String?) -> JSONText {
        #"{"text":\#(text),"index":\#(index),"logprobs":null,"finish_reason":\#(finish)}"#
    }

    /// One prompt for each text; token ids can't be read back, so they stand for a text of that length.
    static func prompts(_ body: JSONView) -> [Prompt] {
        let input = body["prompt"]
        let texts = InputTexts.read(input)
        return (texts.isEmpty ? [("", 0)] : texts).map { text, tokens in
            var prompt = Prompt(common: body)
            prompt.turns = [Turn(role: .user, tokens: tokens)]
            prompt.userText = text
            prompt.takeFault()
            prompt.maximumTokens = body.integer("max_tokens") ?? 16  // the endpoint's own default
            prompt.stops = Prompt.strings(body["stop"])
            prompt.choices = min(max(body.integer("n") ?? 1, 1), Prompt.maximumChoices)
            return prompt
        }
    }
}

/// The inputs of completions, embeddings and moderations: a text, token ids, or a list of either.
enum InputTexts {
    static func read(_ view: JSONView?) -> [(text: String, tokens: Int)] {
        guard let view else { return [] }
        if let text = view.string { return [(text, TokenRule.count(text))] }
        let elements = view.list
        if elements.first?.kind == .number { return [(ids(view), elements.count)] }
        return elements.map { element in
            if let text = element.string { return (text, TokenRule.count(text)) }
            if element.kind == .array { return (ids(element), element.list.count) }
            let content = ContentReader(element["text"])
            return (content.text, content.tokens)
        }
    }

    private static func ids(_ view: JSONView) -> String { String(decoding: view.raw, as: UTF8.self) }
}

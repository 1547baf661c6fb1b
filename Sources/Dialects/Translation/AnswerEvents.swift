extension AnswerEvent {
    /// True where it carries something that a person would see.
    package var isContent: Bool {
        switch self {
        case .text, .reasoning, .redactedReasoning, .refusal, .toolCallBegan, .toolArguments, .audio, .opaque: true
        case .began, .reasoningSignature, .logprobs, .finished, .usage, .failed, .ended: false
        }
    }
}

extension ModelAnswer {
    /// The answer as a stream of it would have come: for callers that asked for a stream where the provider, or the
    /// cache, gave a whole answer.
    package var events: [AnswerEvent] {
        var events: [AnswerEvent] = [.began(id: id, model: model, usage: nil)]
        for choice in choices { choice.append(to: &events) }
        if let usage { events.append(.usage(usage, serviceTier: serviceTier)) }
        events.append(.ended)
        return events
    }
}

extension ModelAnswer.Choice {
    fileprivate func append(to events: inout [AnswerEvent]) {
        var calls = 0
        for part in parts {
            switch part.content {
            case .text(let text): events.append(.text(choice: index, text))
            case .refusal(let text): events.append(.refusal(choice: index, text))
            case .reasoning(let reasoning): append(reasoning, to: &events)
            case .toolCall(let call):
                events.append(
                    .toolCallBegan(
                        choice: index, index: calls, id: call.id, name: call.name, signature: call.signature
                    )
                )
                events.append(.toolArguments(choice: index, index: calls, call.arguments))
                calls += 1
            case .opaque(let type, let json): events.append(.opaque(choice: index, type: type, json: json))
            case .image, .document, .audio, .video, .toolResult: break
            }
        }
        if let logprobs { events.append(.logprobs(choice: index, logprobs)) }
        events.append(.finished(choice: index, stop))
    }

    private func append(_ reasoning: Reasoning, to events: inout [AnswerEvent]) {
        if let data = reasoning.encrypted, reasoning.text.isEmpty {
            events.append(.redactedReasoning(choice: index, data: data, id: reasoning.id))
            return
        }
        events.append(.reasoning(choice: index, reasoning.text))
        if let signature = reasoning.signature {
            events.append(.reasoningSignature(choice: index, signature))
        }
        // A summary of thinking that is itself encrypted: both, in this order, as its own provider streams them.
        if let data = reasoning.encrypted {
            events.append(.redactedReasoning(choice: index, data: data, id: reasoning.id))
        }
    }
}

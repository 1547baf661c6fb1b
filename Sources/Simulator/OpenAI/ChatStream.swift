extension ChatCompletion {
    /// - Parameter includeUsage: whether a last chunk without choices reports usage.
    func events(includeUsage: Bool) -> [StreamEvent] {
        let prefix = chunkPrefix
        let tail: JSONText = includeUsage ? #","usage":null}"# : "}"
        func event(_ choice: JSONText, _ role: StreamEvent.Role) -> StreamEvent {
            StreamEvent("", #"\#(prefix)"choices":[\#(choice)]\#(tail)"#, role)
        }
        var events: [StreamEvent] = []
        for (index, answer) in answers.enumerated() {
            events.append(event(Self.delta(index, Self.opening(answer)), .opening))
            events += Self.fragments(answer).map { event(Self.delta(index, $0), .content) }
            events.append(event(Self.delta(index, "{}", finish: Self.finishReason(answer)), .closing))
        }
        if includeUsage, let usage {
            events.append(StreamEvent("", #"\#(prefix)"choices":[],"usage":\#(usage.chat)}"#, .closing))
        }
        return events + [StreamEvent("", "[DONE]", .last)]
    }

    private var chunkPrefix: JSONText {
        #"""
        {"id":\#("chatcmpl-" + id),"object":"chat.completion.chunk","created":\#(Fixed.created),"model":\#(model),\#
        "service_tier":"default","system_fingerprint":"fp_simulator",
        """#
    }

    private static func opening(_ answer: Answer) -> JSONText {
        answer.calls.isEmpty
            ? #"{"role":"assistant","content":"","refusal":null}"#
            : #"{"role":"assistant","content":null,"refusal":null}"#
    }

    private static func delta(_ index: Int, _ delta: JSONText, finish: String? = nil) -> JSONText {
        #"{"index":\#(index),"delta":\#(delta),"logprobs":null,"finish_reason":\#(finish)}"#
    }

    private static func fragments(_ answer: Answer) -> [JSONText] {
        var deltas: [JSONText] = Pieces.words(answer.text).map { #"{"content":\#($0)}"# }
        for (index, call) in answer.calls.enumerated() {
            let head: JSONText = #""id":\#("call_" + call.id),"type":"function""#
            deltas.append(
                #"{"tool_calls":[{"index":\#(index),\#(head),"function":{"name":\#(call.name),"arguments":""}}]}"#)
            deltas += Pieces.fragments(call.arguments).map {
                #"{"tool_calls":[{"index":\#(index),"function":{"arguments":\#($0)}}]}"#
            }
        }
        return deltas
    }
}

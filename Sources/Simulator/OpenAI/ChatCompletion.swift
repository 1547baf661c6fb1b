/// Writes answers as `/v1/chat/completions` does, whole or as a stream of chunks.
struct ChatCompletion {
    var id: String
    var model: String
    var answers: [Answer]
    /// `nil` leaves usage out.
    var usage: OpenAIUsage?

    var whole: JSONText {
        #"""
        {"id":\#("chatcmpl-" + id),"object":"chat.completion","created":\#(Fixed.created),"model":\#(model),\#
        "choices":\#(answers.enumerated().map { choice($0, $1) }),"usage":\#(usage?.chat ?? "null"),\#
        "service_tier":"default","system_fingerprint":"fp_simulator"}
        """#
    }

    private func choice(_ index: Int, _ answer: Answer) -> JSONText {
        let content: String? = answer.calls.isEmpty ? answer.text : nil
        let calls: JSONText = answer.calls.isEmpty ? "" : #","tool_calls":\#(answer.calls.map(Self.call))"#
        return #"""
            {"index":\#(index),"message":{"role":"assistant","content":\#(content),"refusal":null,\#
            "annotations":[]\#(calls)},\#
            "logprobs":null,"finish_reason":\#(Self.finishReason(answer))}
            """#
    }

    private static func call(_ call: Answer.ToolCall) -> JSONText {
        #"""
        {"id":\#("call_" + call.id),"type":"function","function":{"name":\#(call.name),\#
        "arguments":\#(call.arguments)}}
        """#
    }

    static func finishReason(_ answer: Answer) -> String {
        switch answer.finish {
        case .stop, .stopSequence: "stop"
        case .length: "length"
        case .toolCalls: "tool_calls"
        }
    }
}

/// Values that are the same in every answer, so that equal requests have equal answers.
enum Fixed {
    /// Seconds since the epoch (2023-11-14): answers don't depend on the clock.
    static let created = 1_700_000_000
}

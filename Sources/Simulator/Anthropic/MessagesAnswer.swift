/// Writes an answer as `/v1/messages` does.
struct MessagesAnswer {
    var id: String
    var model: String
    var answer: Answer
    /// `nil` leaves usage out.
    var usage: AnthropicUsage?

    var whole: JSONText {
        message(
            content: blocks, stopReason: stopReason, stopSequence: stopSequence,
            usage: usage.map { $0.json(output: $0.output) })
    }

    func message(content: [JSONText], stopReason: String?, stopSequence: String?, usage: JSONText?) -> JSONText {
        #"""
        {"id":\#("msg_" + id),"type":"message","role":"assistant","model":\#(model),"content":\#(content),\#
        "stop_reason":\#(stopReason),"stop_sequence":\#(stopSequence),"usage":\#(usage ?? "null")}
        """#
    }

    private var blocks: [JSONText] {
        var blocks: [JSONText] = []
        if !answer.thinking.isEmpty {
            blocks.append(#"{"type":"thinking","thinking":\#(answer.thinking),"signature":\#(signature)}"#)
        }
        if !answer.text.isEmpty || answer.calls.isEmpty { blocks.append(#"{"type":"text","text":\#(answer.text)}"#) }
        return blocks + answer.calls.map { use($0, input: JSONText(stringLiteral: $0.arguments)) }
    }

    func use(_ call: Answer.ToolCall, input: JSONText) -> JSONText {
        #"{"type":"tool_use","id":\#("toolu_" + call.id),"name":\#(call.name),"input":\#(input)}"#
    }

    /// Stands for the provider's proof that the thinking is its own.
    var signature: String { "sim" + id + id }

    var stopReason: String {
        switch answer.finish {
        case .stop: "end_turn"
        case .length: "max_tokens"
        case .toolCalls: "tool_use"
        case .stopSequence: "stop_sequence"
        }
    }

    var stopSequence: String? {
        if case .stopSequence(let sequence) = answer.finish { sequence } else { nil }
    }
}

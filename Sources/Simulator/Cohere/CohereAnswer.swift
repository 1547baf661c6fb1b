/// Writes an answer as `/v2/chat` does.
struct CohereAnswer {
    var id: String
    var answer: Answer
    /// `nil` leaves usage out.
    var usage: CohereUsage?

    /// What the model says before it calls tools.
    private static let plan = "I will look that up."

    var whole: JSONText {
        let counts: JSONText = usage.map { #","usage":\#($0.json)"# } ?? ""
        return #"{"id":\#(id),"finish_reason":\#(finish),"message":{"role":"assistant"\#(message)}\#(counts)}"#
    }

    private var message: JSONText {
        let content: JSONText = blocks.isEmpty ? "" : #","content":\#(blocks)"#
        guard !answer.calls.isEmpty else { return content }
        let calls = answer.calls.map { call($0, arguments: $0.arguments) }
        return #","tool_plan":\#(Self.plan),"tool_calls":\#(calls)\#(content)"#
    }

    private var blocks: [JSONText] {
        var blocks: [JSONText] = []
        if !answer.thinking.isEmpty { blocks.append(#"{"type":"thinking","thinking":\#(answer.thinking)}"#) }
        if answer.calls.isEmpty { blocks.append(#"{"type":"text","text":\#(answer.text)}"#) }
        return blocks
    }

    private func call(_ call: Answer.ToolCall, arguments: String) -> JSONText {
        #"{"id":\#(call.id),"type":"function","function":{"name":\#(call.name),"arguments":\#(arguments)}}"#
    }

    private var finish: String {
        switch answer.finish {
        case .stop: "COMPLETE"
        case .length: "MAX_TOKENS"
        case .toolCalls: "TOOL_CALL"
        case .stopSequence: "STOP_SEQUENCE"
        }
    }

    func events() -> [StreamEvent] {
        let start: JSONText = #"{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}"#
        var events = [event("message-start", #""id":\#(id),"delta":{"message":\#(start)}"#, .opening)]
        if !answer.thinking.isEmpty { events += block(0, "thinking", answer.thinking) }
        if answer.calls.isEmpty {
            events += block(answer.thinking.isEmpty ? 0 : 1, "text", answer.text)
        } else {
            events += Pieces.words(Self.plan).map { event("tool-plan-delta", delta(#""tool_plan":\#($0)"#), .opening) }
        }
        for (index, call) in answer.calls.enumerated() { events += self.events(of: call, index) }
        let counts: JSONText = usage.map { #","usage":\#($0.json)"# } ?? ""
        let end: JSONText = #""delta":{"finish_reason":\#(finish)\#(counts)}"#
        return events + [event("message-end", end, .last), StreamEvent("", "[DONE]", .last)]
    }

    private func events(of call: Answer.ToolCall, _ index: Int) -> [StreamEvent] {
        let head = delta(#""tool_calls":\#(self.call(call, arguments: ""))"#)
        let pieces = Pieces.fragments(call.arguments).map { piece -> StreamEvent in
            let part = delta(#""tool_calls":{"function":{"arguments":\#(piece)}}"#)
            return event("tool-call-delta", #""index":\#(index),\#(part)"#, .content)
        }
        return [event("tool-call-start", #""index":\#(index),\#(head)"#, .opening)] + pieces
            + [event("tool-call-end", #""index":\#(index)"#, .closing)]
    }

    private func block(_ index: Int, _ type: String, _ text: String) -> [StreamEvent] {
        let head = delta(#""content":{"type":\#(type),\#(type):""}"#)
        let pieces = Pieces.words(text).map { piece -> StreamEvent in
            event("content-delta", #""index":\#(index),\#(delta(#""content":{\#(type):\#(piece)}"#))"#, .content)
        }
        return [event("content-start", #""index":\#(index),\#(head)"#, .opening)] + pieces
            + [event("content-end", #""index":\#(index)"#, .closing)]
    }

    private func delta(_ members: JSONText) -> JSONText { #""delta":{"message":{\#(members)}}"# }

    private func event(_ type: String, _ members: JSONText, _ role: StreamEvent.Role) -> StreamEvent {
        StreamEvent(type, #"{"type":\#(type),\#(members)}"#, role)
    }
}

extension ResponsesAnswer {
    func events() -> [StreamEvent] {
        var stream = ResponsesEventList()
        stream.add("response.created", #""response":\#(response(isComplete: false))"#, .opening)
        stream.add("response.in_progress", #""response":\#(response(isComplete: false))"#, .opening)
        if answer.reasoningTokens > 0 { stream.addItem(first: reasoning, last: reasoning) { _, _ in } }
        if answer.calls.isEmpty { addMessage(to: &stream) }
        for call in answer.calls { add(call, to: &stream) }
        let isCut = answer.finish == .length
        stream.add(isCut ? "response.incomplete" : "response.completed", #""response":\#(whole)"#, .last)
        return stream.events
    }

    private var lastStatus: String { answer.finish == .length ? "incomplete" : "completed" }

    private func addMessage(to stream: inout ResponsesEventList) {
        let first = message(content: [], status: "in_progress")
        let last = message(content: [part(answer.text)], status: lastStatus)
        stream.addItem(first: first, last: last) { stream, index in
            let place: JSONText = #""item_id":\#("msg_" + id),"output_index":\#(index),"content_index":0"#
            stream.add("response.content_part.added", #"\#(place),"part":\#(part(""))"#, .opening)
            for piece in Pieces.words(answer.text) {
                stream.add("response.output_text.delta", #"\#(place),"delta":\#(piece),"logprobs":[]"#, .content)
            }
            stream.add("response.output_text.done", #"\#(place),"text":\#(answer.text),"logprobs":[]"#, .closing)
            stream.add("response.content_part.done", #"\#(place),"part":\#(part(answer.text))"#, .closing)
        }
    }

    private func add(_ call: Answer.ToolCall, to stream: inout ResponsesEventList) {
        let first = self.call(call, arguments: "", status: "in_progress")
        let last = self.call(call, arguments: call.arguments, status: lastStatus)
        stream.addItem(first: first, last: last) { stream, index in
            let place: JSONText = #""item_id":\#("fc_" + call.id),"output_index":\#(index)"#
            for piece in Pieces.fragments(call.arguments) {
                stream.add("response.function_call_arguments.delta", #"\#(place),"delta":\#(piece)"#, .content)
            }
            let done: JSONText = #"\#(place),"name":\#(call.name),"arguments":\#(call.arguments)"#
            stream.add("response.function_call_arguments.done", done, .closing)
        }
    }
}

/// Numbers the events of a response's stream and its output items.
struct ResponsesEventList {
    private(set) var events: [StreamEvent] = []
    private var items = 0

    mutating func add(_ type: String, _ members: JSONText, _ role: StreamEvent.Role) {
        events.append(StreamEvent(type, #"{"type":\#(type),"sequence_number":\#(events.count),\#(members)}"#, role))
    }

    mutating func addItem(first: JSONText, last: JSONText, _ body: (inout Self, Int) -> Void) {
        let index = items
        items += 1
        add("response.output_item.added", #""output_index":\#(index),"item":\#(first)"#, .opening)
        body(&self, index)
        add("response.output_item.done", #""output_index":\#(index),"item":\#(last)"#, .closing)
    }
}

extension MessagesAnswer {
    func events() -> [StreamEvent] {
        var stream = MessagesEventList()
        let first = message(content: [], stopReason: nil, stopSequence: nil, usage: usage?.json(output: 1))
        stream.add("message_start", #""message":\#(first)"#, .opening)
        addBlocks(to: &stream)
        stream.add(
            "message_delta",
            #"""
            "delta":{"stop_reason":\#(stopReason),"stop_sequence":\#(stopSequence)},"usage":\#(usage?.delta ?? "null")
            """#, .closing)
        stream.add("message_stop", nil, .last)
        return stream.events
    }

    private func addBlocks(to stream: inout MessagesEventList) {
        if !answer.thinking.isEmpty {
            stream.addBlock(#"{"type":"thinking","thinking":"","signature":""}"#) {
                Pieces.words(answer.thinking).map { #"{"type":"thinking_delta","thinking":\#($0)}"# }
                    + [#"{"type":"signature_delta","signature":\#(signature)}"#]
            }
        }
        if !answer.text.isEmpty || answer.calls.isEmpty {
            stream.addBlock(#"{"type":"text","text":""}"#) {
                Pieces.words(answer.text).map { #"{"type":"text_delta","text":\#($0)}"# }
            }
        }
        for call in answer.calls {
            stream.addBlock(use(call, input: "{}")) {
                // The first fragment is empty, as Anthropic's is.
                ([""] + Pieces.fragments(call.arguments)).map { #"{"type":"input_json_delta","partial_json":\#($0)}"# }
            }
        }
    }
}

/// Numbers the content blocks of a message's stream.
struct MessagesEventList {
    private(set) var events: [StreamEvent] = []
    private var blocks = 0

    mutating func add(_ type: String, _ members: JSONText?, _ role: StreamEvent.Role) {
        let tail: JSONText = members.map { #",\#($0)"# } ?? ""
        events.append(StreamEvent(type, #"{"type":\#(type)\#(tail)}"#, role))
    }

    mutating func addBlock(_ first: JSONText, _ deltas: () -> [JSONText]) {
        let index = blocks
        blocks += 1
        add("content_block_start", #""index":\#(index),"content_block":\#(first)"#, .opening)
        if index == 0 { add("ping", nil, .opening) }
        for delta in deltas() { add("content_block_delta", #""index":\#(index),"delta":\#(delta)"#, .content) }
        add("content_block_stop", #""index":\#(index)"#, .closing)
    }
}

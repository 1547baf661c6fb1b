/// Writes an answer as `converse` does.
struct ConverseAnswer {
    var id: String
    var answer: Answer
    /// `nil` leaves usage out.
    var usage: BedrockUsage?

    var whole: JSONText {
        let counts: JSONText = usage.map { #""usage":\#($0.json),"# } ?? ""
        return #"""
            {"output":{"message":{"role":"assistant","content":\#(blocks)}},"stopReason":\#(stopReason),\#
            \#(counts)"metrics":{"latencyMs":1}}
            """#
    }

    private var blocks: [JSONText] {
        var blocks: [JSONText] = []
        if !answer.thinking.isEmpty {
            let text: JSONText = #"{"text":\#(answer.thinking),"signature":\#(signature)}"#
            blocks.append(#"{"reasoningContent":{"reasoningText":\#(text)}}"#)
        }
        if !answer.text.isEmpty || answer.calls.isEmpty { blocks.append(#"{"text":\#(answer.text)}"#) }
        return blocks
            + answer.calls.map { call in
                let input = JSONText(stringLiteral: call.arguments)
                return #"{"toolUse":{"toolUseId":\#("tooluse_" + call.id),"name":\#(call.name),"input":\#(input)}}"#
            }
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

    /// The events of `converse-stream`; their kind goes into a header of the frame.
    func events() -> [StreamEvent] {
        var events = [StreamEvent("messageStart", #"{"role":"assistant"}"#, .opening)]
        var index = 0
        func add(start: JSONText? = nil, _ deltas: [JSONText]) {
            if let start {
                let json: JSONText = #"{"contentBlockIndex":\#(index),"start":\#(start)}"#
                events.append(StreamEvent("contentBlockStart", json, .opening))
            }
            for delta in deltas {
                let json: JSONText = #"{"contentBlockIndex":\#(index),"delta":\#(delta)}"#
                events.append(StreamEvent("contentBlockDelta", json, .content))
            }
            events.append(StreamEvent("contentBlockStop", #"{"contentBlockIndex":\#(index)}"#, .closing))
            index += 1
        }
        if !answer.thinking.isEmpty { add(thinkingDeltas) }
        if !answer.text.isEmpty || answer.calls.isEmpty { add(Pieces.words(answer.text).map { #"{"text":\#($0)}"# }) }
        for call in answer.calls {
            let start: JSONText = #"{"toolUse":{"toolUseId":\#("tooluse_" + call.id),"name":\#(call.name)}}"#
            add(start: start, Pieces.fragments(call.arguments).map { #"{"toolUse":{"input":\#($0)}}"# })
        }
        return events + closing
    }

    private var thinkingDeltas: [JSONText] {
        Pieces.words(answer.thinking).map { #"{"reasoningContent":{"text":\#($0)}}"# }
            + [#"{"reasoningContent":{"signature":\#(signature)}}"#]
    }

    private var closing: [StreamEvent] {
        let stop = StreamEvent("messageStop", #"{"stopReason":\#(stopReason)}"#, .last)
        let counts: JSONText = usage.map { #""usage":\#($0.json),"# } ?? ""
        return [stop, StreamEvent("metadata", #"{\#(counts)"metrics":{"latencyMs":1}}"#, .last)]
    }
}

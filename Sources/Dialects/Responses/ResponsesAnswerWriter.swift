import Bytes
import Vocabulary

/// Writes a whole response. The format has one answer; further choices have no place.
struct ResponsesAnswerWriter {
    private var object: ResponsesObject
    private var logprobs: [[UInt8]]
    private var said: [Part] = []

    static func write(_ answer: ModelAnswer, _ context: AnswerContext) -> [UInt8] {
        let choice = answer.choices.first ?? ModelAnswer.Choice(parts: [], stop: Stop(.end))
        var object = ResponsesObject(context, id: answer.id, model: answer.model)
        object.usage = answer.usage
        object.serviceTier = answer.serviceTier
        object.end(choice.stop, refuses: choice.parts.contains(where: \.isRefusal))
        var writer = Self(object: object, logprobs: ResponsesItems.logprobs(choice.logprobs))
        for part in choice.parts { writer.add(part) }
        writer.addSaid()
        return JSONText.written { writer.object.write(to: &$0) }
    }

    private func id(_ prefix: String) -> String { "\(prefix)_\(object.baseID)_\(object.output.count)" }

    private mutating func add(_ part: Part) {
        if case .text = part.content {
            said.append(part)
            return
        }
        if part.isRefusal {
            said.append(part)
            return
        }
        addSaid()
        switch part.content {
        case .reasoning(let reasoning): add(reasoning)
        case .toolCall(let call): add(call)
        case .opaque(let type, let json):
            if Self.isOwnItem(type) { object.output.append(json) }
        default: break
        }
    }

    private mutating func addSaid() {
        guard !said.isEmpty else { return }
        var logprobs = logprobs
        self.logprobs = []
        var contents: [[UInt8]] = []
        for part in said {
            contents.append(JSONText.written { ResponsesItems.writeSaid(part, logprobs: logprobs, to: &$0) })
            logprobs = []
        }
        let status = object.status == "incomplete" ? "incomplete" : "completed"
        object.output.append(ResponsesItems.message(id: id("msg"), contents: contents, status: status))
        said = []
    }

    private mutating func add(_ reasoning: Reasoning) {
        let isNative = reasoning.encrypted != nil && reasoning.id != nil
        object.output.append(
            ResponsesItems.reasoning(
                reasoning, id: reasoning.id ?? id("rs"),
                encrypted: isNative ? reasoning.encrypted : ReasoningSeal.seal(reasoning), status: nil
            )
        )
    }

    private mutating func add(_ call: ToolCall) {
        if let signature = call.signature {
            let seal = ReasoningSeal.seal(callID: call.id, signature: signature)
            object.output.append(
                ResponsesItems.reasoning(Reasoning(), id: id("rs"), encrypted: seal, status: nil)
            )
        }
        object.output.append(
            ResponsesItems.call(
                id: id("fc"), callID: call.id, name: call.name, arguments: call.arguments, status: "completed"
            )
        )
    }

    /// Items of tools that OpenAI runs, which its clients know and others don't.
    static func isOwnItem(_ type: String) -> Bool {
        type.hasSuffix("_call") || ["mcp_list_tools", "mcp_approval_request", "compaction"].contains(type)
    }
}

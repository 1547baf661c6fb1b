import Bytes
import Vocabulary

/// Reads a whole answer of `/v2/chat`.
enum CohereAnswerReader {
    static func read(_ root: JSONView) -> ModelAnswer {
        var answer = ModelAnswer(id: root["id"]?.string ?? "")
        if let usage = root["usage"], usage.kind == .object { answer.usage = CohereUsage.read(usage) }
        guard let message = root["message"], message.kind == .object else { return answer }
        let logprobs = root["logprobs"].flatMap { CohereLogprobs.openAI(Array($0.elements)) }
        answer.choices = [
            ModelAnswer.Choice(
                parts: parts(message), stop: CohereStop.read(root["finish_reason"]?.string), logprobs: logprobs)
        ]
        return answer
    }

    /// The plan for its calls is what the model says before them.
    private static func parts(_ message: JSONView) -> [Part] {
        var parts: [Part] = []
        if let text = message["content"]?.string, !text.isEmpty { parts.append(Part(.text(text))) }
        for block in message["content"]?.elements.map({ $0 }) ?? [] {
            if let part = part(block) { parts.append(part) }
        }
        if let plan = message["tool_plan"]?.string, !plan.isEmpty { parts.append(Part(.text(plan))) }
        for call in message["tool_calls"]?.elements.map({ $0 }) ?? [] where call.kind == .object {
            parts.append(Part(.toolCall(self.call(call))))
        }
        if let citations = message["citations"], citations.kind == .array, !citations.isEmptyContainer {
            parts.append(Part(.opaque(type: "citations", json: citations.json)))
        }
        return parts
    }

    private static func part(_ block: JSONView) -> Part? {
        if let thinking = block["thinking"]?.string { return Part(.reasoning(Reasoning(text: thinking))) }
        if let text = block["text"]?.string { return Part(.text(text)) }
        return block["type"]?.string.map { Part(.opaque(type: $0, json: block.json)) }
    }

    private static func call(_ call: JSONView) -> ToolCall {
        var arguments: [UInt8] = []
        call["function"]?["arguments"]?.appendDecodedString(to: &arguments)
        return ToolCall(
            id: call["id"]?.string ?? "", name: call["function"]?["name"]?.string ?? "", arguments: arguments)
    }
}

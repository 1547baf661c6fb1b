import Bytes
import Vocabulary

/// Reads a whole message.
enum AnthropicAnswerReader {
    static func read(_ root: JSONView) -> ModelAnswer {
        var answer = ModelAnswer(id: root["id"]?.string ?? "", model: root["model"]?.string ?? "")
        let usage = root["usage"]
        answer.usage = AnthropicUsage.read(usage)
        answer.serviceTier = usage?["service_tier"]?.string
        guard let content = root["content"], content.kind == .array else { return answer }
        var stop = AnthropicStops.read(root["stop_reason"]?.string, sequence: root["stop_sequence"]?.string)
        var parts: [Part] = []
        for block in content.elements { parts.append(part(block)) }
        if stop.reason == .refusal, let reason = explanation(root["stop_details"]) {
            parts.append(Part(.refusal(reason)))
        }
        unwrapFormat(&parts, &stop)
        answer.choices = [ModelAnswer.Choice(parts: parts, stop: stop)]
        return answer
    }

    /// A block that can't be read as what it says it is stays as it is.
    private static func part(_ block: JSONView) -> Part {
        do throws(TranslationFault) {
            return try AnthropicBlockReader.part(block, "content")
        } catch {
            return Part(.opaque(type: block["type"]?.string ?? "unknown", json: block.json))
        }
    }

    /// What the provider says about a refusal.
    static func explanation(_ details: JSONView?) -> String? {
        guard let text = details?["explanation"]?.string, !text.isEmpty else { return nil }
        return text
    }

    /// The arguments of the tool that stands for the answer's form are the answer.
    private static func unwrapFormat(_ parts: inout [Part], _ stop: inout Stop) {
        for index in parts.indices {
            guard case .toolCall(let call) = parts[index].content, call.name == AnthropicToolWriter.formatTool else {
                continue
            }
            parts[index].content = .text(String(decoding: call.arguments, as: UTF8.self))
            if stop.reason == .toolCalls { stop.reason = .end }
        }
    }
}

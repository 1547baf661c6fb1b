import Bytes
import Vocabulary

/// Reads a whole response.
enum ResponsesAnswerReader {
    static func read(_ root: JSONView) -> ModelAnswer {
        var answer = ModelAnswer(id: root["id"]?.string ?? "", model: root["model"]?.string ?? "")
        answer.usage = root["usage"]?.unlessNull.map(OpenAIChatUsage.read)
        answer.serviceTier = root["service_tier"]?.string
        guard let output = root["output"], output.kind == .array else { return answer }
        var parts: [Part] = []
        var logprobs: [[UInt8]] = []
        for item in output.elements {
            parts += self.parts(item)
            if item["type"]?.isString("message") == true { logprobs += self.logprobs(item) }
        }
        let (callsTools, refuses) = (parts.contains(where: \.isToolCall), parts.contains(where: \.isRefusal))
        let stop = stop(root, callsTools: callsTools, refuses: refuses)
        answer.choices = [ModelAnswer.Choice(parts: parts, stop: stop, logprobs: wrapped(logprobs))]
        return answer
    }

    private static func parts(_ item: JSONView) -> [Part] {
        switch item["type"]?.string {
        case "message": return said(item)
        case "function_call":
            let call = ToolCall(
                id: (item["call_id"] ?? item["id"])?.string ?? "", name: item["name"]?.string ?? "",
                arguments: ResponsesItemReader.arguments(item)
            )
            return [Part(.toolCall(call))]
        case "reasoning":
            let reasoning = ResponsesItemReader.reasoning(item)
            return [Part(.reasoning(reasoning))]
        case let type: return [Part(.opaque(type: type ?? "unknown", json: item.json))]
        }
    }

    private static func said(_ item: JSONView) -> [Part] {
        guard let content = item["content"] else { return [] }
        do throws(TranslationFault) {
            return try ResponsesPartReader.parts(content, "content")
        } catch {
            return []
        }
    }

    private static func logprobs(_ item: JSONView) -> [[UInt8]] {
        var elements: [[UInt8]] = []
        for part in item["content"]?.elements ?? item.elements {
            for element in part["logprobs"]?.elements ?? part.elements { elements.append(element.json) }
        }
        return elements
    }

    /// Chat's `logprobs` object around the elements; `nil` for none.
    static func wrapped(_ logprobs: [[UInt8]]) -> [UInt8]? {
        guard !logprobs.isEmpty else { return nil }
        return JSONText.written { writer in
            writer.object { writer in
                writer.array("content") { writer in
                    for element in logprobs { writer.raw(element) }
                }
            }
        }
    }

    /// Why a response ended, from its status.
    static func stop(_ response: JSONView, callsTools: Bool, refuses: Bool) -> Stop {
        let status = response["status"]?.string
        switch status {
        case "incomplete":
            let reason = response["incomplete_details"]?["reason"]?.string
            switch reason {
            case "max_output_tokens": return Stop(.length, native: reason)
            case "content_filter": return Stop(.contentFilter, native: reason)
            default: return Stop(.other, native: reason)
            }
        case "failed", "cancelled": return Stop(.error, native: status)
        default:
            if callsTools { return Stop(.toolCalls, native: status) }
            return Stop(refuses ? .refusal : .end, native: status)
        }
    }
}

extension Part {
    /// The model asks for a tool here.
    var isToolCall: Bool {
        if case .toolCall = content { return true }
        return false
    }

    /// The model declined here.
    var isRefusal: Bool {
        if case .refusal = content { return true }
        return false
    }
}

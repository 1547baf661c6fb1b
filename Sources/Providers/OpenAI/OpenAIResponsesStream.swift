import Bytes
import Vocabulary

/// Follows the named events of a streamed response. The last one carries the whole answer; the text fragments are
/// kept only for a stream that breaks before it.
struct OpenAIResponsesStream: Sendable {
    private var text = RecordedText()
    private var budget: RecordingBudget
    private var model: String?
    private var final = ObservedAnswer()
    private var isComplete = false

    init(limit: Int) { budget = RecordingBudget(limit: limit) }

    mutating func observe(_ event: JSONView) -> EventMeaning {
        guard let type = event["type"]?.string else { return [] }
        switch type {
        case "response.completed", "response.incomplete", "response.failed":
            guard let response = event["response"] else { return .terminal }
            complete(response)
            return final.error == nil ? .terminal : [.terminal, .failure]
        case "response.created", "response.in_progress":
            if model == nil { model = event["response"]?["model"]?.string }
            return []
        case "response.output_text.delta":
            text.append(event["delta"], &budget)
            return .content
        default:
            return type.hasSuffix(".delta") ? .content : []
        }
    }

    private mutating func complete(_ response: JSONView) {
        isComplete = true
        final.responseModel = response["model"]?.string
        final.serviceTier = response["service_tier"]?.string
        final.finishReason = response["incomplete_details"]?["reason"]?.string ?? response["status"]?.string
        final.error = OpenAIUsage.error(in: response)
        if let usage = response["usage"], usage.kind == .object {
            final.usage = OpenAIUsage.read(usage)
            final.usageSource = .reported
        }
        // The budget has already been charged for the fragments, so the whole is judged by itself.
        var whole = RecordingBudget(limit: budget.limit)
        if whole.take(response.raw.count) { final.assembled = Array(response.raw) } else { final.truncated = true }
    }

    func finish(into answer: inout ObservedAnswer) {
        if isComplete {
            let error = answer.error ?? final.error
            answer = final
            answer.error = error
            if answer.assembled == nil { answer.assembled = partial() }
            return
        }
        guard model != nil || budget.seen > 0 else { return }
        answer.responseModel = model
        answer.settle(nil, budget: budget)
        answer.assembled = partial()
    }

    private func partial() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("object")
        writer.string("response")
        writer.key("output")
        writer.beginArray()
        writer.beginObject()
        writer.key("type")
        writer.string("message")
        writer.key("role")
        writer.string("assistant")
        writer.key("content")
        writer.beginArray()
        writer.beginObject()
        writer.key("type")
        writer.string("output_text")
        writer.key("text")
        text.write(to: &writer)
        writer.endObject()
        writer.endArray()
        writer.endObject()
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

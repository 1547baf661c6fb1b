import Bytes
import Vocabulary

/// Puts the chunks of a streamed chat completion together.
struct OpenAIChatStream: Sendable {
    private struct ToolCall: Sendable {
        var id: String?
        var name = RecordedText()
        var arguments = RecordedText()
    }

    private struct Choice: Sendable {
        var content = RecordedText()
        var refusal = RecordedText()
        var reasoning = RecordedText()
        var toolCalls: [ToolCall] = []
        var finishReason: String?
    }

    /// More choices or parallel tool calls than this are not put together: a hostile index must not make arrays grow.
    private static let indexLimit = 128

    private var choices: [Choice] = []
    private var budget: RecordingBudget
    private var id: String?
    private var model: String?
    private var serviceTier: String?
    private var usage: TokenUsage?
    private var usageBytes: [UInt8] = []

    init(limit: Int) { budget = RecordingBudget(limit: limit) }

    mutating func observe(_ chunk: JSONView) -> EventMeaning {
        if id == nil { id = chunk["id"]?.string }
        if model == nil { model = chunk["model"]?.string }
        if let tier = chunk["service_tier"]?.string { serviceTier = tier }
        let hasUsage = readUsage(chunk["usage"])
        var meaning: EventMeaning = []
        var count = 0
        chunk["choices"]?.forEachElement { choice in
            count += 1
            if observeChoice(choice) { meaning.insert(.content) }
        }
        if hasUsage, count == 0 { meaning.insert(.usageOnly) }
        return meaning
    }

    private mutating func readUsage(_ value: JSONView?) -> Bool {
        guard let value, value.kind == .object else { return false }
        usage = OpenAIUsage.read(value)
        usageBytes = Array(value.raw)
        return true
    }

    private mutating func observeChoice(_ choice: JSONView) -> Bool {
        let index = Int(choice["index"]?.int64 ?? 0)
        guard (0..<Self.indexLimit).contains(index) else { return true }
        while choices.count <= index { choices.append(Choice()) }
        if let reason = choice["finish_reason"]?.string { choices[index].finishReason = reason }
        guard let delta = choice["delta"] else { return false }
        let before = budget.seen
        choices[index].content.append(delta["content"], &budget)
        choices[index].refusal.append(delta["refusal"], &budget)
        choices[index].reasoning.append(delta["reasoning_content"] ?? delta["reasoning"], &budget)
        var sawTool = false
        delta["tool_calls"]?.forEachElement { call in
            sawTool = true
            observeToolCall(call, of: index)
        }
        return sawTool || budget.seen > before
    }

    private mutating func observeToolCall(_ call: JSONView, of choice: Int) {
        let index = Int(call["index"]?.int64 ?? Int64(choices[choice].toolCalls.count))
        guard (0..<Self.indexLimit).contains(index) else { return }
        while choices[choice].toolCalls.count <= index { choices[choice].toolCalls.append(ToolCall()) }
        if let id = call["id"]?.string { choices[choice].toolCalls[index].id = id }
        choices[choice].toolCalls[index].name.append(call["function"]?["name"], &budget)
        choices[choice].toolCalls[index].arguments.append(call["function"]?["arguments"], &budget)
    }

    func finish(into answer: inout ObservedAnswer) {
        guard id != nil || !choices.isEmpty || usage != nil else { return }
        answer.responseModel = model
        answer.serviceTier = serviceTier
        answer.finishReason = choices.lazy.compactMap(\.finishReason).first
        answer.settle(usage, budget: budget)
        answer.assembled = assembled()
    }

    /// The answer as it would have come without streaming.
    private func assembled() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("id")
        writer.string(id ?? "")
        writer.key("object")
        writer.string("chat.completion")
        writer.key("model")
        writer.string(model ?? "")
        writer.key("choices")
        writer.beginArray()
        for (index, choice) in choices.enumerated() { write(choice, index, to: &writer) }
        writer.endArray()
        if !usageBytes.isEmpty {
            writer.key("usage")
            usageBytes.withUnsafeBytes { writer.raw($0) }
        }
        writer.endObject()
        return writer.bytes
    }

    private func write(_ choice: Choice, _ index: Int, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("index")
        writer.int(Int64(index))
        writer.key("message")
        writer.beginObject()
        writer.key("role")
        writer.string("assistant")
        writer.key("content")
        let isCallOnly = choice.content.isEmpty && !choice.toolCalls.isEmpty
        if isCallOnly { writer.null() } else { choice.content.write(to: &writer) }
        if !choice.reasoning.isEmpty {
            writer.key("reasoning_content")
            choice.reasoning.write(to: &writer)
        }
        if !choice.refusal.isEmpty {
            writer.key("refusal")
            choice.refusal.write(to: &writer)
        }
        if !choice.toolCalls.isEmpty { write(choice.toolCalls, to: &writer) }
        writer.endObject()
        writer.key("finish_reason")
        if let reason = choice.finishReason { writer.string(reason) } else { writer.null() }
        writer.endObject()
    }

    private func write(_ calls: [ToolCall], to writer: inout JSONWriter) {
        writer.key("tool_calls")
        writer.beginArray()
        for call in calls {
            writer.beginObject()
            writer.key("id")
            writer.string(call.id ?? "")
            writer.key("type")
            writer.string("function")
            writer.key("function")
            writer.beginObject()
            writer.key("name")
            call.name.write(to: &writer)
            writer.key("arguments")
            call.arguments.write(to: &writer)
            writer.endObject()
            writer.endObject()
        }
        writer.endArray()
    }
}

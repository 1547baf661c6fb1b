import Bytes
import Vocabulary

/// Puts the chunks of a streamed legacy completion together.
struct OpenAICompletionStream: Sendable {
    private struct Choice: Sendable {
        var text = RecordedText()
        var finishReason: String?
    }

    /// The API's own bound on `n` is 128.
    private static let indexLimit = 128

    private var choices: [Choice] = []
    private var budget: RecordingBudget
    private var model: String?
    private var usage: TokenUsage?

    init(limit: Int) { budget = RecordingBudget(limit: limit) }

    mutating func observe(_ chunk: JSONView) -> EventMeaning {
        if model == nil { model = chunk["model"]?.string }
        var meaning: EventMeaning = []
        var count = 0
        if let value = chunk["usage"], value.kind == .object { usage = OpenAIUsage.read(value) }
        chunk["choices"]?.forEachElement { choice in
            count += 1
            if observeChoice(choice) { meaning.insert(.content) }
        }
        if usage != nil, count == 0 { meaning.insert(.usageOnly) }
        return meaning
    }

    private mutating func observeChoice(_ choice: JSONView) -> Bool {
        let index = Int(choice["index"]?.int64 ?? 0)
        guard (0..<Self.indexLimit).contains(index) else { return true }
        while choices.count <= index { choices.append(Choice()) }
        if let reason = choice["finish_reason"]?.string { choices[index].finishReason = reason }
        let before = budget.seen
        choices[index].text.append(choice["text"], &budget)
        return budget.seen > before
    }

    func finish(into answer: inout ObservedAnswer) {
        guard !choices.isEmpty || usage != nil else { return }
        answer.responseModel = model
        answer.finishReason = choices.lazy.compactMap(\.finishReason).first
        answer.settle(usage, budget: budget)
        answer.assembled = assembled()
    }

    private func assembled() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("object")
        writer.string("text_completion")
        writer.key("choices")
        writer.beginArray()
        for (index, choice) in choices.enumerated() {
            writer.beginObject()
            writer.key("index")
            writer.int(Int64(index))
            writer.key("text")
            choice.text.write(to: &writer)
            writer.key("finish_reason")
            if let reason = choice.finishReason { writer.string(reason) } else { writer.null() }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

import Bytes
import Vocabulary

/// Puts the events of a streamed message together.
struct AnthropicStream: Sendable {
    /// A content block: its first form, and the fragments that belong to it.
    private struct Block: Sendable {
        var start: [UInt8]
        var type: String
        var text = RecordedText()
        var input = RecordedText()
        var signature = RecordedText()
    }

    /// A hostile index must not make the array grow without end; real answers have a few blocks.
    private static let indexLimit = 1024

    private var blocks: [Block?] = []
    private var budget: RecordingBudget
    private var id: String?
    private var model: String?
    private var stopReason: String?
    private var usage = TokenUsage()
    private var hasInputUsage = false
    private var hasFinalUsage = false

    init(limit: Int) { budget = RecordingBudget(limit: limit) }

    mutating func observe(_ event: JSONView) -> EventMeaning {
        switch event["type"]?.string {
        case "message_start":
            start(event["message"])
            return []
        case "content_block_start":
            startBlock(event)
            return []
        case "content_block_delta":
            extendBlock(event)
            return .content
        case "message_delta":
            if let reason = event["delta"]?["stop_reason"]?.string { stopReason = reason }
            if let counts = event["usage"], counts.kind == .object {
                AnthropicUsage.update(&usage, with: counts)
                hasFinalUsage = true
            }
            return []
        case "message_stop":
            return .terminal
        default:
            return []
        }
    }

    private mutating func start(_ message: JSONView?) {
        id = message?["id"]?.string
        model = message?["model"]?.string
        guard let counts = message?["usage"], counts.kind == .object else { return }
        AnthropicUsage.update(&usage, with: counts)
        hasInputUsage = true
    }

    private mutating func startBlock(_ event: JSONView) {
        let index = Int(event["index"]?.int64 ?? 0)
        guard (0..<Self.indexLimit).contains(index), let block = event["content_block"] else { return }
        guard budget.take(block.raw.count) else { return }
        while blocks.count <= index { blocks.append(nil) }
        blocks[index] = Block(start: Array(block.raw), type: block["type"]?.string ?? "text")
    }

    private mutating func extendBlock(_ event: JSONView) {
        let index = Int(event["index"]?.int64 ?? 0)
        guard blocks.indices.contains(index), var block = blocks[index], let delta = event["delta"] else { return }
        blocks[index] = nil
        block.text.append(delta["text"] ?? delta["thinking"], &budget)
        block.input.append(delta["partial_json"], &budget)
        block.signature.append(delta["signature"], &budget)
        blocks[index] = block
    }

    func finish(into answer: inout ObservedAnswer) {
        guard id != nil || model != nil || !blocks.isEmpty else { return }
        answer.responseModel = model
        answer.finishReason = stopReason
        answer.truncated = budget.truncated
        answer.usage = usage
        if hasFinalUsage {
            answer.usageSource = .reported
        } else if hasInputUsage || budget.seen > 0 {
            // The input was reported; the output that was seen before the stream broke can only be estimated.
            answer.usage.outputText = max(usage.outputText, budget.estimatedTokens)
            answer.usageSource = .estimated
        }
        answer.assembled = assembled()
    }

    private func assembled() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("id")
        writer.string(id ?? "")
        writer.key("type")
        writer.string("message")
        writer.key("role")
        writer.string("assistant")
        writer.key("model")
        writer.string(model ?? "")
        writer.key("content")
        writer.beginArray()
        for block in blocks.compactMap(\.self) { write(block, to: &writer) }
        writer.endArray()
        writer.key("stop_reason")
        if let stopReason { writer.string(stopReason) } else { writer.null() }
        writer.endObject()
        return writer.bytes
    }

    /// The block as it started, with the members that its fragments complete put in last.
    private func write(_ block: Block, to writer: inout JSONWriter) {
        writer.beginObject()
        block.start.withUnsafeBytes { start in
            JSONView(validated: start).forEachMember { key, value in
                let name = key.string
                guard !completes(name, in: block) else { return }
                writer.key(name)
                writer.raw(value.raw)
            }
        }
        if !block.text.isEmpty {
            writer.key(block.type == "thinking" ? "thinking" : "text")
            block.text.write(to: &writer)
        }
        if !block.input.isEmpty { writeInput(block.input, to: &writer) }
        if !block.signature.isEmpty {
            writer.key("signature")
            block.signature.write(to: &writer)
        }
        writer.endObject()
    }

    private func completes(_ name: String, in block: Block) -> Bool {
        switch name {
        case "text", "thinking": !block.text.isEmpty
        case "input": !block.input.isEmpty
        case "signature": !block.signature.isEmpty
        default: false
        }
    }

    /// Tool arguments arrive as fragments of JSON text; a stream that broke leaves half a text, kept as a string.
    private func writeInput(_ input: RecordedText, to writer: inout JSONWriter) {
        writer.key("input")
        input.bytes.withUnsafeBytes { bytes in
            if (try? JSONView.parse(bytes)) != nil { writer.raw(bytes) } else { writer.string(utf8: bytes) }
        }
    }
}

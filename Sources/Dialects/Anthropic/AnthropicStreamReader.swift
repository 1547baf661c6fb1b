import Bytes
import Vocabulary

/// Reads the events of a streamed message.
struct AnthropicStreamReader: AnswerStreamDecoder {
    /// What the block at an index is, as far as later deltas need it.
    private enum Block: Sendable {
        case text, thinking
        case toolCall(index: Int, hasArguments: Bool)
        /// The tool that stands for the answer's form: its arguments are text.
        case format
        /// A server tool's block, whose input comes in fragments.
        case opaque(type: String, json: [UInt8], input: [UInt8])
    }

    /// More open blocks than this are passed over: a hostile index must not make memory grow.
    private static let blockLimit = 128
    /// The longest input of a server tool that is put together, in bytes.
    private static let inputLimit = 1 << 16

    private var blocks: [Int64: Block] = [:]
    private var toolCalls = 0
    private var usage = TokenUsage()
    private var serviceTier: String?
    private var hasFormat = false
    private var hasEnded = false

    mutating func receive(
        name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, into events: inout [AnswerEvent]
    ) {
        guard !hasEnded else { return }
        _ = JSONText.read(data) { root in
            receive(root["type"]?.string ?? String(decoding: name, as: UTF8.self), root, &events)
        }
    }

    mutating func end(into events: inout [AnswerEvent]) {}

    private mutating func receive(_ type: String, _ root: JSONView, _ events: inout [AnswerEvent]) {
        switch type {
        case "message_start": start(root["message"], &events)
        case "content_block_start": startBlock(root, &events)
        case "content_block_delta": delta(root, &events)
        case "content_block_stop": stopBlock(root, &events)
        case "message_delta": finish(root, &events)
        case "message_stop":
            hasEnded = true
            events.append(.ended)
        case "error":
            let error = root["error"]
            let message = error?["message"]?.string ?? "The provider gave no message."
            events.append(.failed(code: error?["type"]?.string ?? "api_error", message: message))
        default: break
        }
    }

    private mutating func start(_ message: JSONView?, _ events: inout [AnswerEvent]) {
        guard let message else { return }
        let counts = AnthropicUsage.read(message["usage"])
        usage = counts ?? usage
        serviceTier = message["usage"]?["service_tier"]?.string
        let id = message["id"]?.string ?? ""
        events.append(.began(id: id, model: message["model"]?.string ?? "", usage: counts))
    }

    private mutating func startBlock(_ root: JSONView, _ events: inout [AnswerEvent]) {
        guard let index = root["index"]?.int64, let block = root["content_block"], blocks.count < Self.blockLimit,
            let type = block["type"]?.string
        else { return }
        switch type {
        case "text":
            blocks[index] = .text
            appendText(block["text"]?.string, &events)
        case "thinking":
            blocks[index] = .thinking
            if let text = block["thinking"]?.string, !text.isEmpty { events.append(.reasoning(choice: 0, text)) }
            sign(block["signature"], &events)
        case "redacted_thinking":
            events.append(.redactedReasoning(choice: 0, data: block["data"]?.string ?? "", id: nil))
        case "tool_use": startCall(index, block, &events)
        default: blocks[index] = .opaque(type: type, json: block.json, input: [])
        }
    }

    private mutating func startCall(_ index: Int64, _ block: JSONView, _ events: inout [AnswerEvent]) {
        let name = block["name"]?.string ?? ""
        let input = block["input"].flatMap { $0.kind == .object && !$0.isEmptyContainer ? $0.json : nil }
        if name == AnthropicToolWriter.formatTool {
            hasFormat = true
            blocks[index] = .format
            if let input { appendText(String(decoding: input, as: UTF8.self), &events) }
            return
        }
        guard toolCalls < Self.blockLimit else { return }
        let id = block["id"]?.string ?? ""
        events.append(.toolCallBegan(choice: 0, index: toolCalls, id: id, name: name, signature: nil))
        if let input { events.append(.toolArguments(choice: 0, index: toolCalls, input)) }
        blocks[index] = .toolCall(index: toolCalls, hasArguments: input != nil)
        toolCalls += 1
    }

    private mutating func delta(_ root: JSONView, _ events: inout [AnswerEvent]) {
        guard let index = root["index"]?.int64, let delta = root["delta"], let block = blocks[index] else { return }
        switch delta["type"]?.string {
        case "text_delta": appendText(delta["text"]?.string, &events)
        case "thinking_delta":
            if let text = delta["thinking"]?.string, !text.isEmpty { events.append(.reasoning(choice: 0, text)) }
        case "signature_delta": sign(delta["signature"], &events)
        case "citations_delta":
            if let citation = delta["citation"] {
                events.append(.opaque(choice: 0, type: "citations_delta", json: citation.json))
            }
        case "input_json_delta":
            var bytes: [UInt8] = []
            delta["partial_json"]?.appendDecodedString(to: &bytes)
            if !bytes.isEmpty { extend(block, index, bytes, &events) }
        default: break
        }
    }

    private mutating func extend(
        _ block: Block, _ index: Int64, _ bytes: [UInt8], _ events: inout [AnswerEvent]
    ) {
        switch block {
        case .toolCall(let call, _):
            blocks[index] = .toolCall(index: call, hasArguments: true)
            events.append(.toolArguments(choice: 0, index: call, bytes))
        case .format: appendText(String(decoding: bytes, as: UTF8.self), &events)
        case .opaque(let type, let json, let input):
            guard input.count + bytes.count <= Self.inputLimit else { return }
            blocks[index] = .opaque(type: type, json: json, input: input + bytes)
        case .text, .thinking: break
        }
    }

    private mutating func stopBlock(_ root: JSONView, _ events: inout [AnswerEvent]) {
        guard let index = root["index"]?.int64, let block = blocks.removeValue(forKey: index) else { return }
        switch block {
        case .toolCall(let call, hasArguments: false):
            // A tool without parameters: its arguments are an object all the same.
            events.append(.toolArguments(choice: 0, index: call, Array("{}".utf8)))
        case .opaque(let type, let json, let input):
            events.append(.opaque(choice: 0, type: type, json: Self.filled(json, with: input)))
        case .text, .thinking, .toolCall, .format: break
        }
    }

    /// The block with its input as the fragments gave it.
    private static func filled(_ json: [UInt8], with input: [UInt8]) -> [UInt8] {
        guard JSONText.isComplete(input) else { return json }
        return json.withUnsafeBytes { bytes in
            var patch = JSONPatch()
            patch.setMember("input", value: input, in: JSONView(validated: bytes))
            return patch.apply(to: bytes)
        }
    }

    private mutating func finish(_ root: JSONView, _ events: inout [AnswerEvent]) {
        let delta = root["delta"]
        if let counts = root["usage"], counts.kind == .object {
            AnthropicUsage.update(&usage, with: counts)
        }
        if let reason = delta?["stop_reason"]?.string {
            var stop = AnthropicStops.read(reason, sequence: delta?["stop_sequence"]?.string)
            if hasFormat, stop.reason == .toolCalls { stop.reason = .end }
            if stop.reason == .refusal, let text = AnthropicAnswerReader.explanation(delta?["stop_details"]) {
                events.append(.refusal(choice: 0, text))
            }
            events.append(.finished(choice: 0, stop))
        }
        events.append(.usage(usage, serviceTier: serviceTier))
    }

    private func appendText(_ text: String?, _ events: inout [AnswerEvent]) {
        if let text, !text.isEmpty { events.append(.text(choice: 0, text)) }
    }

    private func sign(_ signature: JSONView?, _ events: inout [AnswerEvent]) {
        if let text = signature?.string, !text.isEmpty { events.append(.reasoningSignature(choice: 0, text)) }
    }
}

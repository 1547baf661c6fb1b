import Bytes
import Vocabulary

/// Writes a stream of events as a streamed message.
///
/// Blocks come one after the other, as clients expect; so where a provider mixes the fragments of several tool calls,
/// those of the later ones wait until the arguments of the earlier one are complete.
struct AnthropicStreamWriter: AnswerStreamEncoder {
    private enum Open: Sendable, Equatable {
        case none, text, refusal, thinking
        case call(Int)
    }

    private struct Call: Sendable {
        var index: Int
        var id: String
        var name: String
        var signature: String?
        var arguments: [UInt8] = []
    }

    private static let null = Array("null".utf8)

    private let context: AnswerContext
    private var open = Open.none
    /// The index of the open block, or of the next one.
    private var index: Int64 = 0
    /// What the open call's arguments are so far: kept to see whether they are complete.
    private var arguments: [UInt8] = []
    private var waiting: [Call] = []
    private var hasStarted = false
    private var isOver = false
    private var callsTools = false
    private var stop: Stop?
    private var usage: TokenUsage?

    init(_ context: AnswerContext) { self.context = context }

    mutating func encode(_ event: AnswerEvent, into output: inout [UInt8]) {
        guard !isOver else { return }
        switch event {
        case .began(let id, let model, let usage): start(id, model, usage, &output)
        case .usage(let usage, _): self.usage = usage
        case .failed(let code, let message):
            isOver = true
            ServerSentEvent.append("error", json: AnthropicErrors.written(code: code, message: message), to: &output)
        case .ended: complete(&output)
        case .finished(choice: 0, let stop):
            self.stop = stop
            close(&output)
        default: encodeContent(event, &output)
        }
    }

    mutating func finish(into output: inout [UInt8]) {
        if !isOver { complete(&output) }
    }

    private mutating func encodeContent(_ event: AnswerEvent, _ output: inout [UInt8]) {
        switch event {
        case .text(choice: 0, let text):
            if !text.isEmpty { appendText(text, as: .text, &output) }
        case .refusal(choice: 0, let text):
            if !text.isEmpty { appendText(text, as: .refusal, &output) }
        case .reasoning(choice: 0, let text):
            if !text.isEmpty { appendThinking(text, &output) }
        case .reasoningSignature(choice: 0, let signature): sign(signature, &output)
        case .redactedReasoning(choice: 0, let data, let id): appendRedacted(data, id, &output)
        case .toolCallBegan(choice: 0, let index, let id, let name, let signature):
            callsTools = true
            begin(Call(index: index, id: id, name: name, signature: signature), &output)
        case .toolArguments(choice: 0, let index, let bytes): extend(index, bytes, &output)
        case .opaque(choice: 0, let type, let json): appendOpaque(type, json, &output)
        default: break
        }
    }

    // MARK: Beginning and end

    private mutating func start(_ id: String, _ model: String, _ usage: TokenUsage?, _ output: inout [UInt8]) {
        guard !hasStarted else { return }
        hasStarted = true
        self.usage = self.usage ?? usage
        let counts = usage ?? TokenUsage()
        let context = context
        send("message_start", &output) { writer in
            writer.object("message") { writer in
                writer.member("id", AnthropicAnswerWriter.id(id, context))
                writer.member("type", "message")
                writer.member("role", "assistant")
                writer.member("model", model.isEmpty ? context.model : model)
                writer.array("content") { _ in }
                writer.member("stop_reason", json: Self.null)
                writer.member("stop_sequence", json: Self.null)
                writer.key("usage")
                AnthropicUsage.write(counts, to: &writer)
            }
        }
    }

    private mutating func complete(_ output: inout [UInt8]) {
        start("", "", nil, &output)
        close(&output)
        isOver = true
        let stop = stop ?? Stop(.end)
        let reason = AnthropicStops.written(stop, callsTools: callsTools)
        let usage = usage ?? TokenUsage()
        send("message_delta", &output) { writer in
            writer.object("delta") { writer in
                writer.member("stop_reason", reason)
                AnthropicAnswerWriter.writeSequence(stop, to: &writer)
            }
            writer.key("usage")
            AnthropicUsage.writeFinal(usage, to: &writer)
        }
        send("message_stop", &output) { _ in }
    }

    // MARK: Blocks

    private mutating func appendText(_ text: String, as kind: Open, _ output: inout [UInt8]) {
        openBlock(kind, #"{"type":"text","text":""}"#, &output)
        sendDelta("text_delta", &output) { $0.member("text", text) }
    }

    private mutating func appendThinking(_ text: String, _ output: inout [UInt8]) {
        openBlock(.thinking, #"{"type":"thinking","thinking":"","signature":""}"#, &output)
        sendDelta("thinking_delta", &output) { $0.member("thinking", text) }
    }

    /// A signature completes its block.
    private mutating func sign(_ signature: String, _ output: inout [UInt8]) {
        openBlock(.thinking, #"{"type":"thinking","thinking":"","signature":""}"#, &output)
        sendDelta("signature_delta", &output) { $0.member("signature", signature) }
        close(&output)
    }

    /// Hidden thinking after a summary of it belongs to the same block.
    private mutating func appendRedacted(_ data: String, _ id: String?, _ output: inout [UInt8]) {
        let seal = ReasoningSeal.seal(Reasoning(encrypted: data, id: id)) ?? data
        if open == .thinking {
            sign(seal, &output)
        } else {
            appendWhole(AnthropicAnswerWriter.redacted(id == nil ? data : seal), &output)
        }
    }

    private mutating func appendOpaque(_ type: String, _ json: [UInt8], _ output: inout [UInt8]) {
        if type == "citations_delta" {
            openBlock(.text, #"{"type":"text","text":"","citations":[]}"#, &output)
            sendDelta(type, &output) { $0.member("citation", json: json) }
        } else if AnthropicAnswerWriter.isOwnBlock(type) {
            appendWhole(json, &output)
        }
    }

    private mutating func appendWhole(_ block: [UInt8], _ output: inout [UInt8]) {
        close(&output)
        sendStart(block, &output)
        sendStop(&output)
    }

    private mutating func openBlock(_ kind: Open, _ block: String, _ output: inout [UInt8]) {
        if open == kind { return }
        close(&output)
        sendStart(Array(block.utf8), &output)
        open = kind
    }

    /// Ends the open block, and writes the calls that waited for it.
    private mutating func close(_ output: inout [UInt8]) {
        if open != .none {
            open = .none
            sendStop(&output)
        }
        let calls = waiting
        waiting = []
        for call in calls {
            sendCall(call, &output)
            sendStop(&output)
        }
        open = .none
        arguments = []
    }

    // MARK: Tool calls

    private mutating func begin(_ call: Call, _ output: inout [UInt8]) {
        if case .call = open, !JSONText.isComplete(arguments) || !waiting.isEmpty {
            if waiting.count < 128 { waiting.append(call) }
            return
        }
        close(&output)
        sendCall(call, &output)
    }

    private mutating func extend(_ call: Int, _ bytes: [UInt8], _ output: inout [UInt8]) {
        if let place = waiting.firstIndex(where: { $0.index == call }) {
            waiting[place].arguments += bytes
            return
        }
        guard open == .call(call), !bytes.isEmpty else { return }
        arguments += bytes
        sendArguments(bytes, &output)
        if !waiting.isEmpty { advance(&output) }
    }

    /// Goes on to the calls that wait, as far as the ones before them are complete.
    private mutating func advance(_ output: inout [UInt8]) {
        // Looked at whole only where it may be: fragments are many.
        while !waiting.isEmpty, arguments.last == UInt8(ascii: "}"), JSONText.isComplete(arguments) {
            let next = waiting.removeFirst()
            sendStop(&output)
            sendCall(next, &output)
        }
    }

    private mutating func sendCall(_ call: Call, _ output: inout [UInt8]) {
        if let signature = call.signature {
            sendStart(AnthropicAnswerWriter.redacted(AnthropicAnswerWriter.seal(call.id, signature)), &output)
            sendStop(&output)
        }
        sendStart(AnthropicAnswerWriter.toolUse(id: call.id, name: call.name, input: []), &output)
        open = .call(call.index)
        arguments = call.arguments
        if !arguments.isEmpty { sendArguments(arguments, &output) }
    }

    private func sendArguments(_ bytes: [UInt8], _ output: inout [UInt8]) {
        sendDelta("input_json_delta", &output) { writer in
            writer.key("partial_json")
            bytes.withUnsafeBytes { writer.string(utf8: $0) }
        }
    }

    // MARK: Events

    private func send(_ type: String, _ output: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        let json = JSONText.written { writer in
            writer.object { writer in
                writer.member("type", type)
                body(&writer)
            }
        }
        ServerSentEvent.append(type, json: json, to: &output)
    }

    private mutating func sendStart(_ block: [UInt8], _ output: inout [UInt8]) {
        start("", "", nil, &output)
        let index = index
        send("content_block_start", &output) { writer in
            writer.member("index", index)
            writer.member("content_block", json: block)
        }
    }

    private func sendDelta(_ type: String, _ output: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        send("content_block_delta", &output) { writer in
            writer.member("index", index)
            writer.object("delta") { writer in
                writer.member("type", type)
                body(&writer)
            }
        }
    }

    private mutating func sendStop(_ output: inout [UInt8]) {
        send("content_block_stop", &output) { $0.member("index", index) }
        index += 1
    }
}

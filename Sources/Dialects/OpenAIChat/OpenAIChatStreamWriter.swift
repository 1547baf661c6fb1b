import Bytes
import Vocabulary

/// Writes a stream of chat completion chunks.
struct OpenAIChatStreamWriter: AnswerStreamEncoder {
    private struct Choice {
        var hasBegun = false
        var hasFinished = false
        var calledTools = false
        var refused = false
        /// Counts the thoughts, which `reasoning_details` numbers.
        var thought = 0
        var thoughtIsOpen = false

        mutating func closeThought() {
            if thoughtIsOpen { thought += 1 }
            thoughtIsOpen = false
        }
    }

    private let context: AnswerContext
    private var id: String
    private var model: String
    private var choices: [Choice] = []
    private var usage: TokenUsage?
    private var serviceTier: String?
    private var hasFailed = false
    private var isComplete = false

    init(context: AnswerContext) {
        self.context = context
        id = "chatcmpl-" + context.requestID
        model = context.model
    }

    mutating func encode(_ event: AnswerEvent, into output: inout [UInt8]) {
        switch event {
        case .began(let id, let model, let usage):
            if !id.isEmpty { self.id = id }
            if !model.isEmpty { self.model = model }
            self.usage = usage ?? self.usage
        case .text(let choice, let text): delta(choice, into: &output) { $0.member("content", text) }
        case .refusal(let choice, let text):
            state(choice) { $0.refused = true }
            delta(choice, into: &output) { $0.member("refusal", text) }
        case .reasoning, .reasoningSignature, .redactedReasoning: encodeReasoning(event, into: &output)
        case .toolCallBegan, .toolArguments: encodeCall(event, into: &output)
        case .audio(let choice, let json): delta(choice, into: &output) { $0.member("audio", json: json) }
        case .logprobs(let choice, let json): chunk(choice, into: &output, logprobs: json) { _ in }
        case .opaque(let choice, let type, let json):
            if type == "annotations" { delta(choice, into: &output) { $0.member("annotations", json: json) } }
        case .finished(let choice, let stop): finish(choice, stop, into: &output)
        case .usage(let usage, let tier):
            self.usage = usage
            serviceTier = tier ?? serviceTier
        case .failed(let code, let message): fail(code: code, message: message, into: &output)
        case .ended: break
        }
    }

    mutating func finish(into output: inout [UInt8]) {
        guard !isComplete else { return }
        isComplete = true
        if !hasFailed {
            if choices.isEmpty { state(0) { _ in } }
            for index in choices.indices where !choices[index].hasFinished {
                finish(index, Stop(choices[index].calledTools ? .toolCalls : .end), into: &output)
            }
            if context.request.includesUsage, let usage { writeUsage(usage, into: &output) }
        }
        output.append(contentsOf: "data: [DONE]\n\n".utf8)
    }

    private mutating func encodeReasoning(_ event: AnswerEvent, into output: inout [UInt8]) {
        switch event {
        case .reasoning(let choice, let text):
            state(choice) { $0.thoughtIsOpen = true }
            thought(choice, Reasoning(text: text), into: &output)
        case .reasoningSignature(let choice, let signature):
            thought(choice, Reasoning(signature: signature), into: &output)
            state(choice) { $0.closeThought() }
        case .redactedReasoning(let choice, let data, let id):
            state(choice) { $0.closeThought() }
            thought(choice, Reasoning(encrypted: data, id: id), into: &output)
            state(choice) { $0.thought += 1 }
        default: break
        }
    }

    private mutating func thought(_ choice: Int, _ thought: Reasoning, into output: inout [UInt8]) {
        let index = choices.indices.contains(choice) ? choices[choice].thought : 0
        delta(choice, into: &output, isThought: true) { writer in
            if !thought.text.isEmpty { writer.member("reasoning_content", thought.text) }
            writer.array("reasoning_details") { OpenAIReasoning.writeDetails(thought, index: index, to: &$0) }
        }
    }

    private mutating func encodeCall(_ event: AnswerEvent, into output: inout [UInt8]) {
        switch event {
        case .toolCallBegan(let choice, let index, let id, let name, let signature):
            state(choice) { $0.calledTools = true }
            call(choice, index, into: &output) { writer in
                writer.member("id", id)
                writer.member("type", "function")
                writer.object("function") { writer in
                    writer.member("name", name)
                    writer.member("arguments", "")
                }
                if let signature { OpenAIChatToolWriter.writeSignature(signature, to: &writer) }
            }
        case .toolArguments(let choice, let index, let fragment):
            call(choice, index, into: &output) { writer in
                writer.object("function") { writer in
                    writer.key("arguments")
                    fragment.withUnsafeBytes { writer.string(utf8: $0) }
                }
            }
        default: break
        }
    }

    private mutating func call(
        _ choice: Int, _ index: Int, into output: inout [UInt8], _ body: (inout JSONWriter) -> Void
    ) {
        delta(choice, into: &output) { writer in
            writer.array("tool_calls") { writer in
                writer.object { writer in
                    writer.member("index", Int64(index))
                    body(&writer)
                }
            }
        }
    }

    private mutating func finish(_ choice: Int, _ stop: Stop, into output: inout [UInt8]) {
        var refused = false
        state(choice) { state in
            state.hasFinished = true
            refused = state.refused
        }
        chunk(choice, into: &output, finish: OpenAIChatStops.write(stop, refused: refused)) { _ in }
    }

    private mutating func fail(code: String, message: String, into output: inout [UInt8]) {
        hasFailed = true
        event(into: &output) { writer in
            writer.object("error") { writer in
                writer.member("message", message)
                writer.member("type", "server_error")
                writer.key("param")
                writer.null()
                writer.member("code", code)
            }
        }
    }

    private mutating func writeUsage(_ usage: TokenUsage, into output: inout [UInt8]) {
        event(into: &output) { writer in
            self.head(&writer)
            writer.array("choices") { _ in }
            writer.key("usage")
            OpenAIChatUsage.write(usage, to: &writer)
        }
    }

    // MARK: - Chunks

    private mutating func delta(
        _ choice: Int, into output: inout [UInt8], isThought: Bool = false, _ body: (inout JSONWriter) -> Void
    ) {
        if !isThought { state(choice) { $0.closeThought() } }
        chunk(choice, into: &output, body)
    }

    private mutating func chunk(
        _ choice: Int, into output: inout [UInt8], finish: String? = nil, logprobs: [UInt8]? = nil,
        _ body: (inout JSONWriter) -> Void
    ) {
        var isFirst = false
        state(choice) { state in
            isFirst = !state.hasBegun
            state.hasBegun = true
        }
        event(into: &output) { writer in
            self.head(&writer)
            writer.array("choices") { writer in
                writer.object { writer in
                    writer.member("index", Int64(choice))
                    writer.object("delta") { writer in
                        if isFirst { writer.member("role", "assistant") }
                        body(&writer)
                    }
                    writer.key("logprobs")
                    if let logprobs { writer.raw(logprobs) } else { writer.null() }
                    writer.key("finish_reason")
                    if let finish { writer.string(finish) } else { writer.null() }
                }
            }
            if context.request.includesUsage {
                writer.key("usage")
                writer.null()
            }
        }
    }

    private func head(_ writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("object", "chat.completion.chunk")
        writer.member("created", context.createdAt)
        writer.member("model", model)
        if let serviceTier { writer.member("service_tier", serviceTier) }
        writer.key("system_fingerprint")
        writer.null()
    }

    private func event(into output: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        var writer = JSONWriter(capacity: 256)
        writer.object(body)
        output.append(contentsOf: "data: ".utf8)
        // Raw JSON of a provider may be indented; a line break would end the event's line.
        output.append(contentsOf: writer.bytes.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        output.append(contentsOf: "\n\n".utf8)
    }

    private mutating func state(_ choice: Int, _ change: (inout Choice) -> Void) {
        guard choice >= 0, choice < OpenAIChatAnswerReader.indexLimit else { return }
        while choices.count <= choice { choices.append(Choice()) }
        change(&choices[choice])
    }
}

import Bytes
import Vocabulary

/// Reads the chunks of a streamed legacy completion.
struct OpenAICompletionsStreamReader: AnswerStreamDecoder {
    private var hasBegun = false
    private var hasEnded = false
    /// By choice: its finish reason came.
    private var finished: [Bool] = []

    mutating func receive(
        name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, into events: inout [AnswerEvent]
    ) {
        if data.elementsEqual("[DONE]".utf8) {
            close(into: &events)
            return
        }
        guard let chunk = try? JSONView.parse(data), chunk.kind == .object else { return }
        if chunk["error"]?.unlessNull != nil {
            let found = OpenAIErrors.find(chunk)
            events.append(.failed(code: found.code, message: found.message))
            return
        }
        if !hasBegun {
            hasBegun = true
            events.append(.began(id: chunk["id"]?.string ?? "", model: chunk["model"]?.string ?? "", usage: nil))
        }
        for choice in chunk["choices"].map({ Array($0.elements) }) ?? [] { read(choice, into: &events) }
        if let usage = chunk["usage"], usage.kind == .object, !usage.isEmptyContainer {
            events.append(.usage(OpenAIChatUsage.read(usage), serviceTier: nil))
        }
    }

    mutating func end(into events: inout [AnswerEvent]) {
        if !finished.isEmpty, finished.allSatisfy({ $0 }) { close(into: &events) }
    }

    private mutating func close(into events: inout [AnswerEvent]) {
        if !hasEnded { events.append(.ended) }
        hasEnded = true
    }

    private mutating func read(_ choice: JSONView, into events: inout [AnswerEvent]) {
        let index = OpenAIIndex.read(choice["index"], otherwise: 0)
        while finished.count <= index { finished.append(false) }
        if let text = choice["text"]?.string, !text.isEmpty { events.append(.text(choice: index, text)) }
        if let logprobs = choice["logprobs"]?.unlessNull {
            events.append(.logprobs(choice: index, LegacyLogprobs.modern(logprobs)))
        }
        guard let reason = choice["finish_reason"]?.string, !reason.isEmpty, !finished[index] else { return }
        finished[index] = true
        let stop = OpenAIChatStops.read(reason, calledTools: false, refused: false)
        events.append(.finished(choice: index, stop))
    }
}

/// Writes a stream of legacy completion chunks.
struct OpenAICompletionsStreamWriter: AnswerStreamEncoder {
    private let context: AnswerContext
    private var id: String
    private var model: String
    private var usage: TokenUsage?
    /// By choice: its finish reason was written.
    private var finished: [Bool] = []
    /// By choice: where the next token begins in its text.
    private var offsets: [Int] = []
    private var hasFailed = false
    private var isComplete = false

    init(context: AnswerContext) {
        self.context = context
        id = "cmpl-" + context.requestID
        model = context.model
    }

    mutating func encode(_ event: AnswerEvent, into output: inout [UInt8]) {
        switch event {
        case .began(let id, let model, let usage):
            if !id.isEmpty { self.id = id }
            if !model.isEmpty { self.model = model }
            self.usage = usage ?? self.usage
        case .text(let choice, let text), .refusal(let choice, let text): chunk(choice, text, into: &output)
        case .logprobs(let choice, let json):
            guard touch(choice) else { return }
            let legacy = LegacyLogprobs.legacy(json, offset: offsets[choice])
            offsets[choice] = legacy.end
            chunk(choice, "", logprobs: legacy.json, into: &output)
        case .finished(let choice, let stop):
            guard touch(choice) else { return }
            finished[choice] = true
            chunk(choice, "", finish: OpenAICompletionsAnswerWriter.finishReason(stop), into: &output)
        case .usage(let usage, _): self.usage = usage
        case .failed(let code, let message): fail(code, message, into: &output)
        case .reasoning, .reasoningSignature, .redactedReasoning, .toolCallBegan, .toolArguments, .audio, .opaque: break
        case .ended: break
        }
    }

    mutating func finish(into output: inout [UInt8]) {
        guard !isComplete else { return }
        isComplete = true
        if !hasFailed {
            if finished.isEmpty { touch(0) }
            for choice in finished.indices where !finished[choice] { chunk(choice, "", finish: "stop", into: &output) }
            if context.request.includesUsage, let usage { write(usage, into: &output) }
        }
        output.append(contentsOf: "data: [DONE]\n\n".utf8)
    }

    /// Makes room for a choice; false for an index that no answer has.
    @discardableResult
    private mutating func touch(_ choice: Int) -> Bool {
        guard choice >= 0, choice < OpenAIChatAnswerReader.indexLimit else { return false }
        while finished.count <= choice {
            finished.append(false)
            offsets.append(0)
        }
        return true
    }

    private mutating func chunk(
        _ choice: Int, _ text: String, finish: String? = nil, logprobs: [UInt8]? = nil, into output: inout [UInt8]
    ) {
        guard touch(choice) else { return }
        event(into: &output) { writer in
            head(&writer)
            writer.array("choices") { writer in
                writer.object { writer in
                    writer.member("text", text)
                    writer.member("index", Int64(choice))
                    writer.key("logprobs")
                    if let logprobs { writer.raw(logprobs) } else { writer.null() }
                    writer.key("finish_reason")
                    if let finish { writer.string(finish) } else { writer.null() }
                }
            }
        }
    }

    private func head(_ writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("object", "text_completion")
        writer.member("created", context.createdAt)
        writer.member("model", model)
    }

    private func write(_ usage: TokenUsage, into output: inout [UInt8]) {
        event(into: &output) { writer in
            head(&writer)
            writer.array("choices") { _ in }
            writer.key("usage")
            OpenAIChatUsage.write(usage, to: &writer)
        }
    }

    private mutating func fail(_ code: String, _ message: String, into output: inout [UInt8]) {
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

    private func event(into output: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        var writer = JSONWriter(capacity: 256)
        writer.object(body)
        output.append(contentsOf: "data: ".utf8)
        output.append(contentsOf: writer.bytes.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        output.append(contentsOf: "\n\n".utf8)
    }
}

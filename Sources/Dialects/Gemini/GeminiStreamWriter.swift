import Bytes
import Vocabulary

/// Writes a stream as Gemini does: each chunk a whole response, as server-sent events or as one JSON array.
struct GeminiStreamWriter: AnswerStreamEncoder {
    private struct Call: Sendable {
        var call: ToolCall
        var choice: Int
        var index: Int
    }

    /// More calls than this at once are passed over.
    private static let callLimit = 128

    private let context: AnswerContext
    private var id = ""
    private var model = ""
    private var usage: TokenUsage?
    /// Calls whose arguments still come: Gemini gives calls whole, and some providers mix the fragments of several.
    private var open: [Call] = []
    private var stops: [Int: Stop] = [:]
    private var seen: Set<Int> = []
    private var hasFailed = false
    private var hasClosed = false
    private var chunks = 0

    init(context: AnswerContext) {
        self.context = context
        id = context.requestID
        model = context.model
    }

    mutating func encode(_ event: AnswerEvent, into output: inout [UInt8]) {
        guard !hasFailed, !hasClosed else { return }
        switch event {
        case .began(let id, let model, let usage):
            if !id.isEmpty { self.id = id }
            if !model.isEmpty { self.model = model }
            if let usage { self.usage = usage }
        case .usage(let usage, _): self.usage = usage
        case .finished(let choice, let stop):
            closeCalls(into: &output)
            stops[choice] = stop
            seen.insert(choice)
        case .failed(let code, let message): fail(code, message, into: &output)
        case .ended: break
        case .toolCallBegan, .toolArguments: encodeCall(event, into: &output)
        default: encodeContent(event, into: &output)
        }
    }

    private mutating func encodeCall(_ event: AnswerEvent, into output: inout [UInt8]) {
        switch event {
        case .toolCallBegan(let choice, let index, let id, let name, let signature):
            closeCalls(into: &output) { JSONText.isObject($0.arguments) }
            guard open.count < Self.callLimit else { return }
            let call = ToolCall(id: id, name: name, arguments: [], signature: signature)
            open.append(Call(call: call, choice: choice, index: index))
        case .toolArguments(let choice, let index, let bytes):
            guard let place = open.lastIndex(where: { $0.choice == choice && $0.index == index }) else { return }
            open[place].call.arguments += bytes
        default: break
        }
    }

    /// Writes the calls, in order, up to the first that is not complete.
    private mutating func closeCalls(into output: inout [UInt8], where isComplete: (ToolCall) -> Bool = { _ in true }) {
        while let call = open.first, isComplete(call.call) {
            open.removeFirst()
            chunk(call.choice, into: &output) { GeminiAnswerWriter.write(call.call, to: &$0) }
        }
    }

    private mutating func encodeContent(_ event: AnswerEvent, into output: inout [UInt8]) {
        closeCalls(into: &output)
        switch event {
        case .text(let choice, let text), .refusal(let choice, let text):
            chunk(choice, into: &output) { $0.object { $0.member("text", text) } }
        case .reasoning(let choice, let text):
            if !text.isEmpty { chunk(choice, into: &output) { GeminiAnswerWriter.thought(text, nil, to: &$0) } }
        case .reasoningSignature(let choice, let signature):
            chunk(choice, into: &output) { GeminiAnswerWriter.thought("", signature, to: &$0) }
        case .redactedReasoning(let choice, let data, let id):
            let signature = GeminiSignature.hide(data, id: id)
            chunk(choice, into: &output) { GeminiAnswerWriter.thought("", signature, to: &$0) }
        case .audio(let choice, let json): encodeAudio(choice, json, into: &output)
        case .opaque(let choice, let type, let json): encodeOpaque(choice, type, json, into: &output)
        case .logprobs(let choice, let json):
            candidate(choice, into: &output) { GeminiLogprobs.write(json, to: &$0) }
        default: break
        }
    }

    private mutating func encodeAudio(_ choice: Int, _ json: [UInt8], into output: inout [UInt8]) {
        let audio = JSONText.read(json) { ($0["data"]?.string, $0["mime_type"]?.string) }
        guard let data = audio?.0 else { return }
        let media = Media(.base64(data), mediaType: audio?.1 ?? "audio/pcm")
        chunk(choice, into: &output) { GeminiAnswerWriter.write(Part(.audio(media)), to: &$0) }
    }

    private mutating func encodeOpaque(_ choice: Int, _ type: String, _ json: [UInt8], into output: inout [UInt8]) {
        if GeminiAnswerWriter.isAnnotation(type) {
            candidate(choice, into: &output) { writer in
                writer.key(type)
                writer.raw(json)
            }
        } else if GeminiAnswerWriter.isOwn(type) {
            chunk(choice, into: &output) { $0.raw(json) }
        }
    }

    /// The last chunk: reasons and counts together, as Gemini sends them.
    mutating func finish(into output: inout [UInt8]) {
        guard !hasClosed else { return }
        if !hasFailed {
            closeCalls(into: &output)
            finishCandidates(into: &output)
        }
        hasClosed = true
        guard context.framing == .jsonArray else { return }
        output.append(contentsOf: (chunks == 0 ? "[]" : "\n]\n").utf8)
    }

    private mutating func finishCandidates(into output: inout [UInt8]) {
        let choices = seen.isEmpty ? [0] : seen.sorted()
        write(into: &output) { [stops, usage] writer in
            writer.array("candidates") { writer in
                for choice in choices { Self.last(choice, stops[choice] ?? Stop(.end), to: &writer) }
            }
            if let usage { GeminiUsage.write(usage, to: &writer) }
        }
    }

    private static func last(_ choice: Int, _ stop: Stop, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.object("content") { writer in
                writer.array("parts") { $0.object { $0.member("text", "") } }
                writer.member("role", "model")
            }
            writer.member("finishReason", GeminiStop.write(stop))
            writer.member("index", Int64(choice))
        }
    }

    private mutating func fail(_ code: String, _ message: String, into output: inout [UInt8]) {
        hasFailed = true
        let status = GeminiErrors.status(code)
        var writer = JSONWriter()
        writer.object { writer in
            writer.object("error") { writer in
                writer.member("code", status.number)
                writer.member("message", message)
                writer.member("status", status.word)
            }
        }
        frame(writer.bytes, into: &output)
    }

    /// A chunk with one part.
    private mutating func chunk(_ choice: Int, into output: inout [UInt8], _ part: (inout JSONWriter) -> Void) {
        candidate(choice, into: &output) { writer in
            writer.object("content") { writer in
                writer.array("parts") { part(&$0) }
                writer.member("role", "model")
            }
        }
    }

    /// A chunk with one candidate.
    private mutating func candidate(_ choice: Int, into output: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        seen.insert(choice)
        write(into: &output) { writer in
            writer.array("candidates") { writer in
                writer.object { writer in
                    body(&writer)
                    writer.member("index", Int64(choice))
                }
            }
        }
    }

    private mutating func write(into output: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.object { writer in
            body(&writer)
            writer.member("modelVersion", model)
            writer.member("responseId", id)
        }
        frame(writer.bytes, into: &output)
    }

    private mutating func frame(_ json: [UInt8], into output: inout [UInt8]) {
        if context.framing == .jsonArray {
            output.append(contentsOf: (chunks == 0 ? "[" : ",\r\n").utf8)
            output.append(contentsOf: json)
        } else {
            output.append(contentsOf: "data: ".utf8)
            output.append(contentsOf: json)
            output.append(contentsOf: "\r\n\r\n".utf8)
        }
        chunks += 1
    }
}

import Bytes
import Dialects
import Testing
import Vocabulary

/// What proves or hides reasoning goes through another format to the caller and comes back to its provider unchanged,
/// whole and streamed.
@Suite struct ReasoningSurvivesTests {
    struct Path: CustomTestStringConvertible, Sendable {
        let caller: WireFormat
        let streams: Bool
        var testDescription: String { "\(caller.rawValue)\(streams ? ", streamed" : "")" }
    }

    static let paths = [WireFormat.anthropicMessages, .openAIResponses].flatMap { caller in
        [Path(caller: caller, streams: false), Path(caller: caller, streams: true)]
    }

    /// A provider's answer, as the caller sends it back in its next request.
    private func returned(_ answer: ModelAnswer, _ path: Path) throws -> ModelRequest {
        let items = path.streams ? try streamed(answer, path.caller) : try whole(answer, path.caller)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("model", "m")
            if path.caller == .openAIResponses {
                writer.member("input", json: items)
            } else {
                writer.array("messages") { writer in
                    writer.object { writer in
                        writer.member("role", "assistant")
                        writer.member("content", json: items)
                    }
                }
            }
        }
        let codec = try #require(GoldenCodecs.caller(path.caller.rawValue))
        return try writer.bytes.withUnsafeBytes { try codec.decode(try JSONView.parse($0), call: CallerPath()) }
    }

    private func whole(_ answer: ModelAnswer, _ caller: WireFormat) throws -> [UInt8] {
        let codec = try #require(GoldenCodecs.caller(caller.rawValue))
        let bytes = codec.encode(answer, context: GoldenRun.context(caller, streams: false))
        return try bytes.withUnsafeBytes { bytes in
            let root = try JSONView.parse(bytes)
            return try #require(caller == .openAIResponses ? root["output"]?.json : root["content"]?.json)
        }
    }

    /// What a client has put together at the stream's end.
    private func streamed(_ answer: ModelAnswer, _ caller: WireFormat) throws -> [UInt8] {
        let codec = try #require(GoldenCodecs.caller(caller.rawValue))
        var encoder = codec.streamEncoder(context: GoldenRun.context(caller, streams: true))
        var output: [UInt8] = []
        for event in answer.events { encoder.encode(event, into: &output) }
        encoder.finish(into: &output)
        let provider = try #require(GoldenCodecs.provider(caller.rawValue))
        if caller == .openAIResponses { return try finalOutput(output) }
        let events = try GoldenRun.events(output, type: "sse", provider)
        var assembler = AnswerAssembler(limit: 1 << 20)
        for event in events { assembler.receive(event) }
        return try whole(assembler.answer, caller)
    }

    private func finalOutput(_ stream: [UInt8]) throws -> [UInt8] {
        var output: [UInt8]?
        var framer = SSEFramer(maximumEventBytes: 1 << 20)
        try stream.withUnsafeBytes { bytes in
            try framer.feed(bytes) { event in
                let root = try JSONView.parse(event.data)
                if root["type"]?.isString("response.completed") == true { output = root["response"]?["output"]?.json }
            }
        }
        return try #require(output)
    }

    private func parts(_ request: ModelRequest) -> [Part.Content] {
        request.turns.filter { $0.role == .assistant }.flatMap(\.parts).map(\.content)
    }

    private static let call = ToolCall(id: "call_1", name: "t", arguments: Array("{}".utf8))

    @Test(arguments: paths)
    func signedThinking(path: Path) throws {
        let thought = Reasoning(text: "Hm, two.", signature: "EqQBCkgIAhABGAI=")
        let hidden = Reasoning(encrypted: "EmwKAhgBEgy3")
        let choice = ModelAnswer.Choice(
            parts: [Part(.reasoning(thought)), Part(.reasoning(hidden)), Part(.toolCall(Self.call))],
            stop: Stop(.toolCalls)
        )
        let back = parts(try returned(ModelAnswer(choices: [choice]), path))
        #expect(back == [.reasoning(thought), .reasoning(hidden), .toolCall(Self.call)])
    }

    @Test(arguments: paths)
    func encryptedReasoning(path: Path) throws {
        var thought = Reasoning(text: "", encrypted: "gAAAAAB", id: "rs_1")
        thought.isSummary = true
        let choice = ModelAnswer.Choice(
            parts: [Part(.reasoning(thought)), Part(.toolCall(Self.call))], stop: Stop(.toolCalls)
        )
        let back = parts(try returned(ModelAnswer(choices: [choice]), path))
        #expect(back == [.reasoning(thought), .toolCall(Self.call)])
    }

    @Test(arguments: paths)
    func signedToolCalls(path: Path) throws {
        var call = Self.call
        call.signature = "CpcBAVSo+/="
        let choice = ModelAnswer.Choice(
            parts: [Part(.text("Wait.")), Part(.toolCall(call))], stop: Stop(.toolCalls)
        )
        let back = parts(try returned(ModelAnswer(choices: [choice]), path))
        #expect(back == [.text("Wait."), .toolCall(call)])
    }

    @Test(arguments: paths)
    func aSummaryWithEncryptedReasoning(path: Path) throws {
        var thought = Reasoning(text: "About two.", encrypted: "gAAAAAB", id: "rs_1")
        thought.isSummary = true
        // Streams carry the summary and what is encrypted apart.
        var events: [AnswerEvent] = [.began(id: "x", model: "m", usage: nil)]
        events += [.reasoning(choice: 0, thought.text), .redactedReasoning(choice: 0, data: "gAAAAAB", id: "rs_1")]
        events += [.text(choice: 0, "Two."), .finished(choice: 0, Stop(.end)), .ended]
        let choice = ModelAnswer.Choice(parts: [Part(.reasoning(thought)), Part(.text("Two."))], stop: Stop(.end))
        let back = parts(try returned(ModelAnswer(choices: [choice]), Path(caller: path.caller, streams: false)))
        #expect(back == [.reasoning(thought), .text("Two.")])
        let codec = try #require(GoldenCodecs.caller(path.caller.rawValue))
        var encoder = codec.streamEncoder(context: GoldenRun.context(path.caller, streams: true))
        var output: [UInt8] = []
        for event in events { encoder.encode(event, into: &output) }
        let text = String(decoding: output, as: UTF8.self)
        #expect(text.contains("sealed.encrypted:rs_1:gAAAAAB"))
    }
}

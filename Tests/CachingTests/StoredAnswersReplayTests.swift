import Bytes
import Caching
import Dialects
import Testing
import Vocabulary

@Suite struct StoredAnswersReplayTests {
    private static let openAI = #"""
        {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,
        "message":{"role":"assistant","content":"Hello there","tool_calls":[{"id":"call_1","type":"function",
        "function":{"name":"f","arguments":"{\"a\":1}"}}]},"finish_reason":"tool_calls"}],
        "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
        """#
    private static let anthropic = #"""
        {"id":"msg_1","type":"message","role":"assistant","model":"claude",
        "content":[{"type":"thinking","thinking":"hm","signature":"SIG"},{"type":"text","text":"Hello"}],
        "stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":2}}
        """#

    private func stored(_ text: String, _ format: WireFormat) -> StoredAnswer {
        var stored = answer(text)
        stored.format = format
        return stored
    }

    private func context(_ format: WireFormat) -> AnswerContext {
        var request = ModelRequest(source: format, model: "m")
        request.streams = true
        return AnswerContext(model: "m", requestID: "id", createdAt: 9, request: request)
    }

    /// Reads a stream back with the format's own decoder.
    private func read(_ chunks: [[UInt8]], _ format: WireFormat) throws -> ModelAnswer {
        var decoder = format.providerCodec.streamDecoder()
        var assembler = AnswerAssembler(limit: 1 << 20)
        var events: [AnswerEvent] = []
        var framer = SSEFramer(maximumEventBytes: 1 << 20)
        for chunk in chunks {
            try chunk.withUnsafeBytes { bytes in
                try framer.feed(bytes) { decoder.receive(name: $0.name, data: $0.data, into: &events) }
            }
        }
        decoder.end(into: &events)
        for event in events { assembler.receive(event) }
        return assembler.answer
    }

    @Test func toolCallsSurviveAStream() throws {
        let chunks = try #require(
            StoredReplay.stream(stored(Self.openAI, .openAIChat), context: context(.openAIChat)))
        let whole = try read(chunks, .openAIChat)
        let parts = whole.choices[0].parts.map(\.content)
        #expect(parts.first == .text("Hello there"))
        #expect(parts.contains(.toolCall(ToolCall(id: "call_1", name: "f", arguments: Array(#"{"a":1}"#.utf8)))))
        #expect(whole.choices[0].stop.reason == .toolCalls)
        let text = String(decoding: chunks.flatMap { $0 }, as: UTF8.self)
        #expect(text.hasSuffix("data: [DONE]\n\n"))
    }

    @Test func signaturesSurviveAStream() throws {
        let chunks = try #require(
            StoredReplay.stream(stored(Self.anthropic, .anthropicMessages), context: context(.anthropicMessages)))
        let parts = try read(chunks, .anthropicMessages).choices[0].parts.map(\.content)
        #expect(parts.contains(.reasoning(Reasoning(text: "hm", signature: "SIG"))))
        #expect(parts.last == .text("Hello"))
    }

    @Test func longTextsComeInPieces() throws {
        let long = String(repeating: "wörd ", count: 500)
        let message = #"{"role":"assistant","content":"\#(long)"}"#
        let body = #"{"id":"x","model":"m","choices":[{"index":0,"message":\#(message),"finish_reason":"stop"}]}"#
        let chunks = try #require(StoredReplay.stream(stored(body, .openAIChat), context: context(.openAIChat)))
        let events = String(decoding: chunks.flatMap { $0 }, as: UTF8.self).split(separator: "\n\n")
        #expect(events.count > 10)
        let whole = try read(chunks, .openAIChat)
        #expect(whole.choices[0].parts.map(\.content) == [.text(long)])
    }

    @Test func wholeAnswersStayAsTheyCame() {
        let body = StoredReplay.whole(stored(Self.openAI, .openAIChat), context: nil)
        #expect(body == Array(Self.openAI.utf8))
    }

    @Test func whatWasAStreamBecomesWhole() throws {
        var kept = stored(Self.openAI, .openAIChat)
        kept.isAssembled = true
        let body = StoredReplay.whole(kept, context: context(.openAIChat))
        let created = try body.withUnsafeBytes { try JSONView.parse($0)["created"]?.int64 }
        #expect(created == 9)
    }

    @Test func vectorsAreNeverStreamed() {
        var kept = answer(#"{"data":[]}"#)
        kept.format = nil
        #expect(StoredReplay.stream(kept, context: context(.openAIChat)) == nil)
        #expect(StoredReplay.stream(stored("not json", .openAIChat), context: context(.openAIChat)) == nil)
    }
}

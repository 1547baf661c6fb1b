import Bytes
import Dialects
import Testing

/// Some providers mix the fragments of parallel calls; callers get every call whole all the same.
@Suite struct MixedToolCallsTests {
    private static let mixed: [AnswerEvent] = [
        .began(id: "x", model: "m", usage: nil),
        .toolCallBegan(choice: 0, index: 0, id: "a", name: "one", signature: nil),
        .toolArguments(choice: 0, index: 0, Array(#"{"p":"#.utf8)),
        .toolCallBegan(choice: 0, index: 1, id: "b", name: "two", signature: "c2ln"),
        .toolArguments(choice: 0, index: 1, Array(#"{"q":"#.utf8)),
        .toolArguments(choice: 0, index: 0, Array("1}".utf8)),
        .toolCallBegan(choice: 0, index: 2, id: "c", name: "three", signature: nil),
        .toolArguments(choice: 0, index: 1, Array("2}".utf8)),
        .finished(choice: 0, Stop(.toolCalls)),
        .ended,
    ]

    /// What a stream says to a client that reads it.
    private func read(
        _ events: [AnswerEvent], _ caller: any CallerCodec.Type, _ provider: any ProviderCodec.Type
    ) throws -> ModelAnswer {
        let context = AnswerContext(
            model: "m", requestID: "r", createdAt: 0, request: ModelRequest(source: .openAIChat, model: "m")
        )
        var encoder = caller.streamEncoder(context: context)
        var output: [UInt8] = []
        for event in events { encoder.encode(event, into: &output) }
        encoder.finish(into: &output)
        var decoder = provider.streamDecoder()
        var assembler = AnswerAssembler(limit: 1 << 20)
        var framer = SSEFramer(maximumEventBytes: 1 << 20)
        try output.withUnsafeBytes { bytes in
            try framer.feed(bytes) { event in
                var read: [AnswerEvent] = []
                decoder.receive(name: event.name, data: event.data, into: &read)
                for event in read { assembler.receive(event) }
            }
        }
        #expect(assembler.hasEnded)
        return assembler.answer
    }

    private func calls(_ answer: ModelAnswer) -> [String] {
        answer.choices.flatMap(\.parts).compactMap { part in
            guard case .toolCall(let call) = part.content else { return nil }
            return "\(call.id) \(call.name) \(String(decoding: call.arguments, as: UTF8.self))"
        }
    }

    @Test func anthropicCallersGetThemOneAfterTheOther() throws {
        let answer = try read(Self.mixed, AnthropicMessagesCodec.self, AnthropicMessagesCodec.self)
        #expect(calls(answer) == [#"a one {"p":1}"#, #"b two {"q":2}"#, "c three {}"])
        #expect(answer.choices.first?.stop.reason == .toolCalls)
    }

    @Test func responsesCallersGetThemInTheirPlaces() throws {
        let answer = try read(Self.mixed, OpenAIResponsesCodec.self, OpenAIResponsesCodec.self)
        #expect(calls(answer) == [#"a one {"p":1}"#, #"b two {"q":2}"#, "c three {}"])
        #expect(answer.choices.first?.stop.reason == .toolCalls)
    }

    @Test func aCallThatNeverEndsHoldsNothingBack() throws {
        let broken = Self.mixed.filter { event in
            if case .toolArguments(_, 0, let bytes) = event { return bytes.count > 3 }
            return true
        }
        let answer = try read(broken, AnthropicMessagesCodec.self, AnthropicMessagesCodec.self)
        #expect(calls(answer) == [#"a one {"p":"#, #"b two {"q":2}"#, "c three {}"])
    }
}

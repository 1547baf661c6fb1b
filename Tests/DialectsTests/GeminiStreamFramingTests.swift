import Bytes
import Dialects
import Testing
import Vocabulary

@Suite struct GeminiStreamFramingTests {
    private func stream(_ events: [AnswerEvent], framing: StreamFraming) -> String {
        var context = AnswerContext(
            model: "gemini-x", requestID: "r1", createdAt: 0,
            request: ModelRequest(source: .geminiGenerateContent, model: "gemini-x"))
        context.framing = framing
        var encoder = GeminiCodec.streamEncoder(context: context)
        var output: [UInt8] = []
        for event in events { encoder.encode(event, into: &output) }
        encoder.finish(into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private static let events: [AnswerEvent] = [
        .began(id: "", model: "", usage: nil), .text(choice: 0, "Hel"), .text(choice: 0, "lo"),
        .finished(choice: 0, Stop(.end)), .usage(TokenUsage(), serviceTier: nil), .ended,
    ]

    @Test func withoutEventsAStreamIsOneArray() throws {
        let text = stream(Self.events, framing: .jsonArray)
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBytes { buffer in
            let array = try JSONView.parse(buffer)
            #expect(array.kind == .array)
            #expect(array.elements.map { $0["responseId"]?.string } == ["r1", "r1", "r1"])
            #expect(array.elements.map { $0["candidates"] != nil } == [true, true, true])
        }
    }

    @Test func anArrayIsClosedEvenIfNothingCame() {
        let text = stream([], framing: .jsonArray)
        #expect(text.hasPrefix("[{") && text.hasSuffix("]\n"))
    }

    @Test func anErrorIsTheLastElement() throws {
        let events = Self.events.prefix(2) + [.failed(code: "overloaded_error", message: "busy"), .text(choice: 0, "x")]
        let bytes = Array(stream(Array(events), framing: .jsonArray).utf8)
        try bytes.withUnsafeBytes { buffer in
            let elements = Array(try JSONView.parse(buffer).elements)
            #expect(elements.count == 2)
            #expect(elements.last?["error"]?["status"]?.string == "UNAVAILABLE")
        }
    }

    @Test func eventsEndWithReasonAndCountsTogether() throws {
        let text = stream(Self.events, framing: .serverSentEvents)
        let events = text.split(separator: "\r\n\r\n")
        #expect(events.count == 3)
        #expect(events[2].contains(#""finishReason":"STOP""#) && events[2].contains("usageMetadata"))
        #expect(!events[1].contains("finishReason"))
    }

    @Test func callsWhoseFragmentsAreMixedComeWhole() {
        func began(_ index: Int) -> AnswerEvent {
            .toolCallBegan(choice: 0, index: index, id: "c\(index)", name: "f", signature: nil)
        }
        func part(_ index: Int, _ text: String) -> AnswerEvent {
            .toolArguments(choice: 0, index: index, Array(text.utf8))
        }
        let mixed = [began(0), began(1), part(0, #"{"a":"#), part(1, #"{"b":"#), part(1, "2}"), part(0, "1}")]
        let text = stream(Self.events.prefix(1) + mixed + Self.events.suffix(3), framing: .serverSentEvents)
        let events = text.split(separator: "\r\n\r\n")
        #expect(events.count == 3)
        #expect(events[0].contains(#""id":"c0","name":"f","args":{"a":1}"#))
        #expect(events[1].contains(#""id":"c1","name":"f","args":{"b":2}"#))
    }

    @Test(arguments: [
        ("/v1beta/models/gemini-2.5-pro:generateContent", "gemini-2.5-pro", GeminiPaths.Method.generateContent),
        ("/models/a:b:streamGenerateContent", "a:b", .streamGenerateContent),
        (
            "/v1/projects/p/locations/l/publishers/google/models/gemini-3-pro:countTokens", "gemini-3-pro",
            .countTokens
        ),
    ])
    func pathsNameModelAndMethod(path: String, model: String, method: GeminiPaths.Method) throws {
        let read = try #require(GeminiPaths.parse(path))
        #expect(read.model == model && read.method == method)
    }

    @Test(arguments: ["/v1beta/models/x", "/v1beta/models/:generateContent", "/x:generateContent", "/models/x:unknown"])
    func otherPathsAreNone(path: String) {
        #expect(GeminiPaths.parse(path) == nil)
    }

    @Test func theQuerySaysTheFraming() {
        #expect(GeminiPaths.framing(query: "key=1&alt=sse") == .serverSentEvents)
        #expect(GeminiPaths.framing(query: "alt=json") == .jsonArray)
        #expect(GeminiPaths.framing(query: "") == .jsonArray)
    }
}

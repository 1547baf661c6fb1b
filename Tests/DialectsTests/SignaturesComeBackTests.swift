import Bytes
import Dialects
import Testing
import Vocabulary

/// A chat client that sends an answer's message back as it came gives the provider its own signatures.
@Suite struct SignaturesComeBackTests {
    /// The request that follows an answer, as the provider gets it.
    private func echo(_ message: String, to provider: any ProviderCodec.Type) throws -> String {
        let request = """
            {"model":"m","messages":[{"role":"user","content":"Q"},\(message),{"role":"tool","tool_call_id":"call_1",\
            "content":"4"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}
            """
        let result = try GoldenRun.request(Array(request.utf8), OpenAIChatCodec.self, CallerPath(), provider)
        return String(decoding: result, as: UTF8.self)
    }

    private func message(_ parts: [Part]) throws -> String {
        let answer = ModelAnswer(id: "a", model: "m", choices: [.init(parts: parts, stop: Stop(.toolCalls))])
        let bytes = OpenAIChatCodec.encode(answer, context: GoldenRun.context(.openAIChat, streams: false))
        return try bytes.withUnsafeBytes { buffer in
            let choice = try JSONView.parse(buffer)["choices"]?.elements.first { _ in true }
            return String(decoding: try #require(choice?["message"]).raw, as: UTF8.self)
        }
    }

    /// The message that a client puts together from a stream, details one after the other.
    private func streamed(_ events: [AnswerEvent]) throws -> String {
        var encoder = OpenAIChatCodec.streamEncoder(context: GoldenRun.context(.openAIChat, streams: true))
        var bytes: [UInt8] = []
        for event in events { encoder.encode(event, into: &bytes) }
        var (details, calls): ([String], [String]) = ([], [])
        var framer = SSEFramer(maximumEventBytes: 1 << 16)
        try bytes.withUnsafeBytes { buffer in
            try framer.feed(buffer) { event in
                let delta = try JSONView.parse(event.data)["choices"]?.elements.first { _ in true }?["delta"]
                for detail in delta?["reasoning_details"].map({ Array($0.elements) }) ?? [] {
                    details.append(String(decoding: detail.raw, as: UTF8.self))
                }
                for call in delta?["tool_calls"].map({ Array($0.elements) }) ?? [] where call["id"] != nil {
                    calls.append(String(decoding: call.raw, as: UTF8.self))
                }
            }
        }
        let (joinedDetails, joinedCalls) = (details.joined(separator: ","), calls.joined(separator: ","))
        return
            #"{"role":"assistant","content":null,"reasoning_details":[\#(joinedDetails)],"tool_calls":[\#(joinedCalls)]}"#
    }

    private let call = ToolCall(id: "call_1", name: "f", arguments: Array("{}".utf8))

    @Test func anthropicsThinking() throws {
        let parts = [
            Part(.reasoning(Reasoning(text: "One.", signature: "sig-1"))),
            Part(.reasoning(Reasoning(encrypted: "red-1"))),
            Part(.reasoning(Reasoning(text: "Two.", signature: "sig-2"))), Part(.toolCall(call)),
        ]
        let expected =
            #"[{"type":"thinking","thinking":"One.","signature":"sig-1"},{"type":"redacted_thinking","data":"red-1"},"#
            + #"{"type":"thinking","thinking":"Two.","signature":"sig-2"},{"type":"tool_use""#
        #expect(try echo(try message(parts), to: AnthropicMessagesCodec.self).contains(expected))
        let events: [AnswerEvent] = [
            .began(id: "a", model: "m", usage: nil), .reasoning(choice: 0, "On"), .reasoning(choice: 0, "e."),
            .reasoningSignature(choice: 0, "sig-1"), .redactedReasoning(choice: 0, data: "red-1", id: nil),
            .reasoning(choice: 0, "Two."), .reasoningSignature(choice: 0, "sig-2"),
            .toolCallBegan(choice: 0, index: 0, id: "call_1", name: "f", signature: nil),
            .finished(choice: 0, Stop(.toolCalls)), .ended,
        ]
        #expect(try echo(try streamed(events), to: AnthropicMessagesCodec.self).contains(expected))
    }

    @Test func geminisCallSignatures() throws {
        var signed = call
        signed.signature = "thought"
        let result = try echo(try message([Part(.toolCall(signed))]), to: GeminiCodec.self)
        #expect(result.contains(#""thoughtSignature":"thought""#))
        let events: [AnswerEvent] = [
            .toolCallBegan(choice: 0, index: 0, id: "call_1", name: "f", signature: "thought"), .ended,
        ]
        #expect(try echo(try streamed(events), to: GeminiCodec.self).contains(#""thoughtSignature":"thought""#))
    }

    @Test func openRoutersWayOfSigningCalls() throws {
        let message = """
            {"role":"assistant","content":null,"reasoning_details":[{"type":"reasoning.encrypted","data":"thought",\
            "id":"call_1","format":"google-gemini-v1"}],"tool_calls":[{"id":"call_1","type":"function",\
            "function":{"name":"f","arguments":"{}"}}]}
            """
        #expect(try echo(message, to: GeminiCodec.self).contains(#""thoughtSignature":"thought""#))
    }

    @Test func openAIsHiddenItems() throws {
        var hidden = Reasoning(text: "Sum.", encrypted: "enc", id: "rs_1")
        hidden.isSummary = true
        let result = try echo(
            try message([Part(.reasoning(hidden)), Part(.toolCall(call))]), to: OpenAIResponsesCodec.self)
        #expect(result.components(of: #""id":"rs_1""#) == 1)
        #expect(result.contains(#""encrypted_content":"enc""#))
    }
}

extension String {
    /// How often `needle` occurs.
    fileprivate func components(of needle: String) -> Int {
        split(separator: needle, omittingEmptySubsequences: false).count - 1
    }
}

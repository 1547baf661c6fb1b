import Bytes
import Simulator
import Testing

/// Gemini's, Bedrock's and Cohere's manners.
@Suite struct OtherProvidersTests {
    private static let contents = #""contents":[{"role":"user","parts":[{"text":"echo: a b c"}]}]"#
    private static let messages = #""messages":[{"role":"user","content":[{"text":"echo: a b c"}]}]"#
    private static let cohere = #""model":"command-a","messages":[{"role":"user","content":"echo: a b c"}]"#
    private static let schema = #"{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"#

    private struct Message: Equatable {
        var kind: AmazonEventStreamMessage.Kind
        var name: String
        var data: String
    }

    private func messages(of calling: Calling) throws -> [Message] {
        var framer = AmazonEventStreamFramer(maximumMessageBytes: 1 << 20)
        var messages: [Message] = []
        try calling.body.withUnsafeBytes { bytes in
            try framer.feed(bytes) { message in
                messages.append(
                    Message(
                        kind: message.kind, name: String(decoding: message.name, as: UTF8.self),
                        data: String(decoding: message.data, as: UTF8.self)))
            }
        }
        return messages
    }

    @Test func geminiAnswersWithTheModelOfThePath() throws {
        let calling = try Calling("/v1beta/models/gemini-2.5-flash:generateContent", "{\(Self.contents)}")
        #expect(try calling.get("candidates", 0, "content", "parts", 0, "text") == "a b c")
        #expect(try calling.get("candidates", 0, "finishReason") == "STOP")
        #expect(try calling.get("modelVersion") == "gemini-2.5-flash")
        #expect(try calling.get("usageMetadata", "totalTokenCount") == "5")
        let vertex = "/v1/projects/p/locations/l/publishers/google/models/gemini-3-pro:generateContent"
        #expect(try Calling(vertex, "{\(Self.contents)}").get("modelVersion") == "gemini-3-pro")
    }

    @Test func geminiStreamsEventsOrOneArray() throws {
        let path = "/v1beta/models/gemini-2.5-flash:streamGenerateContent"
        let events = try Calling(path + "?alt=sse", "{\(Self.contents)}")
        let pieces = try events.fragments("candidates", 0, "content", "parts", 0, "text")
        #expect(pieces == ["a", " b", " c", ""])
        #expect(events.plan.contentType.hasPrefix("text/event-stream"))
        let array = try Calling(path, "{\(Self.contents)}")
        #expect(try array.get(3, "candidates", 0, "finishReason") == "STOP")
        #expect(try array.get(1, "candidates", 0, "content", "parts", 0, "text") == " b")
        #expect(array.plan.contentType.hasPrefix("application/json"))
    }

    @Test func geminiCallsFunctionsAndThinks() throws {
        let tools = #""tools":[{"functionDeclarations":[{"name":"get_weather","parametersJsonSchema":\#(Self.schema)}]}]"#
        let config = #""generationConfig":{"thinkingConfig":{"thinkingBudget":512}}"#
        let text = #""contents":[{"parts":[{"text":"What is the weather in Paris?"}]}]"#
        let calling = try Calling("/v1beta/models/g:generateContent", "{\(text),\(tools),\(config)}")
        #expect(try calling.get("candidates", 0, "content", "parts", 0, "thought") == "true")
        #expect(try calling.get("candidates", 0, "content", "parts", 1, "functionCall", "args", "city") == "Paris")
        let signature = try calling.get("candidates", 0, "content", "parts", 1, "thoughtSignature")
        #expect(Base64.decode(signature) != nil)
        #expect(try calling.get("usageMetadata", "thoughtsTokenCount") != "(missing)")
    }

    @Test func geminiCountsTokensAndTakesItsOwnKey() throws {
        let engine = try SimulatorEngine()
        let path = "/v1beta/models/g:countTokens"
        let body = Array("{\(Self.contents)}".utf8)
        let plan = engine.plan(uri: path, headers: [("x-goog-api-key", "k")], body: body)
        #expect(plan.steps.contains(.bytes(Array(#"{"totalTokens":3}"#.utf8))))
        #expect(engine.plan(uri: path + "?key=k", body: body).status == 200)
        #expect(engine.plan(uri: path, body: body).status == 401)
    }

    @Test func bedrockAnswersWithTheModelOfThePath() throws {
        let path = "/model/us.anthropic.claude-sonnet-4%3A0/converse"
        let calling = try Calling(path, "{\(Self.messages)}")
        #expect(try calling.get("output", "message", "content", 0, "text") == "a b c")
        #expect(try calling.get("stopReason") == "end_turn")
        #expect(try calling.get("usage", "inputTokens") == "3")
        let marked = #"{"messages":[{"role":"user","content":[{"text":"echo: a"},{"cachePoint":{"type":"default"}}]}]}"#
        #expect(try Calling(path, marked).get("usage", "cacheWriteInputTokens") == "2")
    }

    @Test func bedrockStreamsBinaryMessages() throws {
        let calling = try Calling("/model/m/converse-stream", "{\(Self.messages)}")
        #expect(calling.plan.contentType == "application/vnd.amazon.eventstream")
        let messages = try messages(of: calling)
        let names = [
            "messageStart", "contentBlockDelta", "contentBlockDelta", "contentBlockDelta", "contentBlockStop",
            "messageStop", "metadata",
        ]
        #expect(messages.map(\.name) == names)
        #expect(messages[2].data == #"{"contentBlockIndex":0,"delta":{"text":" b"}}"#)
    }

    @Test func bedrockStreamsBreakWithAnException() throws {
        let calling = try Calling("/model/m/converse-stream", "{\(Self.messages)}", fault: "error-event=after-2-chunks")
        let messages = try messages(of: calling)
        #expect(messages.map(\.kind) == [.event, .event, .exception])
        #expect(messages.last?.name == "modelStreamErrorException")
        let cut = try Calling("/model/m/converse-stream", "{\(Self.messages)}", fault: "no-done")
        #expect(try self.messages(of: cut).last?.name == "contentBlockStop")
    }

    @Test func bedrockCallsTools() throws {
        let tools = #""toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":\#(Self.schema)}}}]"#
        let forced = #"{\#(Self.messages),\#(tools),"toolChoice":{"any":{}}}}"#
        let whole = try Calling("/model/m/converse", forced)
        #expect(try whole.get("output", "message", "content", 0, "toolUse", "name") == "f")
        #expect(try whole.get("stopReason") == "tool_use")
        let stream = try messages(of: Calling("/model/m/converse-stream", forced))
        #expect(stream.contains { $0.name == "contentBlockStart" && $0.data.contains("tooluse_") })
    }

    @Test func cohereAnswersAndStreams() throws {
        let whole = try Calling("/v2/chat", "{\(Self.cohere)}")
        #expect(try whole.get("message", "content", 0, "text") == "a b c")
        #expect(try whole.get("finish_reason") == "COMPLETE")
        #expect(try whole.get("usage", "billed_units", "input_tokens") == "3")
        #expect(try whole.get("usage", "tokens", "input_tokens") == "67")
        let stream = try Calling("/v2/chat", #"{\#(Self.cohere),"stream":true}"#)
        #expect(try stream.fragments("delta", "message", "content", "text") == ["", "a", " b", " c"])
        #expect(try stream.events().map(\.name).suffix(2) == ["message-end", ""])
    }

    @Test func cohereCallsTools() throws {
        let tools = #""tools":[{"type":"function","function":{"name":"f","parameters":\#(Self.schema)}}]"#
        let body = #"{\#(Self.cohere),\#(tools),"tool_choice":"REQUIRED","stream":true}"#
        let names = try Calling("/v2/chat", body).events().map(\.name)
        #expect(names.contains("tool-plan-delta") && names.contains("tool-call-start"))
        #expect(names.contains("tool-call-delta") && names.contains("tool-call-end"))
    }

    @Test func errorsSpeakTheDialectOfThePath() throws {
        let fault = "status=429"
        let gemini = try Calling("/v1beta/models/g:generateContent", "{\(Self.contents)}", fault: fault)
        #expect(try gemini.get("error", "status") == "RESOURCE_EXHAUSTED")
        let bedrock = try Calling("/model/m/converse", "{\(Self.messages)}", fault: fault)
        #expect(bedrock.plan.headers.contains { $0 == ("x-amzn-errortype", "ThrottlingException") })
        #expect(try Calling("/v2/chat", "{\(Self.cohere)}", fault: fault).get("message").hasPrefix("Rate limit"))
        #expect(try Calling("/v1beta/models/no-such-model:generateContent", "{\(Self.contents)}").plan.status == 404)
        #expect(try Calling("/model/m/converse", "{}").plan.status == 400)
        #expect(try Calling("/model/m/converse", "", method: "GET").plan.status == 405)
    }

    @Test func malformedEventsStayWellFramed() throws {
        let calling = try Calling("/model/m/converse-stream", "{\(Self.messages)}", fault: "malformed-event=2; split=7")
        let messages = try messages(of: calling)
        #expect(messages.count == 7)
        #expect(messages[1].data == #"{"contentBlockIndex":0"#)
    }
}

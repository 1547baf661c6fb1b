import Bytes
import Dialects
import Testing
import Vocabulary

@Suite struct TokenCountingTests {
    private func gemini(_ json: String) throws -> ModelRequest {
        let bytes = Array(json.utf8)
        return try bytes.withUnsafeBytes {
            try GeminiTokenCount.decode(try JSONView.parse($0), call: CallerPath(model: "gemini-x"))
        }
    }

    private func tokens(_ json: String, _ read: (JSONView) -> Int64?) throws -> Int64? {
        let bytes = Array(json.utf8)
        return try bytes.withUnsafeBytes { read(try JSONView.parse($0)) }
    }

    private static let contents = #""contents":[{"role":"user","parts":[{"text":"Hello"}]}]"#

    @Test(arguments: [
        "{\(contents)}", #"{"generateContentRequest":{"model":"models/gemini-x",\#(contents)}}"#,
        #"{"generate_content_request":{\#(contents)}}"#,
    ])
    func geminisFormsAreRead(json: String) throws {
        let request = try gemini(json)
        #expect(request.model == "gemini-x")
        #expect(request.turns == [Turn(.user, [Part(.text("Hello"))])])
    }

    @Test func aRequestGoesToGeminiWithoutTheAnswersOptions() throws {
        let request = try gemini("{\(Self.contents),\"generationConfig\":{\"temperature\":1}}")
        var changes: [ParameterChange] = []
        let body = try GeminiTokenCount.encode(
            request, target: EncodingTarget(model: "gemini-2.5-pro"), changes: &changes)
        let expected = #"{"generateContentRequest":{"model":"models/gemini-2.5-pro",\#(Self.contents)}}"#
        #expect(String(decoding: body, as: UTF8.self) == expected)
    }

    @Test func aRequestGoesToBedrockInItsEnvelope() throws {
        var changes: [ParameterChange] = []
        let body = try BedrockTokenCount.encode(
            try gemini("{\(Self.contents),\"generationConfig\":{\"temperature\":1}}"),
            target: EncodingTarget(model: "anthropic.claude"), changes: &changes)
        let expected = #"{"input":{"converse":{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}}}"#
        #expect(String(decoding: body, as: UTF8.self) == expected)
    }

    @Test func anthropicsCountTakesMessagesWithoutTheAnswersOptions() {
        let messages = #"{"model":"c","max_tokens":5,"stream":true,"messages":[],"system":"s","temperature":1}"#
        let body = AnthropicTokenCount.request(fromMessages: Array(messages.utf8))
        #expect(String(decoding: body, as: UTF8.self) == #"{"model":"c","messages":[],"system":"s"}"#)
    }

    @Test func aCountCallerNeedsNoLimit() throws {
        let bytes = Array(#"{"model":"c","messages":[{"role":"user","content":"Hi"}]}"#.utf8)
        let request = try bytes.withUnsafeBytes { buffer in
            let messages = AnthropicTokenCount.messages(fromRequest: try JSONView.parse(buffer))
            return try messages.withUnsafeBytes {
                try AnthropicMessagesCodec.decode(try JSONView.parse($0), call: CallerPath())
            }
        }
        #expect(request.turns.count == 1)
    }

    @Test func countsAreReadAndWritten() throws {
        #expect(try tokens(#"{"totalTokens":12}"#, GeminiTokenCount.tokens) == 12)
        #expect(try tokens(#"{"total_tokens":12}"#, GeminiTokenCount.tokens) == 12)
        #expect(try tokens(#"{"input_tokens":7}"#, AnthropicTokenCount.tokens) == 7)
        #expect(try tokens(#"{"inputTokens":3}"#, BedrockTokenCount.tokens) == 3)
        #expect(try tokens("[]", GeminiTokenCount.tokens) == nil)
        #expect(String(decoding: GeminiTokenCount.encode(tokens: 9), as: UTF8.self) == #"{"totalTokens":9}"#)
        #expect(String(decoding: AnthropicTokenCount.encode(tokens: 9), as: UTF8.self) == #"{"input_tokens":9}"#)
    }
}

@Suite struct TokenEstimateTests {
    private func request(_ parts: [Part]) -> ModelRequest {
        var request = ModelRequest(source: .openAIChat, model: "m")
        request.turns = [Turn(.user, parts)]
        return request
    }

    @Test func textIsFourBytesAToken() {
        #expect(TokenEstimate.input(of: request([Part(.text("12345678"))])) == 2 + TokenEstimate.tokensPerMessage)
        #expect(TokenEstimate.tokens(bytes: 0) == 0)
        #expect(TokenEstimate.tokens(bytes: 9) == 3)
    }

    @Test func everyPartCounts() {
        let text = Part(.text("1234"))
        let more: [Part] = [
            Part(.image(Media(.url("https://example.com/a.png")))),
            Part(.document(Media(.base64(String(repeating: "A", count: 6_400))))),
            Part(.audio(Media(.base64(String(repeating: "A", count: 68_000))))),
            Part(.video(Media(.file("f")))),
            Part(.toolCall(ToolCall(id: "a", name: "f", arguments: Array("{}".utf8)))),
            Part(.toolResult(ToolResult(callID: "a", parts: [text]))),
            Part(.reasoning(Reasoning(text: "1234"))),
            Part(.opaque(type: "x", json: Array("{\"a\":1}".utf8))),
        ]
        var before = TokenEstimate.input(of: request([text]))
        for count in more.indices {
            let after = TokenEstimate.input(of: request([text] + more[...count]))
            #expect(after > before, "part \(count)")
            before = after
        }
        #expect(TokenEstimate.input(of: request([more[1]])) == 200 + TokenEstimate.tokensPerMessage)
    }

    @Test func toolsAndSchemasCount() {
        var one = request([Part(.text("Hi"))])
        let plain = TokenEstimate.input(of: one)
        one.tools = [Tool(name: "name", description: "1234", kind: .function(parameters: Array("{}  ".utf8), strict: nil))]
        #expect(TokenEstimate.input(of: one) == plain + 3)
        one.format = .jsonSchema(name: "1234", description: nil, schema: Array("{   ".utf8), strict: nil)
        #expect(TokenEstimate.input(of: one) == plain + 5)
    }
}

import Bytes
import Dialects
import Testing
import Vocabulary

/// A request as a provider gets it, and what was named as changed.
private struct Sent {
    var body: String
    var changes: [ParameterChange]

    func has(_ text: String) -> Bool { body.contains(text) }
    func names(_ action: ParameterChange.Action) -> [String] { changes.filter { $0.action == action }.map(\.name) }
}

private func send(
    _ json: String, as caller: any CallerCodec.Type = OpenAIChatCodec.self, to provider: any ProviderCodec.Type,
    model: String, quirks: Set<String> = []
) throws -> Sent {
    let bytes = Array(json.utf8)
    let request = try bytes.withUnsafeBytes {
        try caller.decode(try JSONView.parse($0), call: CallerPath(model: "m"))
    }
    var target = EncodingTarget(model: model)
    target.quirks.unsupported = quirks
    var changes: [ParameterChange] = []
    let body = try provider.encode(request, target: target, changes: &changes)
    return Sent(body: String(decoding: body, as: UTF8.self), changes: changes)
}

private func chat(_ members: String, content: String = #""Hi""#) -> String {
    #"{"model":"m","messages":[{"role":"user","content":\#(content)}]\#(members.isEmpty ? "" : ",")\#(members)}"#
}

@Suite struct GeminiByModelTests {
    @Test(arguments: [
        ("low", #""thinkingBudget":1024"#), ("medium", #""thinkingBudget":8192"#), ("xhigh", #""thinkingBudget":24576"#),
        ("none", #""thinkingBudget":0"#),
    ])
    func oldModelsTakeBudgets(effort: String, expected: String) throws {
        let json = chat(#""reasoning_effort":"\#(effort)""#)
        let sent = try send(json, to: GeminiCodec.self, model: "gemini-2.5-flash")
        #expect(sent.has(expected))
        #expect(sent.names(.mapped) == (effort == "none" ? [] : ["reasoning_effort"]))
    }

    @Test(arguments: [("low", "LOW"), ("medium", "MEDIUM"), ("max", "HIGH"), ("none", "MINIMAL")])
    func newModelsTakeLevels(effort: String, expected: String) throws {
        let sent = try send(chat(#""reasoning_effort":"\#(effort)""#), to: GeminiCodec.self, model: "gemini-3-pro")
        #expect(sent.has(#""thinkingLevel":"\#(expected)""#))
        #expect(!sent.has("thinkingBudget"))
    }

    private static let history = """
        {"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[
        {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},
        {"id":"b","type":"function","function":{"name":"f","arguments":"broken"}}]},
        {"role":"tool","tool_call_id":"a","content":"1"},{"role":"tool","tool_call_id":"b","content":"2"}]}
        """

    @Test func aCallWithoutItsSignatureGetsGooglesPlaceholderOnce() throws {
        let sent = try send(Self.history, to: GeminiCodec.self, model: "gemini-3-flash")
        #expect(sent.body.components("skip_thought_signature_validator") == 1)
        #expect(sent.names(.mapped) == ["messages[].thought_signature"])
        let old = try send(Self.history, to: GeminiCodec.self, model: "gemini-2.5-pro")
        #expect(!old.has("thoughtSignature"))
    }

    @Test func brokenArgumentsAreStillSent() throws {
        let sent = try send(Self.history, to: GeminiCodec.self, model: "gemini-2.5-pro")
        #expect(sent.has(#""args":{"_raw":"broken"}"#))
    }

    @Test func idsAreLeftOutWhereTheProviderRefusesThem() throws {
        let sent = try send(
            Self.history, to: GeminiCodec.self, model: "gemini-2.5-pro", quirks: ["functionCall.id"])
        #expect(!sent.has(#""id":"#))
    }

    @Test func schemaKeywordsThatGeminiLacksAreRemovedAndNamed() throws {
        let schema = """
            {"$schema":"x","type":"object","definitions":{"P":{"type":"string","pattern":"a","const":"v"}},
            "properties":{"pattern":{"$ref":"#/definitions/P"},"q":{"allOf":[{"type":"integer","exclusiveMinimum":0}]}}}
            """
        let tool = #""tools":[{"type":"function","function":{"name":"f","parameters":\#(schema)}}]"#
        let sent = try send(chat(tool), to: GeminiCodec.self, model: "gemini-2.5-pro")
        let expected = """
            {"type":"object","$defs":{"P":{"type":"string","enum":["v"]}},"properties":\
            {"pattern":{"$ref":"#/$defs/P"},"q":{"type":"integer"}}}
            """
        #expect(sent.has(#""parametersJsonSchema":\#(expected)"#))
        #expect(sent.changes.map(\.detail).contains { $0.hasSuffix("$schema, exclusiveMinimum, pattern") })
    }

    @Test func aHeldFileOfAnotherProviderIsRefusedWithTheMend() {
        #expect {
            try send(
                chat("", content: #"[{"type":"file","file":{"file_id":"file-1"}}]"#), to: GeminiCodec.self,
                model: "gemini-2.5-pro")
        } throws: { error in
            (error as? TranslationFault)?.message.contains("send it as base64") ?? false
        }
    }
}

@Suite struct BedrockByModelTests {
    private let claude = "us.anthropic.claude-sonnet-4-20250514-v1:0"

    @Test func claudeThinksWithABudgetBelowTheLimit() throws {
        let json = chat(#""reasoning_effort":"high","max_tokens":4000,"temperature":0.2,"top_k":5"#)
        let sent = try send(json, to: BedrockConverseCodec.self, model: claude)
        #expect(sent.has(#""thinking":{"type":"enabled","budget_tokens":3999}"#))
        #expect(!sent.has("temperature") && !sent.has("top_k"))
        #expect(sent.names(.dropped).sorted() == ["temperature", "top_k"])
        #expect(sent.names(.mapped) == ["reasoning_effort"])
    }

    @Test func aLimitThatIsTooShortLeavesThinkingOut() throws {
        let json = chat(#""reasoning_effort":"high","max_tokens":500,"temperature":0.2"#)
        let sent = try send(json, to: BedrockConverseCodec.self, model: claude)
        #expect(!sent.has("thinking"))
        #expect(sent.has(#""temperature":0.2"#))
        #expect(sent.names(.dropped) == ["reasoning_effort"])
    }

    @Test func claudeIsNotForcedToCallWhileItThinks() throws {
        let tool = #""tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":"required""#
        let thinking = try send(chat(tool + #","reasoning_effort":"low""#), to: BedrockConverseCodec.self, model: claude)
        #expect(!thinking.has("toolChoice"))
        #expect(thinking.names(.dropped) == ["tool_choice"])
        let plain = try send(chat(tool), to: BedrockConverseCodec.self, model: claude)
        #expect(plain.has(#""toolChoice":{"any":{}}"#))
    }

    @Test(arguments: [
        ("amazon.nova-2-lite-v1:0", #""reasoningConfig":{"type":"enabled","maxReasoningEffort":"high"}"#),
        ("openai.gpt-oss-120b-1:0", #""reasoning_effort":"xhigh""#),
    ])
    func otherMakersTakeEfforts(model: String, expected: String) throws {
        let sent = try send(chat(#""reasoning_effort":"xhigh""#), to: BedrockConverseCodec.self, model: model)
        #expect(sent.has(expected))
    }

    @Test func membersUnderAmazonsNamesGoOnAsTheyCame() throws {
        let json = chat(
            #""guardrailConfig":{"guardrailIdentifier":"g","guardrailVersion":"1"},"top_k":3,"#
                + #""additionalModelRequestFields":{"anthropic_beta":["x"]},"performanceConfig":{"latency":"optimized"}"#)
        let sent = try send(json, to: BedrockConverseCodec.self, model: claude)
        #expect(sent.has(#""additionalModelRequestFields":{"top_k":3,"anthropic_beta":["x"]}"#))
        #expect(sent.has(#""guardrailConfig":{"guardrailIdentifier":"g","guardrailVersion":"1"}"#))
        #expect(sent.has(#""performanceConfig":{"latency":"optimized"}"#))
        #expect(sent.changes.isEmpty)
    }

    @Test func idsThatBedrockRefusesAreReplacedTheSameInCallAndResult() throws {
        let long = String(repeating: "x", count: 80)
        let json = """
            {"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[
            {"id":"\(long)","type":"function","function":{"name":"f","arguments":"{}"}},
            {"id":"a b","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"\(long)","content":"1"},{"role":"tool","tool_call_id":"a b","content":"2"}]}
            """
        let sent = try send(json, to: BedrockConverseCodec.self, model: claude)
        let ids = sent.body.split(separator: "\"toolUseId\":\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(ids.count == 4 && ids[0] == ids[2] && ids[1] == ids[3] && ids[0] != ids[1])
        #expect(ids.allSatisfy { $0.count <= 64 && !$0.contains(" ") })
        // Bedrock wants the tools of a conversation declared, even where the caller sent none.
        #expect(sent.has(#""toolSpec":{"name":"f""#))
    }

    @Test func aPictureByURLIsRefusedWithTheMend() {
        let content = #"[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]"#
        #expect {
            try send(chat("", content: content), to: BedrockConverseCodec.self, model: claude)
        } throws: { error in
            (error as? TranslationFault)?.message.contains("send it as base64") ?? false
        }
    }
}

@Suite struct CohereLimitsTests {
    @Test func numbersBeyondTheRangeAreClampedAndNamed() throws {
        let json = chat(#""top_p":1,"presence_penalty":2,"frequency_penalty":0.5,"temperature":1.5"#)
        let sent = try send(json, to: CohereChatCodec.self, model: "command-a-03-2025")
        #expect(sent.has(#""p":0.99"#) && sent.has(#""presence_penalty":1"#))
        #expect(sent.has(#""frequency_penalty":0.5"#) && sent.has(#""temperature":1.5"#))
        #expect(sent.names(.clamped).sorted() == ["presence_penalty", "top_p"])
    }

    @Test func strictnessOfEveryToolIsCoheresStrictTools() throws {
        let strict = #"{"type":"function","function":{"name":"f","strict":true}}"#
        let loose = #"{"type":"function","function":{"name":"g"}}"#
        let both = try send(chat(#""tools":[\#(strict),\#(loose)]"#), to: CohereChatCodec.self, model: "command")
        #expect(!both.has("strict_tools") && both.names(.dropped) == ["tools[].strict"])
        let one = try send(chat(#""tools":[\#(strict)]"#), to: CohereChatCodec.self, model: "command")
        #expect(one.has(#""strict_tools":true"#) && one.changes.isEmpty)
    }
}

extension String {
    /// How often `part` occurs.
    fileprivate func components(_ part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}

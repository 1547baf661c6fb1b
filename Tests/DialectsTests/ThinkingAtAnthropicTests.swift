import Bytes
import Dialects
import Testing
import Vocabulary

/// What becomes of a wish to think, model by model, and what thinking rules out.
@Suite struct ThinkingAtAnthropicTests {
    private func encoded(
        _ model: String, maximum: Int64? = nil, _ change: (inout ModelRequest) -> Void
    ) throws -> (body: String, changes: [ParameterChange]) {
        var request = ModelRequest(source: .openAIChat, model: "m")
        request.turns = [Turn(.user, [Part(.text("Hi"))])]
        change(&request)
        var changes: [ParameterChange] = []
        let target = EncodingTarget(model: model, maximumOutputTokens: maximum)
        let bytes = try AnthropicMessagesCodec.encode(request, target: target, changes: &changes)
        return (String(decoding: bytes, as: UTF8.self), changes)
    }

    @Test(arguments: ["claude-opus-4-6", "claude-sonnet-5", "anthropic.claude-opus-4-7-v1:0", "claude-fable-5"])
    func newModelsThinkAdaptively(model: String) throws {
        let result = try encoded(model) { $0.reasoning = ReasoningOptions(effort: "high") }
        #expect(result.body.contains(#""thinking":{"type":"adaptive"}"#))
        #expect(result.body.contains(#""output_config":{"effort":"high"}"#))
        #expect(result.changes.isEmpty)
    }

    @Test(arguments: ["claude-sonnet-4-5-20250929", "claude-opus-4-20250514", "claude-3-7-sonnet-latest"])
    func olderModelsGetABudgetBelowTheLimit(model: String) throws {
        let result = try encoded(model) {
            $0.reasoning = ReasoningOptions(effort: "high")
            $0.maximumOutputTokens = 10_000
        }
        #expect(result.body.contains(#""thinking":{"type":"enabled","budget_tokens":8000}"#))
        #expect(
            result.changes == [
                ParameterChange("reasoning_effort", .mapped, "sent as a thinking budget of 8000 tokens")
            ])
    }

    @Test(arguments: ["claude-3-5-haiku-20241022", "claude-3-opus-20240229"])
    func oldModelsDoNotThink(model: String) throws {
        let result = try encoded(model) { $0.reasoning = ReasoningOptions(effort: "low") }
        #expect(!result.body.contains("thinking"))
        #expect(result.changes == [ParameterChange("reasoning_effort", .dropped, "the model does not think")])
    }

    @Test func aLimitThatLeavesNoRoomRulesThinkingOut() throws {
        let result = try encoded("claude-sonnet-4-5") {
            $0.reasoning = ReasoningOptions(effort: "high")
            $0.maximumOutputTokens = 500
        }
        #expect(result.body.contains(#""max_tokens":500"#))
        #expect(!result.body.contains("thinking"))
        #expect(result.changes.map(\.action) == [.dropped])
    }

    @Test func aBudgetWithoutALimitRaisesTheLimit() throws {
        let result = try encoded("claude-sonnet-4-5") { $0.reasoning = ReasoningOptions(budgetTokens: 6000) }
        #expect(result.body.contains(#""max_tokens":10096"#))
        #expect(result.body.contains(#""budget_tokens":6000"#))
    }

    @Test func aBudgetAboveTheLimitIsClamped() throws {
        let result = try encoded("claude-sonnet-4-5") {
            $0.reasoning = ReasoningOptions(budgetTokens: 6000)
            $0.maximumOutputTokens = 4000
        }
        #expect(result.body.contains(#""budget_tokens":3999"#))
        #expect(result.changes.map(\.action) == [.clamped])
    }

    @Test func modelsWithoutBudgetsTakeTheirEffort() throws {
        let result = try encoded("claude-opus-4-7") { $0.reasoning = ReasoningOptions(budgetTokens: 20_000) }
        #expect(result.body.contains(#""thinking":{"type":"adaptive"}"#))
        #expect(result.body.contains(#""effort":"high""#))
        #expect(result.changes.map(\.name) == ["reasoning.max_tokens"])
    }

    @Test func samplingIsFixedWhileThinking() throws {
        let result = try encoded("claude-sonnet-4-6") {
            $0.reasoning = ReasoningOptions(effort: "medium")
            $0.temperature = NumberText("0.3")
            $0.topP = NumberText("0.97")
            $0.topK = NumberText("5")
        }
        #expect(!result.body.contains("temperature"))
        #expect(!result.body.contains("top_k"))
        #expect(result.body.contains(#""top_p":0.97"#))
        #expect(result.changes.map(\.name) == ["temperature", "top_k"])
    }

    @Test func modelsThatRefuseSamplingGetNone() throws {
        let result = try encoded("claude-opus-4-8") {
            $0.temperature = NumberText("0.3")
            $0.topP = NumberText("0.9")
        }
        #expect(!result.body.contains("temperature"))
        #expect(!result.body.contains("top_p"))
        #expect(result.changes.map(\.name) == ["temperature", "top_p"])
    }

    @Test func temperatureIsClampedToOne() throws {
        let result = try encoded("claude-sonnet-4-5") { $0.temperature = NumberText("1.7") }
        #expect(result.body.contains(#""temperature":1"#))
        #expect(result.changes.map(\.action) == [.clamped])
    }

    @Test func aForcedToolRulesThinkingOut() throws {
        let result = try encoded("claude-sonnet-4-6") {
            $0.reasoning = ReasoningOptions(effort: "high")
            $0.tools = [Tool(name: "t", kind: .function(parameters: nil, strict: nil))]
            $0.toolChoice = .required
        }
        #expect(!result.body.contains("thinking"))
        #expect(result.body.contains(#""tool_choice":{"type":"any"}"#))
    }

    @Test func unsignedCallsRuleABudgetOut() throws {
        let result = try encoded("claude-sonnet-4-5") {
            $0.reasoning = ReasoningOptions(effort: "high")
            let call = ToolCall(id: "c", name: "t", arguments: Array("{}".utf8))
            $0.turns.append(Turn(.assistant, [Part(.reasoning(Reasoning(text: "Hm."))), Part(.toolCall(call))]))
            $0.turns.append(Turn(.user, [Part(.toolResult(ToolResult(callID: "c", parts: [])))]))
        }
        #expect(!result.body.contains("budget_tokens"))
        #expect(result.changes.map(\.name).contains("reasoning_effort"))
    }

    @Test func theCataloguesLimitHolds() throws {
        let unsaid = try encoded("claude-sonnet-4-5", maximum: 64_000) { _ in }
        #expect(unsaid.body.contains(#""max_tokens":64000"#))
        let above = try encoded("claude-sonnet-4-5", maximum: 8192) { $0.maximumOutputTokens = 100_000 }
        #expect(above.body.contains(#""max_tokens":8192"#))
        #expect(above.changes.map(\.action) == [.clamped])
    }

    @Test func systemTextInTheMiddleStaysWhereTheModelKnowsIt() throws {
        let turns = { (request: inout ModelRequest) in
            request.turns.append(Turn(.system, [Part(.text("Rhyme."))]))
        }
        let new = try encoded("claude-opus-4-8", turns)
        #expect(new.body.contains(#"{"role":"system","content":"Rhyme."}"#))
        #expect(new.changes.isEmpty)
        let old = try encoded("claude-opus-4-5", turns)
        #expect(!old.body.contains(#""role":"system""#))
        #expect(old.changes.map(\.action) == [.mapped])
    }

    @Test func aProviderWithoutSchemasGetsATool() throws {
        var request = ModelRequest(source: .openAIChat, model: "m")
        request.turns = [Turn(.user, [Part(.text("Hi"))])]
        let schema = Array(#"{"type":"object","properties":{}}"#.utf8)
        request.format = .jsonSchema(name: "a", description: nil, schema: schema, strict: true)
        var target = EncodingTarget(model: "claude-x")
        target.quirks.lacksJSONSchema = true
        var changes: [ParameterChange] = []
        let bytes = try AnthropicMessagesCodec.encode(request, target: target, changes: &changes)
        let body = String(decoding: bytes, as: UTF8.self)
        #expect(body.contains(#""tool_choice":{"type":"tool","name":"signalbox_structured_answer"}"#))
        #expect(!body.contains("output_config"))
        #expect(changes.map(\.action) == [.mapped])
    }
}

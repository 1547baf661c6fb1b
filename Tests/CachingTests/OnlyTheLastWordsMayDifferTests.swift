import Caching
import Dialects
import Testing

@Suite struct OnlyTheLastWordsMayDifferTests {
    private func chat(_ system: String, _ last: String, extra: String = "") -> String {
        #"{"messages":[{"role":"system","content":"\#(system)"},{"role":"user","content":"\#(last)"}]\#(extra)}"#
    }

    @Test func questionsOfOneKindAreOneFamily() throws {
        let a = try #require(family(chat("S", "What is the capital of France?")))
        let b = try #require(family(chat("S", "Name France's capital")))
        #expect(a.key == b.key)
        #expect(a.text == "What is the capital of France?")
    }

    @Test func systemPromptAndParametersDivideFamilies() throws {
        let base = try #require(family(chat("S", "q")))
        let system = try #require(family(chat("T", "q")))
        let parameter = try #require(family(chat("S", "q", extra: #","temperature":1"#)))
        #expect(base.key != system.key)
        #expect(base.key != parameter.key)
    }

    @Test func aFamilyIsNoRequest() throws {
        let text = chat("S", "q")
        let found = try #require(family(text))
        #expect(found.key != key(text))
    }

    @Test func partsOfTextCount() throws {
        let json = #"{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}"#
        let found = try #require(family(json))
        #expect(found.text == "a\nb")
    }

    @Test(arguments: [
        #"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}"#,
        #"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}"#,
        #"{"messages":[{"role":"tool","tool_call_id":"t","content":"a"}]}"#,
        #"{"messages":[{"role":"user","content":""}]}"#, #"{"messages":[]}"#, #"{"messages":"x"}"#, "{}",
    ])
    func everythingElseIsLookedUpExactly(json: String) { #expect(family(json) == nil) }

    @Test func otherForms() throws {
        let gemini = try #require(
            family(#"{"contents":[{"parts":[{"text":"a"}]}]}"#, format: .geminiGenerateContent))
        #expect(gemini.text == "a")
        let responses = try #require(family(#"{"input":"a"}"#, format: .openAIResponses))
        #expect(responses.text == "a")
        let items = #"{"input":[{"role":"user","content":[{"type":"input_text","text":"a"}]}]}"#
        let item = try #require(family(items, format: .openAIResponses))
        #expect(item.text == "a")
        let claude = #"{"messages":[{"role":"user","content":[{"type":"tool_result","content":"x"}]}]}"#
        #expect(family(claude, format: .anthropicMessages) == nil)
    }
}

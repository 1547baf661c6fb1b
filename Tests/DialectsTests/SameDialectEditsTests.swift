import Bytes
import Dialects
import Testing
import Vocabulary

/// Calls whose caller and provider speak one format: a few bytes change, the rest passes as it is.
@Suite struct SameDialectEditsTests {
    private func edit(_ text: String, format: WireFormat = .openAIChat, _ change: (inout ProviderQuirks) -> Void) throws
        -> (String, [ParameterChange])
    {
        var quirks = ProviderQuirks()
        change(&quirks)
        var changes: [ParameterChange] = []
        let target = EncodingTarget(model: "m", quirks: quirks)
        let bytes = try Splice.apply(Array(text.utf8), target, format: format, &changes)
        return (String(decoding: bytes, as: UTF8.self), changes)
    }

    @Test func nothingChangesWithoutQuirks() throws {
        let text = #"{ "model":"m","messages":[{"role":"developer","content":"x"}],  "temperature":9 }"#
        let (edited, changes) = try edit(text) { $0.extensions = ["top_k"] }
        #expect(edited == text)
        #expect(changes.isEmpty)
    }

    @Test func refusedMembersGoWithTheirCommas() throws {
        let cases = [
            (#"{"a":1,"model":"m","b":2}"#, #"{"model":"m"}"#),
            (#"{ "a" : 1 , "b" : 2 , "model" : "m" }"#, #"{ "model" : "m" }"#),
            (#"{"model":"m","a":1,"c":3,"b":2}"#, #"{"model":"m","c":3}"#),
            (#"{"a":1,"b":2}"#, #"{}"#),
            (#"{"model":"m","a":{"b":1},"a":null}"#, #"{"model":"m"}"#),
        ]
        for (text, expected) in cases {
            let (edited, _) = try edit(text) { $0.unsupported = ["a", "b"] }
            #expect(edited == expected)
        }
    }

    @Test func nullsGoUnnamed() throws {
        let (_, changes) = try edit(#"{"seed":null,"user":"u"}"#) { $0.unsupported = ["seed", "user"] }
        #expect(changes == [ParameterChange("user", .dropped, "the provider refuses user")])
    }

    @Test func membersAreRenamedAndClamped() throws {
        let (edited, changes) = try edit(#"{"seed":1,"temperature":1.80,"max_completion_tokens":5}"#) { quirks in
            quirks.renamed = ["seed": "random_seed"]
            quirks.maximum = ["temperature": 1.5]
            quirks.usesMaxTokens = true
        }
        #expect(edited == #"{"random_seed":1,"temperature":1.5,"max_tokens":5}"#)
        #expect(changes.map(\.action) == [.renamed, .clamped, .renamed])
    }

    @Test func theOlderLimitStaysWhereBothAreGiven() throws {
        let (edited, _) = try edit(#"{"max_tokens":5,"max_completion_tokens":6}"#) { $0.usesMaxTokens = true }
        #expect(edited == #"{"max_tokens":5}"#)
    }

    @Test func rolesAndMembersOfMessagesAreMended() throws {
        let text =
            #"{"messages":[{"role":"developer","content":"a"},{"role":"user","name":"n","content":[{"type":"text","text":"b"},{"type":"text","text":"c"}]},{"refusal":"no","role":"assistant"}]}"#
        let (edited, changes) = try edit(text) { quirks in
            quirks.lacksDeveloperRole = true
            quirks.lacksContentParts = true
            quirks.unsupportedInMessages = ["name", "refusal"]
        }
        #expect(
            edited
                == #"{"messages":[{"role":"system","content":"a"},{"role":"user","content":"b\nc"},{"content":"no","role":"assistant"}]}"#
        )
        #expect(
            Set(changes.map(\.name)) == [
                "messages[].role", "messages[].name", "messages[].content", "messages[].refusal",
            ])
    }

    @Test func aSchemaIsSaidInWords() throws {
        let format = #""response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}"#
        let (without, _) = try edit(#"{"messages":[{"role":"user","content":"x"}],\#(format)}"#) {
            $0.lacksJSONSchema = true
        }
        #expect(without.hasPrefix(#"{"messages":[{"role":"system","content":"Answer with one JSON object"#))
        #expect(without.hasSuffix(#""response_format":{"type":"json_object"}}"#))
        let (with, _) = try edit(#"{"messages":[{"role":"system","content":"S"}],\#(format)}"#) {
            $0.lacksJSONSchema = true
        }
        #expect(with.hasPrefix(#"{"messages":[{"role":"system","content":"S\n\nAnswer with one JSON object"#))
    }

    @Test func toolChoiceIsPutInTheProvidersWords() throws {
        let (word, _) = try edit(#"{"tool_choice":"required"}"#) { $0.requiredToolChoice = "any" }
        #expect(word == #"{"tool_choice":"any"}"#)
        let tools = #"[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b"}}]"#
        let choice =
            #"{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"b"}}]}}"#
        let (cut, _) = try edit(#"{"tools":\#(tools),"tool_choice":\#(choice)}"#) { $0.lacksAllowedTools = true }
        #expect(cut == #"{"tools":[{"type":"function","function":{"name":"b"}}],"tool_choice":"auto"}"#)
    }

    @Test func thinkingIsTurnedOffInTheProvidersWords() throws {
        let cases: [(ProviderQuirks.ReasoningStyle, String, String)] = [
            (.thinking, "none", #"{"thinking":{"type":"disabled"}}"#),
            (.thinking, "low", #"{"thinking":{"type":"enabled"}}"#),
            (.thinkingAndEffort, "none", #"{"thinking":{"type":"disabled"}}"#),
            (.thinkingAndEffort, "low", #"{"reasoning_effort":"low"}"#),
            (.template, "none", #"{"chat_template_kwargs":{"enable_thinking":false}}"#),
            (.object, "low", #"{"reasoning_effort":"low"}"#), (.none, "low", "{}"),
        ]
        for (style, effort, expected) in cases {
            let (edited, changes) = try edit(#"{"reasoning_effort":"\#(effort)"}"#) { $0.reasoningStyle = style }
            #expect(edited == expected)
            #expect(changes.isEmpty == expected.contains("reasoning_effort"))
        }
    }

    @Test func streamOptionsGoWhereTheyAreRefused() throws {
        for format in [WireFormat.openAIChat, .openAICompletions] {
            let text = #"{"stream":true,"stream_options":{"include_usage":true}}"#
            let (edited, changes) = try edit(text, format: format) { $0.lacksStreamOptions = true }
            #expect(edited == #"{"stream":true}"#)
            #expect(changes.map(\.name) == ["stream_options"])
        }
    }

    @Test func otherFormatsAreEditedAtTheTopOnly() throws {
        let text = #"{"tool_choice":"required","top_k":5,"messages":[{"role":"developer","name":"x"}]}"#
        let (edited, _) = try edit(text, format: .anthropicMessages) { quirks in
            quirks.unsupported = ["top_k"]
            quirks.requiredToolChoice = "any"
            quirks.lacksDeveloperRole = true
        }
        #expect(edited == #"{"tool_choice":"required","messages":[{"role":"developer","name":"x"}]}"#)
    }

    @Test func repeatedMembersDoNotCollide() throws {
        let choice = #""tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]}}"#
        let (edited, _) = try edit(
            #"{"tools":[],\#(choice),\#(choice),"messages":3,"messages":[{"role":"developer"}]}"#
        ) { quirks in
            quirks.lacksAllowedTools = true
            quirks.lacksDeveloperRole = true
        }
        #expect(
            edited
                == #"{"tools":[],"tool_choice":"auto","tool_choice":"auto","messages":3,"messages":[{"role":"system"}]}"#
        )
    }

    /// The data plane changes the model's name and asks for usage in the same patch.
    @Test func theyGoTogetherWithTheDataPlanesOwn() throws {
        let text = #"{"store":true,"model":"a","user":"u","stream":true,"seed":1}"#
        var quirks = ProviderQuirks()
        quirks.unsupported = ["store", "user", "seed"]
        let target = EncodingTarget(model: "b", quirks: quirks)
        let edited = try Array(text.utf8).withUnsafeBytes { bytes in
            let root = try JSONView.parse(bytes)
            var patch = JSONPatch()
            var changes: [ParameterChange] = []
            patch.replace(try #require(root["model"]).range, with: Array(#""b""#.utf8))
            patch.setMember("stream_options", value: Array(#"{"include_usage":true}"#.utf8), in: root)
            SameDialectEdits.apply(root, target: target, format: .openAIChat, to: &patch, changes: &changes)
            return patch.apply(to: bytes)
        }
        let expected = #"{"stream_options":{"include_usage":true},"model":"b","stream":true}"#
        #expect(String(decoding: edited, as: UTF8.self) == expected)
    }
}

import Storage
import Telemetry
import Testing
import Vocabulary

/// A conversation of k turns stores k messages of each side, not k(k+1)/2, and every turn can be rebuilt whole.
@Suite struct ConversationTests {
    /// OpenAI chat: the client replays the answer without its defaults, in another order, with other escapes.
    @Test func openAIChatStoresEachMessageOnce() throws {
        let recorded = Recorded()
        var history = [#"{"role":"system","content":"Be brief."}"#]
        let turns = 10
        for turn in 1...turns {
            history.append(#"{"role": "user", "content": "Question \#(turn)?"}"#)
            let request = #"{"model":"gpt-4o-mini","messages":[\#(history.joined(separator: ", "))]}"#
            let answer = #"{"role":"assistant","content":"Répons \#(turn) \"ok\"","refusal":null,"annotations":[]}"#
            let response = #"{"id":"c\#(turn)","choices":[{"index":0,"message":\#(answer),"finish_reason":"stop"}]}"#
            recorded.add(request, response)
            history.append(#"{"content": "R\u00e9pons \#(turn) \u0022ok\u0022", "role":"assistant"}"#)
        }
        // One system message, a question and an answer per turn; one request shell, one response shell per turn.
        #expect(recorded.pieces == 1 + 2 * turns + 1 + turns)
        #expect(recorded.messages(turns - 1, .request).count == 2 * turns)
        let last = #"{"content":"Répons \#(turns) \"ok\"","role":"assistant"}"#
        #expect(recorded.messages(turns - 1, .response) == [last])
    }

    /// Anthropic: the answer's single text block is replayed as a block or as a plain string.
    @Test(arguments: [
        #"[{"type":"text","text":"Answer N"}]"#, #""Answer N""#,
        #"[{"text":"Answer N","type":"text","citations":null}]"#,
    ])
    func anthropicStoresEachMessageOnce(replayed: String) throws {
        let recorded = Recorded()
        var history: [String] = []
        let turns = 8
        for turn in 1...turns {
            history.append(#"{"role":"user","content":[{"type":"text","text":"Question \#(turn)"}]}"#)
            let request = #"{"model":"claude","system":"Be brief.","messages":[\#(history.joined(separator: ","))]}"#
            let response =
                #"{"id":"msg_\#(turn)","type":"message","role":"assistant","model":"claude","#
                + #""content":[{"type":"text","text":"Answer \#(turn)"}],"stop_reason":"end_turn"}"#
            recorded.add(request, response)
            let content = replayed.split(separator: "N").joined(separator: "\(turn)")
            history.append(#"{"role":"assistant","content":\#(content)}"#)
        }
        #expect(recorded.pieces == 1 + 2 * turns + 1 + turns)
        #expect(recorded.messages(turns - 1, .request).first == #"{"role":"system","content":"Be brief."}"#)
        #expect(recorded.messages(turns - 1, .request).count == 2 * turns)
    }

    /// Tool calls and results count like any message.
    @Test func toolCallsStoreEachMessageOnce() throws {
        let recorded = Recorded()
        let call = #"{"id":"call_1","type":"function","function":{"name":"get","arguments":"{\"a\":[]}"}}"#
        let question = #"{"role":"user","content":"Weather?"}"#
        recorded.add(
            #"{"messages":[\#(question)]}"#,
            #"{"choices":[{"message":{"role":"assistant","content":null,"tool_calls":[\#(call)]}}]}"#)
        let replay = #"{"tool_calls":[\#(call)],"role":"assistant"}"#
        let result = #"{"role":"tool","tool_call_id":"call_1","content":"sunny"}"#
        recorded.add(#"{"messages":[\#(question),\#(replay),\#(result)]}"#, "")
        #expect(recorded.pieces == 3 + 2)  // three messages, one request shell, one response shell
        #expect(recorded.splits[0].response.preview == #"get({"a":[]})"#)
    }

    /// The Responses API gives each item an id; replayed items may have it or not.
    @Test(arguments: [true, false])
    func responsesItemsStoreOnceAndKeepTheirIDs(replaysIDs: Bool) throws {
        let recorded = Recorded()
        let content = #"[{"type":"output_text","text":"Hi","annotations":[]}]"#
        let item = #"{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":\#(content)}"#
        recorded.add(#"{"input":"Hello"}"#, #"{"id":"resp_1","output":[\#(item)]}"#)
        let bare = #"{"type":"message","role":"assistant","content":\#(content)}"#
        recorded.add(#"{"input":[\#(replaysIDs ? item : bare),{"role":"user","content":"Again"}]}"#, "")
        let answered = recorded.manifest(0, .response).parts[0].hashes
        #expect(answered == Array(recorded.manifest(1, .request).parts[0].hashes.prefix(1)))
        let rebuilt = recorded.body(0, .response)
        #expect(rebuilt?.contains(#""id":"msg_1","status":"completed""#) == true)
        #expect(recorded.body(1, .request)?.contains("msg_1") == replaysIDs)
        #expect(recorded.messages(0, .request) == [#"{"role":"user","content":"Hello"}"#])
    }

    @Test func toolsAndSystemPromptsStoreOnce() {
        let recorded = Recorded()
        let tools = #"[{"name":"t","description":"\#(String(repeating: "d", count: 300))"}]"#
        for turn in 0..<5 {
            recorded.add(#"{"tools":\#(tools),"system":"S","messages":[{"role":"user","content":"\#(turn)"}]}"#, "")
        }
        #expect(recorded.pieces == 5 + 3)  // messages; tools, system, shell
        #expect(recorded.body(0, .request)?.contains(tools) == true)
    }

    @Test func contentIsNeverSharedBetweenProjects() {
        var sink = ContentSink()
        let body = Array(#"{"messages":[{"role":"user","content":"x"}]}"#.utf8)
        let hashes = ["a", "b"].map { project in
            body.withUnsafeBytes { BodySplitter.request($0, project: project, sink: &sink) }.manifest.references
        }
        #expect(Set(hashes[0]).isDisjoint(with: hashes[1]))
    }
}

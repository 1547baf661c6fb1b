import Bytes
import Foundation
import Telemetry
import Testing
import Vocabulary

/// Bodies come back as the same JSON value, whatever was cut out of them.
@Suite struct BodyRoundTripTests {
    @Test(arguments: [
        #"{"model":"m","messages":[{"role":"user","content":"hi"}],"temperature":0.5,"stop":null}"#,
        #"{"messages":[{"role":"user","content":[{"type":"text","text":"a"},"#
            + #"{"type":"image_url","image_url":{"url":"u"}}]}]}"#,
        #"{"input":["a","b"],"model":"e"}"#,
        #"{"prompt":"Once","n":1}"#,
        #"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"tools":[]}"#,
        #"{"messages":[],"system":null}"#,
        #"{"messages":"no list","input":7}"#,
        #"{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"n","#
            + #""input":{"a":[],"b":null}},{"type":"text","text":"x"}]}]}"#,
        #"{"@text":"mine","messages":[{"role":"user","content":"x"}]}"#,
        #"{"a\u0062":1,"":2}"#,
        #"[1,2,{"a":null}]"#,
        #""text""#, "3", "null", "{}", "[]",
    ])
    func requests(body: String) throws {
        let recorded = Recorded()
        recorded.add(body, "")
        #expect(try same(recorded.body(0, .request), body))
    }

    @Test(arguments: [
        #"{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"a"},"#
            + #""finish_reason":"stop"},{"index":1,"message":{"role":"assistant","content":"b"}}],"#
            + #""usage":{"total_tokens":3}}"#,
        #"{"id":"m","type":"message","role":"assistant","content":[{"type":"text","text":"a"}],"#
            + #""stop_reason":"end_turn"}"#,
        #"{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}"#,
        #"{"id":"r","output":[{"id":"1","type":"reasoning","summary":["s"]},{"id":"2","#
            + #""status":"completed","type":"message","role":"assistant","#
            + #""content":[{"type":"output_text","text":"t"}]}]}"#,
        #"{"object":"list","data":[{"embedding":[0.1,0.2],"index":0}]}"#,
        #"{"choices":[{"text":"done","index":0}]}"#,
        #"{"choices":[{"message":"odd"}],"output":"odd"}"#,
        #"{"candidates":[{"content":{"role":"model","parts":[{"text":"g"}]},"index":0}]}"#,
        #"{"error":{"message":"no","type":"t"}}"#,
    ])
    func responses(body: String) throws {
        let recorded = Recorded()
        recorded.add("", body)
        #expect(try same(recorded.body(0, .response), body))
    }

    @Test(arguments: ["data: {}\n\n", "<html>\u{1}</html>", "{\"cut\":", "plain"])
    func whatIsNotJSONComesBackAsText(body: String) {
        let recorded = Recorded()
        recorded.add(body, "")
        #expect(BodyRebuilder.text(recorded.manifest(0, .request), contents: recorded.contents) == body)
    }

    @Test func invalidUTF8IsRepaired() {
        var sink = ContentSink()
        let split = [UInt8]([0x61, 0xFF, 0x62]).withUnsafeBytes { BodySplitter.request($0, project: "p", sink: &sink) }
        let contents = Dictionary(uniqueKeysWithValues: sink.pieces.map { ($0.hash, $0.bytes) })
        #expect(BodyRebuilder.text(split.manifest, contents: contents) == "a\u{FFFD}b")
    }

    @Test func anEmptyBodyHasNoPieces() {
        let recorded = Recorded()
        recorded.add("", "")
        #expect(recorded.pieces == 0)
        #expect(recorded.body(0, .request) == nil)
        #expect(recorded.messages(0, .request).isEmpty)
    }

    @Test func largeVectorsAreLeftOutAndSaidSo() throws {
        let vector = Array(repeating: "0.123456", count: 10_000).joined(separator: ",")
        let recorded = Recorded()
        recorded.add("", #"{"object":"list","data":[{"embedding":[\#(vector)]}],"model":"e"}"#)
        #expect(recorded.splits[0].response.isCut)
        #expect(try same(recorded.body(0, .response), #"{"object":"list","model":"e"}"#))
    }

    @Test func contentThatIsGoneBecomesNull() throws {
        let recorded = Recorded()
        recorded.add(#"{"model":"m","messages":[{"role":"user","content":"secret"}]}"#, "")
        let manifest = recorded.manifest(0, .request)
        let shell = try #require(manifest.shell)
        let contents = recorded.contents.filter { $0.key == shell }
        let body = try #require(BodyRebuilder.body(manifest, contents: contents))
        #expect(try same(String(decoding: body, as: UTF8.self), #"{"model":"m","messages":[null]}"#))
        #expect(BodyRebuilder.messages(manifest, contents: contents, side: .request).isEmpty)
    }

    @Test(arguments: [
        (#"{"messages":[{"role":"user","content":"first"},{"role":"assistant","content":"x"},"#
            + #"{"role":"user","content":"last\nline"}]}"#, "last line"),
        (#"{"messages":[{"role":"user","content":"ask"},{"role":"user","#
            + #""content":[{"type":"tool_result","tool_use_id":"t","content":"r"}]}]}"#, "ask"),
        (#"{"input":"plain"}"#, "plain"),
        (#"{"input":["one","two"]}"#, "one"),
        (#"{"prompt":"p"}"#, "p"),
        (#"{"contents":[{"parts":[{"text":"gem"}]}]}"#, "gem"),
        ("not json\u{85}\u{7F}", "not json  "),
        ("{}", ""),
    ])
    func requestPreviews(body: String, preview: String) {
        let recorded = Recorded()
        recorded.add(body, "")
        #expect(recorded.splits[0].request.preview == preview)
    }

    @Test(arguments: [
        (#"{"choices":[{"message":{"content":"hello"}}]}"#, "hello"),
        (#"{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}"#, "a b"),
        (#"{"role":"assistant","content":[{"type":"tool_use","name":"f","input":{"x":1}}]}"#, #"f({"x":1})"#),
        (#"{"output":[{"type":"reasoning"},{"type":"message","content":[{"text":"o"}]}]}"#, "o"),
        (#"{"output":[{"type":"function_call","name":"f","arguments":"{}"}]}"#, "f({})"),
        (#"{"choices":[{"text":"t"}]}"#, "t"),
        (#"{"error":{"message":"broken"}}"#, "broken"),
        (#"{"candidates":[{"content":{"parts":[{"text":"g"}]}}]}"#, "g"),
    ])
    func responsePreviews(body: String, preview: String) {
        let recorded = Recorded()
        recorded.add("", body)
        #expect(recorded.splits[0].response.preview == preview)
    }

    @Test(arguments: ["é", "漢", "🚂", "x"])
    func previewsEndAtAWholeCharacter(character: String) {
        let recorded = Recorded()
        recorded.add(#"{"prompt":"\#(String(repeating: character, count: 500))"}"#, "")
        #expect(recorded.splits[0].request.preview == String(repeating: character, count: 200))
    }

    @Test func messagesAreNormalised() {
        let recorded = Recorded()
        recorded.add(
            #"{"contents":[{"role":"model","parts":[{"text":"g"}]}]}"#, #"{"choices":[{"text":"t"}]}"#)
        recorded.add(#"{"input":[{"type":"function_call_output","output":"1"}]}"#, "")
        #expect(recorded.messages(0, .request) == [#"{"role":"assistant","content":[{"text":"g"}]}"#])
        #expect(recorded.messages(0, .response) == [#"{"role":"assistant","content":"t"}"#])
        #expect(
            recorded.messages(1, .request)
                == [#"{"role":"tool","content":[{"output":"1","type":"function_call_output"}]}"#])
    }

    /// Equal as values; what the splitter may change (explicit defaults in messages) does not appear in these bodies.
    private func same(_ rebuilt: String?, _ original: String) throws -> Bool {
        let rebuilt = try #require(rebuilt)
        let values = try [rebuilt, original].map {
            try JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed) as? NSObject
        }
        return values[0] == values[1]
    }
}

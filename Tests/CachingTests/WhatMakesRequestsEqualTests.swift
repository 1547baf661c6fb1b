import Bytes
import Caching
import Testing

@Suite struct WhatMakesRequestsEqualTests {
    static let plain = #"{"model":"m","messages":[{"role":"user","content":"hi"}],"temperature":0}"#

    @Test func orderAndSpaceDoNotMatter() {
        let other = #"{ "temperature": 0, "messages": [ {"content":"hi", "role":"user"} ], "model":"m" }"#
        #expect(key(Self.plain) == key(other))
    }

    @Test(arguments: [
        #""stream":true"#, #""stream_options":{"include_usage":true}"#, #""user":"u1""#, #""metadata":{"a":"b"}"#,
        #""store":true"#, #""session_id":"s""#, #""prompt_cache_key":"k""#, #""tools":[]"#, #""stop":null"#,
    ])
    func deliveryDoesNotMatter(member: String) {
        let other = "{\(member)," + Self.plain.dropFirst()
        #expect(key(Self.plain) == key(other))
    }

    @Test(arguments: [
        #""temperature":1"#, #""max_tokens":5"#, #""tools":[{"type":"function"}]"#, #""seed":1"#, #""n":2"#,
        #""response_format":{"type":"json_object"}"#, #""service_tier":"flex""#, #""an_unknown_member":1"#,
    ])
    func everythingElseDoes(member: String) {
        let base = #"{"messages":[{"role":"user","content":"hi"}]}"#
        #expect(key(base) != key("{\(member)," + base.dropFirst()))
    }

    @Test func theSystemPromptMatters() {
        let a = #"{"messages":[{"role":"system","content":"A"},{"role":"user","content":"hi"}]}"#
        let b = #"{"messages":[{"role":"system","content":"B"},{"role":"user","content":"hi"}]}"#
        #expect(key(a) != key(b))
    }

    @Test func whatIsNullBelowTheTopMatters() {
        let a = #"{"messages":[{"role":"assistant","tool_calls":[{"input":{"a":null}}]}]}"#
        let b = #"{"messages":[{"role":"assistant","tool_calls":[{"input":{}}]}]}"#
        #expect(key(a) != key(b))
    }

    @Test func tenantsNamespacesRoutesAndFormsStayApart() {
        let all = [
            key(Self.plain), key(Self.plain, project: "q"), key(Self.plain, namespace: "n"),
            key(Self.plain, route: "s"), key(Self.plain, operation: "messages"),
            key(Self.plain, variants: ["anthropic-beta: x"]),
        ]
        #expect(Set(all).count == all.count)
    }

    @Test func partsNeverRunIntoEachOther() {
        #expect(key("{}", project: "ab", namespace: "c") != key("{}", project: "a", namespace: "bc"))
        #expect(key(#"{"a":"x","b":"y"}"#) != key(#"{"a":"x\",\"b\":\"y"}"#))
        #expect(key("{}", variants: ["a", "b"]) != key("{}", variants: ["ab"]))
    }

    @Test(arguments: [
        (#"{"conversation":"c1"}"#, true), (#"{"background":true}"#, true), (#"{"audio":{"voice":"a"}}"#, true),
        (#"{"background":false,"conversation":null}"#, false), (#"{"previous_response_id":"r"}"#, false),
    ])
    func whatChangesAtTheProviderIsNotKept(json: String, forbids: Bool) {
        let found = Array(json.utf8).withUnsafeBytes { JSONView(validated: $0).forbidsCaching }
        #expect(found == forbids)
    }
}

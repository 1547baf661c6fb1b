import Bytes
import Providers
import Testing
import Vocabulary

@Suite struct Requests {
    private func rewritten(_ body: String, model: String, injectUsage: Bool) throws -> String? {
        let found = try outline(body).get()
        var changes: [ParameterChange] = []
        return Array(body.utf8).withUnsafeBytes { bytes in
            RequestRewrite.apply(
                to: bytes, outline: found, upstreamModel: model, injectUsage: injectUsage, changes: &changes
            )
        }.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func anUnchangedRequestIsNotCopied() throws {
        #expect(try rewritten(#"{"model":"a","messages":[]}"#, model: "a", injectUsage: true) == nil)
    }

    @Test func onlyTheModelIsReplaced() throws {
        let body = #"{ "x" : 1.50, "model":"a"  ,"messages":[{"content":"é model"}], "new": {"model":"b"} }"#
        let expected = #"{ "x" : 1.50, "model":"up\"stream"  ,"messages":[{"content":"é model"}], "new": {"model":"b"} }"#
        #expect(try rewritten(body, model: "up\"stream", injectUsage: false) == expected)
    }

    @Test func usageIsAskedForOnlyInStreamsThatDidNot() throws {
        let first = try rewritten(#"{"model":"a","stream":true}"#, model: "a", injectUsage: true)
        let plain = try #require(first)
        #expect(try outline(plain).get().asksForUsage)
        let second = try rewritten(
            #"{"model":"a","stream":true,"stream_options":{"x":1}}"#, model: "a", injectUsage: true)
        let options = try #require(second)
        #expect(try outline(options).get().asksForUsage && options.contains(#""x":1"#))
        let asked = #"{"model":"a","stream":true,"stream_options":{"include_usage":true}}"#
        #expect(try rewritten(asked, model: "a", injectUsage: true) == nil)
    }

    @Test func whoCallsIsRead() throws {
        let found = try outline(#"{"model":"a","user":"u","metadata":{"session_id":"s","n":3,"deep":{}},"service_tier":"flex"}"#).get()
        #expect(found.user == "u" && found.serviceTier == "flex")
        #expect(found.metadata == [MetadataPair(key: "session_id", value: "s"), MetadataPair(key: "n", value: "3")])
        #expect(try outline(#"{"model":"a","metadata":{"user_id":"m"}}"#).get().user == "m")
    }

    @Test(arguments: [
        (#"[]"#, RequestFault.notAnObject), (#"{}"#, .missingModel), (#"{"model":"a","model":"b"}"#, .duplicateMember("model")),
        (#"{"model":"a","mod\u0065l":"b"}"#, .duplicateMember("model")), (#"{"model":""}"#, .wrongType(member: "model", expected: "a string")),
        (#"{"model":7}"#, .wrongType(member: "model", expected: "a string")),
        (#"{"model":"a","stream":"yes"}"#, .wrongType(member: "stream", expected: "true or false")),
    ])
    func faultsAreNamed(body: String, fault: RequestFault) {
        #expect(outline(body) == .failure(fault))
        #expect(!fault.message.isEmpty)
    }
}

import Simulator
import Testing

@Suite struct UsageTests {
    private let long = String(repeating: "word ", count: 1000)

    @Test func aTokenIsFourBytes() throws {
        let calling = try Calling.chat("echo: 12345")
        #expect(try calling.get("usage", "prompt_tokens") == "3")
        #expect(try calling.get("usage", "completion_tokens") == "2")
        #expect(try calling.get("usage", "total_tokens") == "5")
    }

    @Test func whatCameBeforeTheLastMessageOfALongPromptIsCached() throws {
        let system = #"{"role":"system","content":"\#(long)"}"#
        let body = #"{"model":"m","messages":[\#(system),{"role":"user","content":"hi"}]}"#
        let calling = try Calling("/v1/chat/completions", body)
        #expect(try calling.get("usage", "prompt_tokens") == "1251")
        #expect(try calling.get("usage", "prompt_tokens_details", "cached_tokens") == "1152")
        #expect(try Calling.chat(long).get("usage", "prompt_tokens_details", "cached_tokens") == "0")
    }

    @Test func reasoningModelsReportReasoning() throws {
        let calling = try Calling.chat("echo: abcd", model: "o3")
        #expect(try calling.get("usage", "completion_tokens_details", "reasoning_tokens") == "64")
        #expect(try calling.get("usage", "completion_tokens") == "65")
        #expect(try Calling.chat("hi").get("usage", "completion_tokens_details", "reasoning_tokens") == "0")
    }

    @Test func streamsReportUsageOnlyWhenAsked() throws {
        let asked = try Calling.chat("hi", stream: true, extra: #","stream_options":{"include_usage":true}"#)
        let last = try #require(try asked.events().dropLast().last)
        #expect(last.data.contains(#""choices":[],"usage":{"#))
        #expect(try !Calling.chat("hi", stream: true).text.contains("usage"))
    }

    @Test func anthropicWritesThenReadsTheCache() throws {
        let system = #""system":[{"type":"text","text":"\#(long)","cache_control":{"type":"ephemeral","ttl":"1h"}}]"#
        let turns = #"{"role":"user","content":"hi"}"#
        let first = try Calling("/v1/messages", #"{"model":"c","max_tokens":99,\#(system),"messages":[\#(turns)]}"#)
        #expect(try first.get("usage", "cache_creation_input_tokens") == "1250")
        #expect(try first.get("usage", "cache_creation", "ephemeral_1h_input_tokens") == "1250")
        #expect(try first.get("usage", "input_tokens") == "1")
        let more = turns + #",{"role":"assistant","content":"yes"},"# + turns
        let later = try Calling("/v1/messages", #"{"model":"c","max_tokens":99,\#(system),"messages":[\#(more)]}"#)
        #expect(try later.get("usage", "cache_read_input_tokens") == "1250")
        #expect(try later.get("usage", "cache_creation_input_tokens") == "0")
        #expect(try later.get("usage", "input_tokens") == "3")
    }

    @Test func usageCanBeSetOrLeftOut() throws {
        let set = try Calling.chat(long, fault: "cached-tokens=7")
        #expect(try set.get("usage", "prompt_tokens_details", "cached_tokens") == "7")
        #expect(try Calling.chat("hi", fault: "no-usage").get("usage") == "null")
    }
}

import Bytes
import Dialects
import Testing
import Vocabulary

/// Legacy completions at a provider that serves them: one text in, one text out.
@Suite struct CompletionsTests {
    private func sent(_ body: String, _ caller: any CallerCodec.Type) throws -> String {
        let result = try GoldenRun.request(Array(body.utf8), caller, CallerPath(), OpenAICompletionsCodec.self)
        return String(decoding: result, as: UTF8.self)
    }

    @Test func aCompletionPassesWhole() throws {
        let body =
            #"{"model":"m","prompt":"Once","max_tokens":5,"logprobs":2,"echo":true,"suffix":"end","stream":true}"#
        #expect(
            try sent(body, OpenAICompletionsCodec.self)
                == #"{"body":{"model":"target-model","prompt":"Once","max_tokens":5,"logprobs":2,"stream":true,"#
                + #""stream_options":{"include_usage":true},"echo":true,"suffix":"end"},"changes":[]}"#)
    }

    @Test func aChatOfOneTextCanBeCompleted() throws {
        let body =
            #"{"messages":[{"role":"system","content":"S"},{"role":"user","content":"U"}],"reasoning_effort":"low"}"#
        let result = try sent(body, OpenAIChatCodec.self)
        #expect(result.contains(#""prompt":"S\n\nU""#))
        #expect(result.contains(#""name":"reasoning_effort","action":"dropped""#))
    }

    @Test func aConversationCannot() throws {
        let body =
            #"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]}"#
        #expect(try sent(body, OpenAIChatCodec.self).hasPrefix(#"{"fault":{"member":"messages""#))
    }

    @Test func answersAndStreamsAreRead() throws {
        let answer =
            #"{"id":"cmpl-1","choices":[{"text":" upon","index":0,"finish_reason":"length","logprobs":{"tokens":[" upon"],"token_logprobs":[-0.5],"top_logprobs":[{" upon":-0.5}],"text_offset":[4]}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"#
        let read = try Array(answer.utf8).withUnsafeBytes { OpenAICompletionsCodec.decode(try JSONView.parse($0)) }
        #expect(read.choices.first?.parts == [Part(.text(" upon"))])
        #expect(read.choices.first?.stop == Stop(.length, native: "length"))
        #expect(read.usage?.total == 2)
        let logprobs = read.choices.first?.logprobs.map { String(decoding: $0, as: UTF8.self) }
        #expect(logprobs?.contains(#"{"token":" upon","logprob":-0.5"#) == true)
        let stream = """
            data: {"id":"cmpl-1","model":"m","choices":[{"text":" u","index":0}]}\n
            data: {"id":"cmpl-1","model":"m","choices":[{"text":"pon","index":0,"finish_reason":"stop"}]}\n
            data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}\n\n
            """
        let events = try GoldenRun.events(Array(stream.utf8), type: "sse", OpenAICompletionsCodec.self)
        var usage = TokenUsage()
        usage.uncachedInput = 1
        usage.outputText = 2
        #expect(
            events == [
                .began(id: "cmpl-1", model: "m", usage: nil), .text(choice: 0, " u"), .text(choice: 0, "pon"),
                .finished(choice: 0, Stop(.end, native: "stop")), .usage(usage, serviceTier: nil), .ended,
            ])
    }
}

import Providers
import Testing
import Vocabulary

/// Usage as providers really report it, and the disjoint buckets it must become.
@Suite struct Usage {
    private func usage(_ input: Int64, read: Int64 = 0, audio: Int64 = 0, out: Int64 = 0, reasoning: Int64 = 0) -> TokenUsage {
        var usage = TokenUsage()
        usage.uncachedInput = input
        usage.cacheRead = read
        usage.audioInput = audio
        usage.outputText = out
        usage.reasoning = reasoning
        return usage
    }

    @Test func openAIInputIncludesCachedAndAudio() {
        let answer = observe(whole: #"""
            {"model":"gpt-4o-mini","choices":[{"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":30,
            "total_tokens":130,"prompt_tokens_details":{"cached_tokens":64,"audio_tokens":6},
            "completion_tokens_details":{"reasoning_tokens":20}}}
            """#, .chat)
        #expect(answer.usage == usage(30, read: 64, audio: 6, out: 10, reasoning: 20))
        #expect(answer.usage.totalInput == 100 && answer.usage.totalOutput == 30 && answer.usageSource == .reported)
        #expect(answer.finishReason == "stop" && answer.responseModel == "gpt-4o-mini")
    }

    @Test func xAICountsReasoningBesideCompletion() {
        let answer = observe(whole: #"""
            {"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":115,
            "completion_tokens_details":{"reasoning_tokens":100}}}
            """#, .chat)
        #expect(answer.usage == usage(10, out: 5, reasoning: 100))
    }

    @Test func deepSeekNamesHitsAndMisses() {
        let answer = observe(whole: #"""
            {"usage":{"prompt_tokens":1000,"completion_tokens":2,"total_tokens":1002,"prompt_cache_hit_tokens":900,
            "prompt_cache_miss_tokens":100}}
            """#, .chat)
        #expect(answer.usage == usage(100, read: 900, out: 2))
    }

    @Test func responsesUseOtherNames() {
        let answer = observe(whole: #"""
            {"status":"completed","usage":{"input_tokens":50,"input_tokens_details":{"cached_tokens":40},
            "output_tokens":9,"output_tokens_details":{"reasoning_tokens":4},"total_tokens":59}}
            """#, .responses)
        #expect(answer.usage == usage(10, read: 40, out: 5, reasoning: 4))
    }

    @Test func anthropicInputExcludesCached() {
        let answer = observe(whole: #"""
            {"type":"message","stop_reason":"end_turn","usage":{"input_tokens":10,"cache_read_input_tokens":2000,
            "cache_creation_input_tokens":300,"cache_creation":{"ephemeral_5m_input_tokens":100,
            "ephemeral_1h_input_tokens":200},"output_tokens":7,"server_tool_use":{"web_search_requests":2}}}
            """#, .messages)
        var expected = usage(10, read: 2000, out: 7)
        expected.cacheWrite5m = 100
        expected.cacheWrite1h = 200
        expected.serverToolCalls = 2
        #expect(answer.usage == expected && answer.usage.totalInput == 2310)
    }

    @Test func anErrorInsideASuccessIsSeen() {
        let answer = observe(whole: #"{"error":{"message":"no","type":"server_error","code":null}}"#, .chat)
        #expect(answer.error == ProviderError(code: "server_error", message: "no"))
    }

    @Test func damagedAnswersTeachNothing() {
        #expect(observe(whole: "<html>", .chat).usageSource == .none)
        #expect(observe(whole: #"{"usage":{"prompt_tokens":-5,"completion_tokens":1e99}}"#, .chat).usage == TokenUsage())
    }
}

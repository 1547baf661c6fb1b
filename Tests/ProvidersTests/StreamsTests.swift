import Bytes
import Providers
import Testing
import Vocabulary

@Suite struct Streams {
    private static let chat = """
        data: {"id":"c1","model":"gpt-4o-mini","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"content":"H\\u00e9l"}}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"content":"lo 😀"}}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}

        data: [DONE]


        """

    private func assembled(_ answer: ObservedAnswer, _ body: (JSONView) -> Void) throws {
        let bytes = try #require(answer.assembled)
        try bytes.withUnsafeBytes { body(try JSONView.parse($0)) }
    }

    @Test func chatIsPutTogetherWhereverItIsCut() throws {
        let (whole, meanings) = try observe(Self.chat, .chat)
        #expect(meanings == [[], .content, .content, [], .usageOnly, .terminal])
        for size in 1...60 {
            let (answer, again) = try observe(Self.chat, .chat, pieces: size)
            #expect(answer == whole && again == meanings)
        }
        #expect(whole.usage.totalInput == 9 && whole.usage.totalOutput == 3 && whole.usageSource == .reported)
        try assembled(whole) { root in
            var message: String?
            root["choices"]?.forEachElement { message = $0["message"]?["content"]?.string }
            #expect(message == "Héllo 😀")
        }
    }

    @Test func aStreamThatBreaksIsEstimatedAndSaysSo() throws {
        let broken = String(Self.chat.prefix { _ in true }.dropLast(260))
        let (answer, _) = try observe(broken, .chat)
        #expect(answer.usageSource == .estimated && answer.usage.outputText > 0 && answer.usage.totalInput == 0)
    }

    @Test func toolCallsArriveInFragments() throws {
        let stream = """
            data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"get","arguments":""}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\":"}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}


            """
        let (answer, _) = try observe(stream, .chat)
        #expect(answer.finishReason == "tool_calls")
        try assembled(answer) { root in
            root["choices"]?.forEachElement { choice in
                choice["message"]?["tool_calls"]?.forEachElement { call in
                    #expect(call["id"]?.string == "t1" && call["function"]?["arguments"]?.string == #"{"a":1}"#)
                }
            }
        }
    }

    @Test func anthropicBlocksArePutTogether() throws {
        let stream = """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","model":"claude-x","usage":{"input_tokens":9,"cache_read_input_tokens":5,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"sig"}}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"get","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":1}"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":33}}

            event: message_stop
            data: {"type":"message_stop"}


            """
        let (answer, meanings) = try observe(stream, .messages)
        #expect(meanings.last == .terminal && answer.finishReason == "tool_use")
        #expect(answer.usage.uncachedInput == 9 && answer.usage.cacheRead == 5 && answer.usage.outputText == 33)
        try assembled(answer) { root in
            var blocks: [String] = []
            root["content"]?.forEachElement { blocks.append(String(decoding: $0.raw, as: UTF8.self)) }
            #expect(blocks == [
                #"{"type":"thinking","thinking":"hm","signature":"sig"}"#,
                #"{"type":"tool_use","id":"t","name":"get","input":{"a":1}}"#,
            ])
        }
    }

    @Test func responsesEndWithTheWhole() throws {
        let stream = """
            event: response.created
            data: {"type":"response.created","response":{"model":"gpt-4o-mini"}}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","delta":"Hi"}

            event: response.completed
            data: {"type":"response.completed","response":{"model":"gpt-4o-mini","status":"completed","output":[],"usage":{"input_tokens":4,"output_tokens":1,"total_tokens":5}}}


            """
        let (answer, meanings) = try observe(stream, .responses)
        #expect(meanings == [[], .content, .terminal])
        #expect(answer.usage.totalInput == 4 && answer.finishReason == "completed")
    }

    @Test func recordingStopsAtTheLimitWithoutHoles() throws {
        let (answer, _) = try observe(Self.chat, .chat, limit: 5)
        #expect(answer.truncated)
        try assembled(answer) { root in
            root["choices"]?.forEachElement { #expect($0["message"]?["content"]?.string == "") }
        }
    }

    @Test func hostileIndexesGrowNothing() throws {
        let (answer, _) = try observe(
            "data: {\"id\":\"x\",\"choices\":[{\"index\":999999999,\"delta\":{\"content\":\"a\"}}]}\n\n", .chat)
        try assembled(answer) { root in #expect((root["choices"]?.raw.count ?? 0) == 2) }
    }
}

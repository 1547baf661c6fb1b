import Bytes
import Simulator
import Testing

@Suite struct EndpointsTests {
    private let chat = #"{"model":"m","messages":[{"role":"user","content":"hi"}]}"#

    @Test func errorsSpeakTheDialectOfThePath() throws {
        let missing = try Calling("/v1/chat/completions", chat, key: nil)
        #expect(missing.plan.status == 401)
        #expect(try missing.get("error", "type") == "authentication_error")
        let anthropic = try Calling("/v1/messages", "{", key: "k")
        #expect(anthropic.plan.status == 400)
        #expect(try anthropic.get("type") == "error")
        #expect(try Calling("/v1/nothing", chat).plan.status == 404)
        #expect(try Calling("/v1/models", method: "POST").plan.status == 405)
        #expect(try Calling("/v1/chat/completions", chat, key: "sk-invalid").plan.status == 401)
        #expect(try Calling.chat("hi", model: "no-such-model").plan.status == 404)
        #expect(try Calling("/v1/chat/completions", #"{"model":"m"}"#).get("error", "message").hasPrefix("messages"))
    }

    @Test func responsesCountTheirEvents() throws {
        let body = #"{"model":"o3","stream":true,"input":"echo: a b"}"#
        let calling = try Calling("/v1/responses", body)
        let events = try calling.events()
        #expect(events.first?.name == "response.created" && events.last?.name == "response.completed")
        for (index, event) in events.enumerated() {
            #expect(event.data.contains(#""sequence_number":\#(index),"#))
            #expect(event.data.hasPrefix(#"{"type":"\#(event.name)""#))
        }
        #expect(try calling.fragments("delta").joined() == "a b")
        #expect(events.contains { $0.data.contains(#""type":"reasoning""#) })
    }

    @Test func aCutResponseIsIncomplete() throws {
        let calling = try Calling("/v1/responses", #"{"model":"m","input":"lorem 50","max_output_tokens":3}"#)
        #expect(try calling.get("status") == "incomplete")
        #expect(try calling.get("incomplete_details", "reason") == "max_output_tokens")
        #expect(try calling.get("usage", "output_tokens") == "3")
    }

    @Test func anthropicStreamsInOrder() throws {
        let body = #"""
            {"model":"c","max_tokens":999,"stream":true,"thinking":{"type":"enabled","budget_tokens":99},
            "messages":[{"role":"user","content":"echo: a b"}]}
            """#
        let names = try Calling("/v1/messages", body).events().map(\.name)
        #expect(names.first == "message_start" && names[1] == "content_block_start" && names[2] == "ping")
        #expect(names.suffix(3) == ["content_block_stop", "message_delta", "message_stop"])
        #expect(names.count { $0 == "content_block_start" } == 2)
    }

    @Test func base64EmbeddingsAreLittleEndianFloats() throws {
        let body = #"{"model":"text-embedding-3-small","input":["a cat","a dog"],"dimensions":8"#
        let floats = try Calling("/v1/embeddings", body + "}")
        let packed = try Calling("/v1/embeddings", body + #","encoding_format":"base64"}"#)
        let bytes = try #require(Base64.decode(try packed.get("data", 1, "embedding")))
        #expect(bytes.count == 32)
        for index in 0..<8 {
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index * 4 + $1]) << UInt32(8 * $1) }
            #expect(try Float(floats.get("data", 1, "embedding", index)) == Float(bitPattern: bits))
        }
        #expect(try floats.get("usage", "total_tokens") == "4")
    }

    @Test func textsThatShareWordsAreNear() throws {
        let texts = #"["the red train","a red train","seven green apples"]"#
        let calling = try Calling("/v1/embeddings", #"{"model":"m","input":\#(texts)}"#)
        let vectors = try (0..<3).map { row in
            try (0..<1536).map { try Double(calling.get("data", row, "embedding", $0)) ?? .nan }
        }
        func cosine(_ a: Int, _ b: Int) -> Double { zip(vectors[a], vectors[b]).reduce(0) { $0 + $1.0 * $1.1 } }
        #expect(abs(cosine(0, 0) - 1) < 1e-3)
        #expect(cosine(0, 1) > 0.5 && cosine(0, 2) < 0.3)
    }

    @Test func completionsAnswerEveryPrompt() throws {
        let body = #"{"model":"m","prompt":["echo: one","echo: two"],"n":2,"echo":true}"#
        let calling = try Calling("/v1/completions", body)
        #expect(try calling.get("choices", 2, "text") == "echo: twotwo")
        #expect(try calling.get("choices", 3, "index") == "3")
        #expect(try calling.get("usage", "prompt_tokens") == "6")
    }

    @Test func moderationsFlagWords() throws {
        let calling = try Calling("/v1/moderations", #"{"input":["I will kill you","good morning"]}"#)
        #expect(try calling.get("results", 0, "flagged") == "true")
        #expect(try calling.get("results", 0, "categories", "violence") == "true")
        #expect(try calling.get("results", 1, "flagged") == "false")
    }

    @Test func modelsAreListed() throws {
        #expect(try Calling("/v1/models", method: "GET").get("data", 0, "id") == "gpt-4o-mini")
        #expect(try Calling("/v1/models/any", method: "GET").get("id") == "any")
        #expect(try Calling("/v1/messages/count_tokens", chat).get("input_tokens") == "1")
    }
}

import Bytes
import Providers
import Testing
import Vocabulary

/// Answers through OpenRouter's address carry what its strict client insists on.
@Suite struct OpenRouterAnswers {
    private static let facts: OpenRouterExtras.Facts = {
        let input = ReceiptLine(
            bucket: .uncachedInput, quantity: 9, nanodollarsPerMillion: 0, amount: Money(nanodollars: 1_350))
        let output = ReceiptLine(
            bucket: .outputText, quantity: 3, nanodollarsPerMillion: 0, amount: Money(nanodollars: 1_800))
        let receipt = Receipt(lines: [input, output], priceVersion: "v1", source: "catalog")
        return OpenRouterExtras.Facts(
            requestID: ID128(high: 1, low: 2), provider: "up", receipt: receipt, now: 1_800_000_000)
    }()

    private func extended(_ json: String, _ facts: OpenRouterExtras.Facts = facts) -> String {
        String(decoding: OpenRouterExtras.extended(Array(json.utf8), facts), as: UTF8.self)
    }

    private func value(_ json: String, _ path: StaticString...) throws -> String {
        try Array(json.utf8).withUnsafeBytes { bytes in
            var view = try JSONView.parse(bytes)
            for key in path { view = try #require(view[key], "\(key) is missing in \(json)") }
            return String(decoding: view.raw, as: UTF8.self)
        }
    }

    @Test func aChatAnswerHasItsCostAndProvider() throws {
        let answer = extended(
            #"{"id":"c-1","object":"chat.completion","created":5,"model":"m","#
                + #""choices":[{"index":0,"message":{},"finish_reason":"stop"}],"#
                + #""usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}"#
        )
        #expect(try value(answer, "usage", "cost") == "0.00000315")
        #expect(try value(answer, "usage", "cost_details", "upstream_inference_prompt_cost") == "0.00000135")
        #expect(try value(answer, "usage", "cost_details", "upstream_inference_completions_cost") == "0.0000018")
        #expect(try value(answer, "provider") == #""up""#)
        #expect(try value(answer, "id") == #""gen-00000000000000010000000000000002""#)
        #expect(try value(answer, "system_fingerprint") == "null")
        #expect(answer.contains(#""native_finish_reason":"stop""#))
    }

    @Test func aChunkWithoutEndHasNoReason() {
        var early = Self.facts
        early.receipt = nil
        let chunk = extended(
            #"{"id":"c","object":"chat.completion.chunk","created":5,"model":"m","#
                + #""choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}"#,
            early)
        #expect(
            !chunk.contains("native_finish_reason") && !chunk.contains("cost") && chunk.contains(#""provider":"up""#))
    }

    @Test func theLastChunkHasTheCost() throws {
        let chunk = extended(
            #"{"id":"c","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"#
                + #""usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}"#
        )
        #expect(try value(chunk, "usage", "cost") == "0.00000315")
    }

    @Test func aResponseGetsTheMembersThatItsClientInsistsOn() throws {
        let answer = extended(
            #"{"object":"response","id":"r","created_at":1,"status":"completed","model":"m","output":[],"#
                + #""usage":{"input_tokens":9}}"#
        )
        for key in ["error", "incomplete_details", "instructions", "temperature", "top_p", "frequency_penalty"] {
            #expect(answer.contains("\"\(key)\":null"))
        }
        #expect(try value(answer, "completed_at") == "1800000000")
        #expect(try value(answer, "tool_choice") == #""auto""#)
        #expect(try value(answer, "usage", "cost_details", "upstream_inference_input_cost") == "0.00000135")
    }

    @Test func anEventOfAResponseIsExtendedWithin() throws {
        let event = extended(
            #"{"type":"response.created","sequence_number":0,"#
                + #""response":{"object":"response","status":"in_progress","output":[]}}"#
        )
        #expect(try value(event, "response", "completed_at") == "null")
        #expect(try value(event, "type") == #""response.created""#)
    }

    @Test func metadataComesWhereItWasAskedFor() throws {
        var asked = Self.facts
        asked.route = OpenRouterExtras.Route(requested: "a", attempts: 2, fallbackIndex: 1, upstreamModel: "m")
        let answer = extended(#"{"object":"chat.completion","choices":[]}"#, asked)
        #expect(try value(answer, "openrouter_metadata", "strategy") == #""fallback""#)
        #expect(try value(answer, "openrouter_metadata", "attempt") == "2")
    }

    @Test(arguments: ["", "not json", "[1]", #"{"error":{"message":"x"}}"#])
    func otherBodiesStayAsTheyAre(_ body: String) { #expect(extended(body) == body) }
}

import Bytes
import Dialects
import Testing
import Vocabulary

/// Embeddings: one form for callers, six for providers.
@Suite struct EmbeddingTests {
    private func request(_ text: String) throws -> EmbeddingRequest {
        try Array(text.utf8).withUnsafeBytes { try EmbeddingsCodec.decode(try JSONView.parse($0)) }
    }

    private func sent(_ text: String, _ format: EmbeddingFormat) throws -> (body: String, changes: [String]) {
        var changes: [ParameterChange] = []
        let target = EncodingTarget(model: "target")
        let body = try EmbeddingsCodec.encode(try request(text), format: format, target: target, changes: &changes)
        return (String(decoding: body, as: UTF8.self), changes.map { "\($0.name) \($0.action.rawValue)" })
    }

    private func answer(_ text: String, _ format: EmbeddingFormat) throws -> EmbeddingAnswer {
        try Array(text.utf8).withUnsafeBytes { EmbeddingsCodec.decode(try JSONView.parse($0), format: format) }
    }

    @Test func openAIPassesEverything() throws {
        let text =
            #"{"model":"m","input":["a","b"],"dimensions":3,"encoding_format":"base64","user":"u","truncate":true}"#
        let (body, changes) = try sent(text, .openAI)
        #expect(
            body
                == #"{"model":"target","input":["a","b"],"dimensions":3,"encoding_format":"base64","user":"u","truncate":true}"#
        )
        #expect(changes.isEmpty)
        #expect(
            try sent(#"{"model":"m","input":[1,2,3]}"#, .openAI).body
                == #"{"model":"target","input":[1,2,3],"encoding_format":"float"}"#)
    }

    @Test func googlesForms() throws {
        let text = #"{"model":"m","input":["a","b"],"dimensions":3,"input_type":"search_query","user":"u"}"#
        let gemini = try sent(text, .gemini)
        #expect(
            gemini.body.hasPrefix(
                #"{"requests":[{"model":"models/target","content":{"parts":[{"text":"a"}]},"taskType":"RETRIEVAL_QUERY","outputDimensionality":3},"#
            ))
        #expect(gemini.changes == ["user dropped"])
        #expect(
            try sent(text, .vertex).body
                == #"{"instances":[{"content":"a","task_type":"RETRIEVAL_QUERY"},{"content":"b","task_type":"RETRIEVAL_QUERY"}],"parameters":{"outputDimensionality":3}}"#
        )
    }

    @Test func coheresFormsAndTitans() throws {
        let text = #"{"model":"m","input":"a","dimensions":256}"#
        let cohere = try sent(text, .cohere)
        #expect(
            cohere.body
                == #"{"model":"target","texts":["a"],"input_type":"search_document","embedding_types":["float"],"output_dimension":256}"#
        )
        #expect(cohere.changes == ["input_type mapped"])
        #expect(try sent(text, .bedrockCohere).body.hasPrefix(#"{"texts":["a"]"#))
        #expect(try sent(text, .bedrockTitan).body == #"{"inputText":"a","dimensions":256}"#)
        #expect(EmbeddingFormat.bedrock(model: "us.cohere.embed-v4:0") == .bedrockCohere)
        #expect(EmbeddingFormat.bedrock(model: "amazon.titan-embed-text-v2:0") == .bedrockTitan)
    }

    @Test func whatCannotBeSentSaysWhy() throws {
        let many = #"{"model":"m","input":["a","b"]}"#
        #expect(throws: TranslationFault("input", "holds 2 inputs, and this provider takes 1 a call")) {
            try sent(many, .bedrockTitan)
        }
        #expect(throws: TranslationFault.self) { try sent(#"{"model":"m","input":[1,2]}"#, .cohere) }
        #expect(throws: TranslationFault.self) { try request(#"{"model":"m"}"#) }
        #expect(throws: TranslationFault.self) { try request(#"{"model":"m","input":[]}"#) }
        #expect(throws: TranslationFault.self) { try request(#"{"model":"m","input":[true]}"#) }
        #expect(throws: TranslationFault.self) { try request(#"{"model":"m","input":"a","encoding_format":"int8"}"#) }
    }

    @Test(arguments: [
        (
            EmbeddingFormat.openAI,
            #"{"object":"list","data":[{"index":1,"embedding":[2]},{"index":0,"embedding":[1.50]}],"model":"x","usage":{"prompt_tokens":4,"total_tokens":4}}"#
        ),
        (.gemini, #"{"embeddings":[{"values":[1.50]},{"values":[2]}],"usageMetadata":{"promptTokenCount":4}}"#),
        (
            .vertex,
            #"{"predictions":[{"embeddings":{"values":[1.50],"statistics":{"token_count":3}}},{"embeddings":{"values":[2],"statistics":{"token_count":1}}}]}"#
        ),
        (.cohere, #"{"embeddings":{"float":[[1.50],[2]]},"meta":{"billed_units":{"input_tokens":4}}}"#),
    ])
    func answersAreReadInOrder(_ format: EmbeddingFormat, _ text: String) throws {
        let answer = try answer(text, format)
        #expect(answer.vectors == [.numbers(Array("[1.50]".utf8)), .numbers(Array("[2]".utf8))])
        #expect(answer.usage?.totalInput == 4)
    }

    @Test func titanAndPlainCohere() throws {
        let titan = try answer(#"{"embedding":[0.1],"inputTextTokenCount":7}"#, .bedrockTitan)
        #expect(titan.vectors == [.numbers(Array("[0.1]".utf8))])
        #expect(titan.usage?.uncachedInput == 7)
        let cohere = try answer(#"{"embeddings":[[0.1]],"response_type":"embeddings_floats"}"#, .bedrockCohere)
        #expect(cohere.vectors == [.numbers(Array("[0.1]".utf8))])
    }

    @Test func vectorsAreConvertedBothWays() throws {
        var wanted = try request(#"{"model":"m","input":"a","encoding_format":"base64"}"#)
        let numbers = EmbeddingAnswer(vectors: [.numbers(Array("[1, -0.5, 0.1]".utf8))])
        let base64 = String(decoding: EmbeddingsCodec.encode(numbers, request: wanted), as: UTF8.self)
        #expect(base64.contains(#""embedding":"AACAPwAAAL/NzMw9""#))
        wanted.encoding = .float
        let encoded = EmbeddingAnswer(vectors: [.base64("AACAPwAAAL/NzMw9")])
        let floats = String(decoding: EmbeddingsCodec.encode(encoded, request: wanted), as: UTF8.self)
        #expect(floats.contains(#""embedding":[1.0,-0.5,0.1]"#))
        #expect(floats.hasPrefix(#"{"object":"list","data":[{"object":"embedding","index":0,"#))
        #expect(floats.hasSuffix(#""model":"m","usage":{"prompt_tokens":0,"total_tokens":0}}"#))
    }

    @Test func brokenVectorsAreNoTrap() throws {
        let wanted = try request(#"{"model":"m","input":"a"}"#)
        for vector in ["", "AACA", "not base64!", "AADAfwAAgH8="] {
            let bytes = EmbeddingsCodec.encode(EmbeddingAnswer(vectors: [.base64(vector)]), request: wanted)
            _ = try bytes.withUnsafeBytes { _ = try JSONView.parse($0) }
        }
    }
}

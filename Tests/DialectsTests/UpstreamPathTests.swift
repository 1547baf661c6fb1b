import Dialects
import Testing

/// Where a call goes at each provider.
@Suite struct UpstreamPathTests {
    @Test func openAIAndThoseLikeIt() {
        #expect(UpstreamPath.path(.openAI, .chat, model: "gpt-4.1") == "/chat/completions")
        #expect(UpstreamPath.path(.openAI, .responses, model: "gpt-4.1", streams: true) == "/responses")
        #expect(UpstreamPath.path(.openAI, .converse, model: "m") == nil)
    }

    @Test func azureByVersion() {
        let dated = ["api_version": "2024-10-21"]
        #expect(
            UpstreamPath.path(.azure, .chat, model: "my gpt", settings: dated)
                == "/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21")
        #expect(
            UpstreamPath.path(.azure, .responses, model: "gpt", settings: dated)
                == "/openai/responses?api-version=2024-10-21")
        #expect(UpstreamPath.path(.azure, .chat, model: "gpt") == "/openai/v1/chat/completions")
        #expect(
            UpstreamPath.path(.azure, .embeddings, model: "e", settings: ["api_version": "preview"])
                == "/openai/v1/embeddings?api-version=preview")
    }

    @Test func geminiAndVertex() {
        #expect(
            UpstreamPath.path(.gemini, .generateContent, model: "gemini-2.5-pro", streams: true)
                == "/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse")
        #expect(
            UpstreamPath.path(.gemini, .generateContent, model: "tunedModels/a b")
                == "/v1beta/tunedModels/a%20b:generateContent")
        #expect(
            UpstreamPath.path(.gemini, .embeddings, model: "gemini-embedding-001")
                == "/v1beta/models/gemini-embedding-001:batchEmbedContents")
        let place = ["project": "p1", "location": "europe-west4"]
        #expect(
            UpstreamPath.path(.vertex, .generateContent, model: "gemini-2.5-pro", settings: place)
                == "/v1/projects/p1/locations/europe-west4/publishers/google/models/gemini-2.5-pro:generateContent")
        #expect(
            UpstreamPath.path(.vertex, .generateContent, model: "endpoints/123", streams: true, settings: place)
                == "/v1/projects/p1/locations/europe-west4/endpoints/123:streamGenerateContent?alt=sse")
        #expect(UpstreamPath.path(.vertex, .countTokens, model: "m") == nil, "a project is needed")
    }

    @Test func bedrockWithIdsAndARNs() {
        #expect(
            UpstreamPath.path(.bedrock, .converse, model: "anthropic.claude-sonnet-4-20250514-v1:0", streams: true)
                == "/model/anthropic.claude-sonnet-4-20250514-v1%3A0/converse-stream")
        #expect(
            UpstreamPath.path(.bedrock, .converse, model: "arn:aws:bedrock:us-east-1:1:inference-profile/us.x")
                == "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fus.x/converse")
        #expect(
            UpstreamPath.path(.bedrock, .embeddings, model: "amazon.titan-embed-text-v2:0")
                == "/model/amazon.titan-embed-text-v2%3A0/invoke")
    }

    @Test func cohereAndAnthropic() {
        #expect(UpstreamPath.path(.cohere, .cohereChat, model: "command-a") == "/v2/chat")
        #expect(UpstreamPath.path(.cohere, .embeddings, model: "embed-v4.0") == "/v2/embed")
        #expect(UpstreamPath.path(.anthropic, .messages, model: "m", streams: true) == "/v1/messages")
        #expect(UpstreamPath.path(.anthropic, .countTokens, model: "m") == "/v1/messages/count_tokens")
    }

    @Test func namesCannotLeaveTheirPlace() {
        let path = UpstreamPath.path(.bedrock, .converse, model: "../../x?y#z")
        #expect(path == "/model/..%2F..%2Fx%3Fy%23z/converse")
        let gemini = UpstreamPath.path(.gemini, .generateContent, model: "tunedModels/../../x")
        #expect(gemini == "/v1beta/tunedModels%2F..%2F..%2Fx:generateContent")
        #expect(PercentEncoding.encode("ä/€") == "%C3%A4%2F%E2%82%AC")
    }
}

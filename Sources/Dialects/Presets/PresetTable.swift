extension ProviderPreset {
    /// All providers that are known by name.
    package static let all: [ProviderPreset] = makers + hosts + platforms + local

    /// The preset of that name.
    package static func named(_ name: String) -> ProviderPreset? { byName[name] }

    private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

    /// Those with formats of their own, or who set OpenAI's.
    private static let makers: [ProviderPreset] = [
        ProviderPreset(
            "openai", title: "OpenAI", baseURL: "https://api.openai.com/v1",
            operations: [.chat, .responses, .completions, .embeddings, .moderations], embeddings: .openAI,
            keyVariable: "OPENAI_API_KEY", documentation: "https://platform.openai.com/docs/api-reference"),
        ProviderPreset(
            "azure-openai", title: "Azure OpenAI", baseURL: "https://{resource}.openai.azure.com", paths: .azure,
            operations: [.chat, .responses, .completions, .embeddings], embeddings: .openAI,
            credential: .header("api-key"),
            settings: [
                PresetSetting("resource", "Name of the Azure OpenAI resource", example: "contoso-eu"),
                PresetSetting(
                    "api_version", "v1, or the dated version of the deployments paths", example: "2024-10-21",
                    fallback: "v1"),
            ],
            keyVariable: "AZURE_OPENAI_API_KEY",
            documentation: "https://learn.microsoft.com/azure/ai-services/openai/reference"),
        ProviderPreset(
            "anthropic", title: "Anthropic", baseURL: "https://api.anthropic.com", paths: .anthropic,
            operations: [.messages, .countTokens], credential: .header("x-api-key"),
            headers: ["anthropic-version": "2023-06-01"], keyVariable: "ANTHROPIC_API_KEY",
            documentation: "https://docs.anthropic.com/en/api/messages"),
        ProviderPreset(
            "gemini", title: "Google Gemini", baseURL: "https://generativelanguage.googleapis.com", paths: .gemini,
            operations: [.generateContent, .embeddings, .countTokens], embeddings: .gemini,
            credential: .header("x-goog-api-key"), keyVariable: "GEMINI_API_KEY",
            documentation: "https://ai.google.dev/api/generate-content"),
        ProviderPreset(
            "vertex", title: "Google Vertex AI", baseURL: "https://{location}-aiplatform.googleapis.com",
            paths: .vertex,
            operations: [.generateContent, .embeddings, .countTokens], embeddings: .vertex,
            credential: .googleServiceAccount,
            settings: [
                PresetSetting("project", "Google Cloud project", example: "my-project"),
                PresetSetting("location", "Region, or global", example: "europe-west4", fallback: "global"),
            ],
            keyVariable: "GOOGLE_APPLICATION_CREDENTIALS",
            documentation: "https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference"),
        ProviderPreset(
            "bedrock", title: "Amazon Bedrock", baseURL: "https://bedrock-runtime.{region}.amazonaws.com",
            paths: .bedrock, operations: [.converse, .embeddings], embeddings: .bedrockTitan, credential: .sigV4,
            settings: [PresetSetting("region", "AWS region", example: "eu-central-1")],
            keyVariable: "AWS_SECRET_ACCESS_KEY",
            documentation: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html"),
        ProviderPreset(
            "cohere", title: "Cohere", baseURL: "https://api.cohere.com", paths: .cohere,
            operations: [.cohereChat, .embeddings], embeddings: .cohere, keyVariable: "CO_API_KEY",
            documentation: "https://docs.cohere.com/reference/chat"),
        ProviderPreset(
            "mistral", title: "Mistral AI", baseURL: "https://api.mistral.ai/v1",
            operations: [.chat, .embeddings, .moderations], embeddings: .openAI,
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .platform, .spoken,
                PresetQuirk(.renamed("seed", to: "random_seed"), "names its seed so"),
                PresetQuirk(.requiredToolChoice("any"), "says any where OpenAI says required"),
                PresetQuirk(.maximum("temperature", 1.5), "refuses temperatures above 1.5"),
                PresetQuirk(
                    .unsupported(["logprobs", "top_logprobs", "logit_bias", "user"]), "refuses unknown members"),
                PresetQuirk(.lacksStreamOptions, "sends usage in the last chunk of every stream"),
                PresetQuirk(.reasoningStyle(.none), "its reasoning models think by themselves"),
                PresetQuirk(
                    .unsupportedInMessages(messageAdditions + ["name", "refusal"]),
                    "refuses unknown members of messages"),
            ],
            keyVariable: "MISTRAL_API_KEY", documentation: "https://docs.mistral.ai/api/"),
        ProviderPreset(
            "deepseek", title: "DeepSeek", baseURL: "https://api.deepseek.com", operations: [.chat],
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .platform, .spoken,
                PresetQuirk(.lacksJSONSchema, "structured output is json_object only"),
                PresetQuirk(.lacksContentParts, "content must be a string"),
                PresetQuirk(.reasoningStyle(.thinkingAndEffort), "has a switch beside the efforts"),
                PresetQuirk(.efforts(["minimal", "low", "medium", "high", "xhigh", "max"]), "takes max as well"),
                PresetQuirk(.reasoningHistory(.content), "wants reasoning_content back within a turn of tool calls"),
                PresetQuirk(
                    .unsupported(["n", "seed", "user", "logit_bias", "parallel_tool_calls"]), "not among its parameters"
                ),
            ],
            keyVariable: "DEEPSEEK_API_KEY", documentation: "https://api-docs.deepseek.com/api/create-chat-completion"),
        ProviderPreset(
            "xai", title: "xAI", baseURL: "https://api.x.ai/v1", operations: [.chat, .responses],
            quirks: [
                .wholeToolList,
                PresetQuirk(
                    .unsupported(["frequency_penalty", "presence_penalty", "stop", "logit_bias"]),
                    "its reasoning models answer 400 to these"),
                PresetQuirk(.unsupported(["store", "metadata", "verbosity", "prediction"]), "OpenAI's platform's own"),
                PresetQuirk(.efforts(["none", "low", "medium", "high"]), "knows four efforts"),
            ],
            keyVariable: "XAI_API_KEY", documentation: "https://docs.x.ai/docs/api-reference"),
        ProviderPreset(
            "perplexity", title: "Perplexity", baseURL: "https://api.perplexity.ai", operations: [.chat],
            quirks: [
                .maxTokens, .systemRole, .platform, .spoken,
                PresetQuirk(.unsupported(["tools", "tool_choice", "parallel_tool_calls"]), "calls no tools"),
                PresetQuirk(
                    .unsupported(["n", "seed", "user", "logit_bias", "logprobs", "top_logprobs"]),
                    "not among its parameters"),
                PresetQuirk(.extensions(["top_k"]), "samples with it as well"),
                PresetQuirk(.lacksStreamOptions, "sends usage with every chunk"),
                PresetQuirk(.efforts(["minimal", "low", "medium", "high"]), "knows four efforts"),
                PresetQuirk(.unsupportedInMessages(messageAdditions + ["name"]), "messages have role and content"),
            ],
            keyVariable: "PERPLEXITY_API_KEY",
            documentation: "https://docs.perplexity.ai/api-reference/chat-completions-post"),
        ProviderPreset(
            "ai21", title: "AI21", baseURL: "https://api.ai21.com/studio/v1", operations: [.chat],
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .platform, .spoken,
                PresetQuirk(.lacksJSONSchema, "structured output is json_object only"),
                PresetQuirk(.lacksContentParts, "content must be a string"),
                PresetQuirk(.lacksStreamOptions, "sends usage in the last chunk of every stream"),
                PresetQuirk(.reasoningStyle(.none), "its models do not think first"),
                PresetQuirk(
                    .unsupported([
                        "frequency_penalty", "presence_penalty", "seed", "user", "logit_bias", "logprobs",
                        "top_logprobs", "parallel_tool_calls",
                    ]), "not among its parameters"),
                PresetQuirk(.unsupportedInMessages(messageAdditions + ["name"]), "messages have role and content"),
            ],
            keyVariable: "AI21_API_KEY", documentation: "https://docs.ai21.com/reference/jamba-1-6-api-ref"),
    ]

    /// Members that gateways and reasoning models add to messages and that strict providers refuse.
    static let messageAdditions = [
        "reasoning_content", "reasoning", "reasoning_details", "thinking_blocks", "annotations", "audio",
    ]
}

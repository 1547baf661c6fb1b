// Those that serve others' models under OpenAI's format.
extension ProviderPreset {
    /// Hosts of open models.
    static let hosts: [ProviderPreset] = [
        ProviderPreset(
            "groq", title: "Groq", baseURL: "https://api.groq.com/openai/v1", operations: [.chat, .responses],
            quirks: [
                .wholeToolList,
                PresetQuirk(.unsupported(["logprobs", "top_logprobs", "logit_bias"]), "answers 400 to these"),
                PresetQuirk(
                    .unsupported(["store", "metadata", "verbosity", "modalities", "audio", "prediction"]),
                    "OpenAI's platform's own"),
                PresetQuirk(.maximum("n", 1), "gives one answer"),
                PresetQuirk(.reasoningHistory(.text), "takes earlier thinking as reasoning"),
                PresetQuirk(.efforts(["none", "low", "medium", "high"]), "knows four efforts"),
                PresetQuirk(
                    .unsupportedInMessages([
                        "name", "refusal", "reasoning_content", "reasoning_details", "thinking_blocks", "annotations",
                    ]), "answers 400 to unknown members of messages"),
            ],
            keyVariable: "GROQ_API_KEY", documentation: "https://console.groq.com/docs/openai"),
        ProviderPreset(
            "together", title: "Together AI", baseURL: "https://api.together.xyz/v1",
            operations: [.chat, .completions, .embeddings], embeddings: .openAI,
            quirks: [.maxTokens, .systemRole, .wholeToolList, .platform, .spoken, .sampling, .plainEfforts],
            keyVariable: "TOGETHER_API_KEY", documentation: "https://docs.together.ai/reference/chat-completions-1"),
        ProviderPreset(
            "fireworks", title: "Fireworks AI", baseURL: "https://api.fireworks.ai/inference/v1",
            operations: [.chat, .responses, .completions, .embeddings], embeddings: .openAI,
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .spoken, .sampling,
                PresetQuirk(.unsupported(["store", "verbosity", "safety_identifier"]), "OpenAI's platform's own"),
                PresetQuirk(.reasoningHistory(.content), "takes earlier thinking as reasoning_content"),
                PresetQuirk(.efforts(["none", "low", "medium", "high"]), "knows four efforts"),
            ],
            keyVariable: "FIREWORKS_API_KEY",
            documentation: "https://docs.fireworks.ai/api-reference/post-chatcompletions"),
        ProviderPreset(
            "cerebras", title: "Cerebras", baseURL: "https://api.cerebras.ai/v1", operations: [.chat, .completions],
            quirks: [
                .systemRole, .wholeToolList, .platform, .spoken, .plainEfforts,
                PresetQuirk(
                    .unsupported(["frequency_penalty", "presence_penalty", "logit_bias", "parallel_tool_calls"]),
                    "answers 400 to these"),
                PresetQuirk(.maximum("n", 1), "gives one answer"),
                PresetQuirk(.maximum("temperature", 1.5), "refuses temperatures above 1.5"),
                PresetQuirk(
                    .unsupportedInMessages(messageAdditions + ["name"]), "answers 400 to unknown members of messages"),
            ],
            keyVariable: "CEREBRAS_API_KEY", documentation: "https://inference-docs.cerebras.ai/resources/openai"),
        ProviderPreset(
            "sambanova", title: "SambaNova", baseURL: "https://api.sambanova.ai/v1", operations: [.chat, .embeddings],
            embeddings: .openAI,
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .platform, .spoken, .plainEfforts,
                PresetQuirk(
                    .unsupported(["n", "seed", "logprobs", "top_logprobs", "presence_penalty", "logit_bias", "user"]),
                    "passes over these without a word"),
                PresetQuirk(.maximum("temperature", 1), "takes temperatures from 0 to 1"),
                PresetQuirk(.extensions(["top_k"]), "samples with it as well"),
            ],
            keyVariable: "SAMBANOVA_API_KEY",
            documentation: "https://docs.sambanova.ai/docs/en/features/openai-compatibility"),
        ProviderPreset(
            "nvidia-nim", title: "NVIDIA NIM", baseURL: "https://integrate.api.nvidia.com/v1",
            operations: [.chat, .completions, .embeddings], embeddings: .openAI,
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .platform, .spoken,
                PresetQuirk(.unsupported(["user", "parallel_tool_calls"]), "refuses unknown members"),
                PresetQuirk(.reasoningStyle(.template), "thinking is turned on or off in the model's template"),
            ],
            keyVariable: "NVIDIA_API_KEY", documentation: "https://docs.api.nvidia.com/nim/reference/llm-apis"),
        ProviderPreset(
            "huggingface", title: "Hugging Face", baseURL: "https://router.huggingface.co/v1",
            operations: [.chat, .responses],
            quirks: [.maxTokens, .systemRole, .wholeToolList, .platform, .spoken, .plainEfforts],
            keyVariable: "HF_TOKEN",
            documentation: "https://huggingface.co/docs/inference-providers/tasks/chat-completion"),
    ]

    /// Clouds and brokers.
    static let platforms: [ProviderPreset] = [
        ProviderPreset(
            "databricks", title: "Databricks", baseURL: "https://{host}/serving-endpoints",
            operations: [.chat, .responses, .completions, .embeddings], embeddings: .openAI,
            settings: [PresetSetting("host", "Host name of the workspace", example: "dbc-1234.cloud.databricks.com")],
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .platform, .spoken, .plainEfforts,
                PresetQuirk(
                    .unsupported(["seed", "user", "parallel_tool_calls", "logit_bias"]), "refuses unknown members"),
                PresetQuirk(.extensions(["top_k"]), "samples with it as well"),
                PresetQuirk(.acceptsCacheControl, "its Claude endpoints take cache_control"),
            ],
            keyVariable: "DATABRICKS_TOKEN",
            documentation: "https://docs.databricks.com/aws/machine-learning/foundation-model-apis/api-reference"),
        ProviderPreset(
            "cloudflare", title: "Cloudflare Workers AI",
            baseURL: "https://api.cloudflare.com/client/v4/accounts/{account_id}/ai/v1",
            operations: [.chat, .responses, .embeddings], embeddings: .openAI,
            settings: [PresetSetting("account_id", "Cloudflare account", example: "023e105f4ecef8ad9ca31a8372d0c353")],
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .platform, .spoken, .plainEfforts,
                PresetQuirk(
                    .unsupported(["n", "user", "logit_bias", "logprobs", "top_logprobs", "parallel_tool_calls"]),
                    "not among its parameters"),
                PresetQuirk(.extensions(["top_k", "repetition_penalty"]), "samples with these as well"),
            ],
            keyVariable: "CLOUDFLARE_API_TOKEN",
            documentation: "https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/"),
        ProviderPreset(
            "openrouter", title: "OpenRouter", baseURL: "https://openrouter.ai/api/v1",
            operations: [.chat, .responses, .messages, .completions, .embeddings], embeddings: .openAI,
            quirks: [
                .sampling,
                PresetQuirk(.reasoningStyle(.object), "takes efforts and budgets in one object"),
                PresetQuirk(.reasoningHistory(.details), "takes signatures back in reasoning_details"),
                PresetQuirk(.acceptsCacheControl, "hands cache_control on to providers that have breakpoints"),
                PresetQuirk(.acceptsFileURLs, "fetches files itself"),
            ],
            keyVariable: "OPENROUTER_API_KEY", documentation: "https://openrouter.ai/docs/api-reference/overview"),
    ]

    /// Servers that people run themselves.
    static let local: [ProviderPreset] = [
        ProviderPreset(
            "ollama", title: "Ollama", baseURL: "http://localhost:11434/v1",
            operations: [.chat, .responses, .messages, .completions, .embeddings], embeddings: .openAI,
            credential: .none,
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .platform, .spoken,
                PresetQuirk(
                    .unsupported(["n", "user", "logit_bias", "parallel_tool_calls"]), "passes over these without a word"
                ),
                PresetQuirk(.reasoningHistory(.text), "takes earlier thinking as reasoning"),
                PresetQuirk(.efforts(["none", "low", "medium", "high"]), "knows four efforts"),
            ],
            keyVariable: "OLLAMA_API_KEY", documentation: "https://docs.ollama.com/api/openai-compatibility"),
        ProviderPreset(
            "vllm", title: "vLLM", baseURL: "http://localhost:8000/v1",
            operations: [.chat, .responses, .messages, .completions, .embeddings], embeddings: .openAI,
            quirks: [
                .systemRole, .wholeToolList, .sampling, .plainEfforts,
                PresetQuirk(.reasoningHistory(.content), "takes earlier thinking as reasoning_content"),
            ],
            keyVariable: "VLLM_API_KEY",
            documentation: "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html"),
        ProviderPreset(
            "llama-cpp", title: "llama.cpp", baseURL: "http://localhost:8080/v1",
            operations: [.chat, .responses, .messages, .completions, .embeddings], embeddings: .openAI,
            quirks: [
                .maxTokens, .systemRole, .wholeToolList, .sampling,
                PresetQuirk(.maximum("n", 1), "gives one answer to a chat"),
                PresetQuirk(.reasoningStyle(.template), "thinking is turned on or off in the model's template"),
                PresetQuirk(.reasoningHistory(.content), "takes earlier thinking as reasoning_content"),
            ],
            keyVariable: "LLAMA_API_KEY",
            documentation: "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md"),
    ]
}

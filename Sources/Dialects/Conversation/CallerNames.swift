/// Something that a request can say and that formats call differently. Changes are reported under the caller's name.
package enum RequestField: String, Sendable, CaseIterable {
    case model, system, turns
    case tools, toolChoice, parallelToolCalls
    case format
    case maximumOutputTokens
    case temperature, topP, topK, minP, frequencyPenalty, presencePenalty
    case stop, seed, choices
    case logprobs, topLogprobs
    /// The whole of the reasoning options, where no part of them is meant.
    case reasoning
    case reasoningEffort, reasoningBudget, reasoningSummary, includesThoughts
    case streams, includesUsage
    case user, metadata, serviceTier, cacheKey
    case modalities, audioOutput
    /// A cache breakpoint on a part or tool.
    case cacheLifetime
}

/// How the callers of each format spell a field, so that a change is named as the caller knows it.
package enum CallerNames {
    /// The member's name, dotted where it is nested. A field that the format can't say goes by OpenAI chat's name.
    package static func name(of field: RequestField, in format: WireFormat) -> String {
        table(of: format)[field] ?? openAIChat[field] ?? field.rawValue
    }

    private static func table(of format: WireFormat) -> [RequestField: String] {
        switch format {
        case .openAIChat: openAIChat
        case .openAICompletions: openAICompletions
        case .openAIResponses: openAIResponses
        case .anthropicMessages: anthropicMessages
        case .geminiGenerateContent: geminiGenerateContent
        case .bedrockConverse: bedrockConverse
        case .cohereChat: cohereChat
        }
    }

    private static let openAIChat: [RequestField: String] = [
        .model: "model", .system: "messages", .turns: "messages", .tools: "tools", .toolChoice: "tool_choice",
        .parallelToolCalls: "parallel_tool_calls", .format: "response_format",
        .maximumOutputTokens: "max_completion_tokens", .temperature: "temperature", .topP: "top_p", .topK: "top_k",
        .minP: "min_p", .frequencyPenalty: "frequency_penalty", .presencePenalty: "presence_penalty", .stop: "stop",
        .seed: "seed", .choices: "n", .logprobs: "logprobs", .topLogprobs: "top_logprobs",
        .reasoning: "reasoning_effort", .reasoningEffort: "reasoning_effort",
        .reasoningBudget: "reasoning.max_tokens", .reasoningSummary: "reasoning.summary",
        .includesThoughts: "reasoning.exclude", .streams: "stream", .includesUsage: "stream_options", .user: "user",
        .metadata: "metadata", .serviceTier: "service_tier", .cacheKey: "prompt_cache_key",
        .modalities: "modalities", .audioOutput: "audio", .cacheLifetime: "cache_control",
    ]

    private static let openAICompletions: [RequestField: String] = [
        .system: "prompt", .turns: "prompt", .maximumOutputTokens: "max_tokens", .topLogprobs: "logprobs",
    ]

    private static let openAIResponses: [RequestField: String] = [
        .system: "instructions", .turns: "input", .format: "text.format", .maximumOutputTokens: "max_output_tokens",
        .reasoning: "reasoning", .reasoningEffort: "reasoning.effort", .includesThoughts: "reasoning.summary",
    ]

    private static let anthropicMessages: [RequestField: String] = [
        .system: "system", .parallelToolCalls: "tool_choice.disable_parallel_tool_use",
        .format: "output_config.format", .maximumOutputTokens: "max_tokens", .stop: "stop_sequences",
        .reasoning: "thinking", .reasoningEffort: "output_config.effort", .reasoningBudget: "thinking.budget_tokens",
        .reasoningSummary: "thinking.display", .includesThoughts: "thinking.display", .user: "metadata.user_id",
    ]

    private static let geminiGenerateContent: [RequestField: String] = [
        .system: "systemInstruction", .turns: "contents", .toolChoice: "toolConfig.functionCallingConfig",
        .format: "generationConfig.responseSchema", .maximumOutputTokens: "generationConfig.maxOutputTokens",
        .temperature: "generationConfig.temperature", .topP: "generationConfig.topP", .topK: "generationConfig.topK",
        .frequencyPenalty: "generationConfig.frequencyPenalty", .presencePenalty: "generationConfig.presencePenalty",
        .stop: "generationConfig.stopSequences", .seed: "generationConfig.seed",
        .choices: "generationConfig.candidateCount", .logprobs: "generationConfig.responseLogprobs",
        .topLogprobs: "generationConfig.logprobs", .reasoning: "generationConfig.thinkingConfig",
        .reasoningEffort: "generationConfig.thinkingConfig.thinkingLevel",
        .reasoningBudget: "generationConfig.thinkingConfig.thinkingBudget",
        .includesThoughts: "generationConfig.thinkingConfig.includeThoughts",
        .modalities: "generationConfig.responseModalities", .audioOutput: "generationConfig.speechConfig",
        .metadata: "labels", .serviceTier: "serviceTier", .cacheLifetime: "cachedContent", .cacheKey: "cachedContent",
    ]

    private static let bedrockConverse: [RequestField: String] = [
        .model: "modelId", .system: "system", .tools: "toolConfig.tools", .toolChoice: "toolConfig.toolChoice",
        .maximumOutputTokens: "inferenceConfig.maxTokens", .temperature: "inferenceConfig.temperature",
        .topP: "inferenceConfig.topP", .stop: "inferenceConfig.stopSequences", .metadata: "requestMetadata",
        .reasoning: "additionalModelRequestFields", .cacheLifetime: "cachePoint",
    ]

    private static let cohereChat: [RequestField: String] = [
        .maximumOutputTokens: "max_tokens", .topP: "p", .topK: "k", .stop: "stop_sequences", .reasoning: "thinking",
        .reasoningBudget: "thinking.token_budget",
    ]
}

extension ModelRequest {
    /// What this request's caller calls a field.
    package func name(of field: RequestField) -> String { CallerNames.name(of: field, in: source) }
}

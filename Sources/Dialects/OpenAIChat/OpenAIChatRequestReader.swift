import Bytes
import Vocabulary

/// Reads the top level of a chat request; messages, parts and tools have readers of their own.
struct OpenAIChatRequestReader {
    var request = ModelRequest(source: .openAIChat, model: "")

    static func read(_ root: JSONView) throws(TranslationFault) -> ModelRequest {
        var reader = Self()
        _ = try root.expectObject("body")
        guard let messages = root["messages"]?.unlessNull else {
            throw TranslationFault("messages", "is missing; send at least one message")
        }
        // Messages first: what else is read may refer to them.
        try OpenAIChatMessageReader.read(messages, into: &reader.request)
        for (key, value) in root.members where !value.isNull {
            if try reader.readShape(key, value) { continue }
            if try reader.readSampling(key, value) { continue }
            if try reader.readReasoning(key, value) { continue }
            if try reader.readAccount(key, value) { continue }
            reader.request.extras.append(Extra(key.string, value.json))
        }
        return reader.request
    }

    /// Model, messages, tools and the form of the answer. True if the member is one of them.
    private mutating func readShape(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        case "model": request.model = try value.expectString("model")
        case "messages": break
        case "tools": request.tools += try OpenAIChatToolReader.tools(value)
        case "functions": request.tools += try OpenAIChatToolReader.functions(value)
        case "tool_choice": request.toolChoice = try OpenAIChatToolReader.choice(value)
        case "function_call":
            let choice = try OpenAIChatToolReader.legacyChoice(value)
            request.toolChoice = request.toolChoice ?? choice
        case "parallel_tool_calls": request.parallelToolCalls = try value.expectBool("parallel_tool_calls")
        case "response_format": request.format = try OpenAIChatToolReader.format(value)
        case "modalities": request.modalities = try Self.strings(value, "modalities")
        case "audio": request.audioOutput = try value.expectObject("audio").json
        case "stream": request.streams = try value.expectBool("stream")
        case "stream_options": try readStreamOptions(value)
        default: return false
        }
        return true
    }

    private mutating func readSampling(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        // The newer name wins, in whichever order the two stand.
        case "max_completion_tokens": request.maximumOutputTokens = try value.expectInt("max_completion_tokens")
        case "max_tokens":
            let limit = try value.expectInt("max_tokens")
            request.maximumOutputTokens = request.maximumOutputTokens ?? limit
        case "temperature": request.temperature = try value.expectNumber("temperature")
        case "top_p": request.topP = try value.expectNumber("top_p")
        case "top_k": request.topK = try value.expectNumber("top_k")
        case "min_p": request.minP = try value.expectNumber("min_p")
        case "frequency_penalty": request.frequencyPenalty = try value.expectNumber("frequency_penalty")
        case "presence_penalty": request.presencePenalty = try value.expectNumber("presence_penalty")
        case "stop": request.stop = try Self.stop(value)
        case "seed": request.seed = try value.expectNumber("seed")
        case "n": request.choices = try value.expectInt("n")
        case "logprobs": request.logprobs = try value.expectBool("logprobs")
        case "top_logprobs": request.topLogprobs = try value.expectInt("top_logprobs")
        default: return false
        }
        return true
    }

    /// OpenAI's `reasoning_effort`, OpenRouter's `reasoning`, and `thinking` as LiteLLM and DeepSeek take it.
    private mutating func readReasoning(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        var options = request.reasoning ?? ReasoningOptions()
        switch key {
        case "reasoning_effort": options.effort = try value.expectString("reasoning_effort")
        case "reasoning":
            let object = try value.expectObject("reasoning")
            options.effort = object["effort"]?.string ?? options.effort
            options.budgetTokens = object["max_tokens"]?.int64
            options.isEnabled = object["enabled"]?.bool
            options.includesThoughts = object["exclude"]?.bool.map { !$0 }
            options.summary = object["summary"]?.string
        case "thinking":
            let object = try value.expectObject("thinking")
            options.budgetTokens = object["budget_tokens"]?.int64
            options.isAdaptive = object["type"]?.isString("adaptive") ?? false
            options.isEnabled = object["type"].map { !$0.isString("disabled") }
        case "include_reasoning": options.includesThoughts = try value.expectBool("include_reasoning")
        default: return false
        }
        request.reasoning = options
        return true
    }

    private mutating func readAccount(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        case "user": request.user = try value.expectString("user")
        case "metadata":
            for (name, item) in try value.expectObject("metadata").members {
                let text = item.string ?? String(decoding: item.raw, as: UTF8.self)
                request.metadata.append(MetadataPair(key: name.string, value: text))
            }
        case "service_tier": request.serviceTier = try value.expectString("service_tier")
        case "prompt_cache_key": request.cacheKey = try value.expectString("prompt_cache_key")
        default: return false
        }
        return true
    }

    private mutating func readStreamOptions(_ value: JSONView) throws(TranslationFault) {
        for (key, item) in try value.expectObject("stream_options").members where !item.isNull {
            if key == "include_usage" {
                request.includesUsage = try item.expectBool("stream_options.include_usage")
            } else {
                request.extras.append(Extra("stream_options.\(key.string)", item.json))
            }
        }
    }

    static func stop(_ value: JSONView) throws(TranslationFault) -> [String] {
        if let one = value.string { return [one] }
        return try strings(value, "stop")
    }

    static func strings(_ value: JSONView, _ name: String) throws(TranslationFault) -> [String] {
        var strings: [String] = []
        for element in try value.expectArray(name).elements {
            strings.append(try element.expectString("\(name)[\(strings.count)]"))
        }
        return strings
    }
}

import Bytes
import Vocabulary

/// Reads the top level of a responses request; items and tools have readers of their own.
struct ResponsesRequestReader {
    private var request = ModelRequest(source: .openAIResponses, model: "")

    /// - Parameter isStateful: The target is OpenAI itself, which keeps responses, conversations and prompts; members
    ///   that refer to them go on as extras. Anybody else can't know them, so they are faults.
    static func read(_ root: JSONView, isStateful: Bool) throws(TranslationFault) -> ModelRequest {
        var reader = Self()
        _ = try root.expectObject("body")
        if !isStateful { try checkState(root) }
        if let instructions = root["instructions"]?.unlessNull {
            let text = try instructions.expectString("instructions")
            // Marked, so that they are told from system messages among the input.
            let mark = [Extra("instructions", Array("true".utf8))]
            if !text.isEmpty { reader.request.system.append(Part(.text(text), extras: mark)) }
        }
        try reader.readInput(root["input"]?.unlessNull, isStateful: isStateful)
        for (key, value) in root.members where !value.isNull {
            if try reader.readShape(key, value) { continue }
            if try reader.readOptions(key, value) { continue }
            if try reader.readAccount(key, value) { continue }
            reader.request.extras.append(Extra(key.string, value.json))
        }
        return reader.request
    }

    /// What stands for something that was left at the provider.
    private static func checkState(_ root: JSONView) throws(TranslationFault) {
        for (key, value) in root.members where !value.isNull {
            switch key {
            case "previous_response_id", "conversation":
                throw TranslationFault(
                    key.string, "is not kept by this model's provider; send the earlier items in input instead"
                )
            case "prompt":
                let mend = "refers to a template at OpenAI; write it out in instructions and input"
                throw TranslationFault("prompt", mend)
            case "background":
                if value.bool == true {
                    let mend = "is not known to this model's provider; wait or stream instead"
                    throw TranslationFault("background", mend)
                }
            default: break
            }
        }
    }

    private mutating func readInput(_ input: JSONView?, isStateful: Bool) throws(TranslationFault) {
        guard let input else {
            if isStateful { return }
            throw TranslationFault("input", "is missing; give a string or a list of items")
        }
        var items = ResponsesItemReader(isStateful: isStateful)
        try items.read(input)
        request.system += items.system
        request.turns = items.turns
    }

    /// Model, tools and the form of the answer. True if the member is one of them.
    private mutating func readShape(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        case "instructions", "input": break
        case "model": request.model = try value.expectString("model")
        case "tools": request.tools = try ResponsesToolReader.tools(value)
        case "tool_choice":
            guard let choice = try ResponsesToolReader.choice(value) else { return false }
            request.toolChoice = choice
        case "parallel_tool_calls": request.parallelToolCalls = try value.expectBool("parallel_tool_calls")
        case "text": try readText(value)
        case "reasoning": try readReasoning(value)
        case "include": try readInclude(value)
        case "stream": request.streams = try value.expectBool("stream")
        default: return false
        }
        return true
    }

    private mutating func readOptions(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        case "max_output_tokens": request.maximumOutputTokens = try value.expectInt("max_output_tokens")
        case "temperature": request.temperature = try value.expectNumber("temperature")
        case "top_p": request.topP = try value.expectNumber("top_p")
        case "top_logprobs":
            let count = try value.expectInt("top_logprobs")
            request.topLogprobs = count
            if count > 0 { request.logprobs = true }
        default: return false
        }
        return true
    }

    private mutating func readAccount(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        case "user": request.user = try value.expectString("user")
        case "safety_identifier" where request.user == nil:
            request.user = try value.expectString("safety_identifier")
        case "metadata":
            for (name, item) in try value.expectObject("metadata").members {
                let text = item.string ?? String(decoding: item.raw, as: UTF8.self)
                request.metadata.append(MetadataPair(key: name.string, value: text))
            }
        case "prompt_cache_key": request.cacheKey = try value.expectString("prompt_cache_key")
        case "service_tier": request.serviceTier = try value.expectString("service_tier")
        default: return false
        }
        return true
    }

    private mutating func readText(_ value: JSONView) throws(TranslationFault) {
        for (key, item) in try value.expectObject("text").members where !item.isNull {
            if key == "format" {
                request.format = try ResponsesToolReader.format(item)
            } else {
                request.extras.append(Extra("text.\(key.string)", item.json))
            }
        }
    }

    private mutating func readReasoning(_ value: JSONView) throws(TranslationFault) {
        var options = ReasoningOptions()
        for (key, item) in try value.expectObject("reasoning").members where !item.isNull {
            switch key {
            case "effort": options.effort = try item.expectString("reasoning.effort")
            case "summary", "generate_summary": options.summary = try item.expectString("reasoning.\(key.string)")
            default: request.extras.append(Extra("reasoning.\(key.string)", item.json))
            }
        }
        if options.effort == "none" { options.isEnabled = false }
        if options.summary != nil { options.includesThoughts = true }
        if options != ReasoningOptions() { request.reasoning = options }
    }

    private mutating func readInclude(_ value: JSONView) throws(TranslationFault) {
        var others: [[UInt8]] = []
        for element in try value.expectArray("include").elements {
            switch element.string {
            case "reasoning.encrypted_content": request.returnsEncryptedReasoning = true
            case "message.output_text.logprobs": request.logprobs = true
            default: others.append(element.json)
            }
        }
        guard !others.isEmpty else { return }
        let json = JSONText.written { writer in
            writer.beginArray()
            for other in others { writer.raw(other) }
            writer.endArray()
        }
        request.extras.append(Extra("include", json))
    }
}

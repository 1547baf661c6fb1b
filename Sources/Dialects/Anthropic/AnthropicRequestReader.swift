import Bytes
import Vocabulary

/// Reads the top level of a messages request; blocks and tools have readers of their own.
struct AnthropicRequestReader {
    private var request = ModelRequest(source: .anthropicMessages, model: "")

    static func read(_ root: JSONView) throws(TranslationFault) -> ModelRequest {
        var reader = Self()
        _ = try root.expectObject("body")
        guard let messages = root["messages"]?.unlessNull else {
            throw TranslationFault("messages", "is missing; send at least one message")
        }
        try reader.readMessages(messages)
        for (key, value) in root.members where !value.isNull {
            if try reader.readShape(key, value) { continue }
            if try reader.readOptions(key, value) { continue }
            if try reader.readThinking(key, value) { continue }
            reader.request.extras.append(Extra(key.string, value.json))
        }
        return reader.request
    }

    private mutating func readMessages(_ messages: JSONView) throws(TranslationFault) {
        for message in try messages.expectArray("messages").elements {
            let path = "messages[\(request.turns.count)]"
            request.turns.append(try AnthropicBlockReader.turn(try message.expectObject(path), path))
        }
        guard !request.turns.isEmpty else {
            throw TranslationFault("messages", "is empty; send at least one message")
        }
    }

    /// Model, system, tools and the form of the answer. True if the member is one of them.
    private mutating func readShape(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        case "messages": break
        case "model": request.model = try value.expectString("model")
        case "system": request.system = try AnthropicBlockReader.parts(value, "system")
        case "tools": request.tools = try AnthropicToolReader.tools(value)
        case "tool_choice":
            request.toolChoice = try AnthropicToolReader.choice(value)
            request.parallelToolCalls = value["disable_parallel_tool_use"]?.bool.map { !$0 }
        case "output_config": try readOutputConfig(value)
        case "output_format": request.format = try Self.format(value, "output_format")
        default: return false
        }
        return true
    }

    private mutating func readOptions(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        case "max_tokens": request.maximumOutputTokens = try value.expectInt("max_tokens")
        case "temperature": request.temperature = try value.expectNumber("temperature")
        case "top_p": request.topP = try value.expectNumber("top_p")
        case "top_k": request.topK = try value.expectNumber("top_k")
        case "stop_sequences":
            for element in try value.expectArray("stop_sequences").elements {
                request.stop.append(try element.expectString("stop_sequences[\(request.stop.count)]"))
            }
        case "stream": request.streams = try value.expectBool("stream")
        case "service_tier": request.serviceTier = try value.expectString("service_tier")
        case "metadata": try readMetadata(value)
        default: return false
        }
        return true
    }

    private mutating func readThinking(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        guard key == "thinking" else { return false }
        var options = request.reasoning ?? ReasoningOptions()
        switch try value.expectObject("thinking")["type"]?.string {
        case "enabled":
            options.isEnabled = true
            options.budgetTokens = value["budget_tokens"]?.int64
        case "disabled": options.isEnabled = false
        case "adaptive":
            options.isEnabled = true
            options.isAdaptive = true
        default: return false
        }
        options.includesThoughts = value["display"]?.string.map { $0 != "omitted" }
        request.reasoning = options
        return true
    }

    private mutating func readMetadata(_ value: JSONView) throws(TranslationFault) {
        for (key, item) in try value.expectObject("metadata").members where !item.isNull {
            if key == "user_id" {
                request.user = try item.expectString("metadata.user_id")
            } else {
                let text = item.string ?? String(decoding: item.raw, as: UTF8.self)
                request.metadata.append(MetadataPair(key: key.string, value: text))
            }
        }
    }

    private mutating func readOutputConfig(_ value: JSONView) throws(TranslationFault) {
        for (key, item) in try value.expectObject("output_config").members where !item.isNull {
            switch key {
            case "effort":
                var options = request.reasoning ?? ReasoningOptions()
                options.effort = try item.expectString("output_config.effort")
                request.reasoning = options
            case "format": request.format = try Self.format(item, "output_config.format")
            default: request.extras.append(Extra("output_config.\(key.string)", item.json))
            }
        }
    }

    private static func format(_ value: JSONView, _ path: String) throws(TranslationFault) -> AnswerFormat {
        guard value["type"]?.isString("json_schema") == true, let schema = value["schema"] else {
            throw TranslationFault(path, "must be an object with type json_schema and a schema")
        }
        return .jsonSchema(
            name: value["name"]?.string ?? "answer", description: nil,
            schema: try schema.expectObject("\(path).schema").json, strict: true
        )
    }
}

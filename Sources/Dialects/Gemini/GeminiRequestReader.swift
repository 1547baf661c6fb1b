import Bytes
import Vocabulary

/// Reads a `generateContent` request.
struct GeminiRequestReader {
    private var request: ModelRequest

    static func read(_ root: JSONView, call: CallerPath) throws(TranslationFault) -> ModelRequest {
        _ = try root.expectObject("body")
        var reader = Self(request: ModelRequest(source: .geminiGenerateContent, model: call.model ?? ""))
        reader.request.streams = call.streams
        reader.request.includesUsage = true
        for (key, value) in root.members where !value.isNull { try reader.read(key, value) }
        guard !reader.request.turns.isEmpty else {
            throw TranslationFault("contents", "is missing or empty; send at least one content")
        }
        return reader.request
    }

    private mutating func read(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) {
        let name = GeminiNames.camel(key)
        switch name {
        case "contents": request.turns = try GeminiContentReader.turns(value)
        case "systemInstruction": request.system = try GeminiContentReader.system(value)
        case "tools": request.tools = try GeminiToolReader.tools(value)
        case "toolConfig": try readToolConfig(value)
        case "generationConfig": try readGenerationConfig(value)
        case "labels":
            for (key, item) in try value.expectObject("labels").members {
                request.metadata.append(MetadataPair(key: key.string, value: item.string ?? ""))
            }
        case "serviceTier": request.serviceTier = try value.expectString("serviceTier")
        case "model":
            if request.model.isEmpty { request.model = GeminiNames.model(try value.expectString("model")) }
        default: request.extras.append(Extra(name, value.json))
        }
    }

    private mutating func readToolConfig(_ value: JSONView) throws(TranslationFault) {
        for (key, item) in try value.expectObject("toolConfig").members where !item.isNull {
            let name = GeminiNames.camel(key)
            if name == "functionCallingConfig" {
                request.toolChoice = try GeminiToolReader.choice(item)
            } else {
                request.extras.append(Extra("toolConfig.\(name)", item.json))
            }
        }
    }

    private mutating func readGenerationConfig(_ value: JSONView) throws(TranslationFault) {
        for (key, item) in try value.expectObject("generationConfig").members where !item.isNull {
            let name = GeminiNames.camel(key)
            if try readSampling(name, item) { continue }
            if try readShape(name, item) { continue }
            request.extras.append(Extra("generationConfig.\(name)", item.json))
        }
        readFormat(value)
    }

    private mutating func readSampling(_ name: String, _ value: JSONView) throws(TranslationFault) -> Bool {
        let path = "generationConfig.\(name)"
        switch name {
        case "temperature": request.temperature = try value.expectNumber(path)
        case "topP": request.topP = try value.expectNumber(path)
        case "topK": request.topK = try value.expectNumber(path)
        case "seed": request.seed = try value.expectNumber(path)
        case "presencePenalty": request.presencePenalty = try value.expectNumber(path)
        case "frequencyPenalty": request.frequencyPenalty = try value.expectNumber(path)
        case "candidateCount": request.choices = try value.expectInt(path)
        case "maxOutputTokens": request.maximumOutputTokens = try value.expectInt(path)
        case "responseLogprobs": request.logprobs = try value.expectBool(path)
        case "logprobs": request.topLogprobs = try value.expectInt(path)
        default: return false
        }
        return true
    }

    private mutating func readShape(_ name: String, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch name {
        case "stopSequences":
            for element in try value.expectArray("generationConfig.stopSequences").elements {
                request.stop.append(try element.expectString("generationConfig.stopSequences"))
            }
        case "responseModalities":
            for element in try value.expectArray("generationConfig.responseModalities").elements {
                request.modalities.append((element.string ?? "").lowercased())
            }
        case "thinkingConfig": request.reasoning = try thinking(value)
        case "responseMimeType", "responseSchema", "responseJsonSchema": break  // all three together: readFormat
        default: return false
        }
        return true
    }

    private func thinking(_ value: JSONView) throws(TranslationFault) -> ReasoningOptions {
        let path = "generationConfig.thinkingConfig"
        _ = try value.expectObject(path)
        var options = ReasoningOptions()
        options.includesThoughts = value.camel("includeThoughts")?.bool
        options.effort = value.camel("thinkingLevel")?.string?.lowercased()
        if let budget = value.camel("thinkingBudget") {
            let tokens = try budget.expectInt("\(path).thinkingBudget")
            if tokens < 0 { options.isAdaptive = true } else { options.budgetTokens = tokens }
            if tokens == 0 { options.isEnabled = false }
        }
        return options
    }

    /// The media type says whether JSON is wanted, the schema which.
    private mutating func readFormat(_ config: JSONView) {
        let type = config.camel("responseMimeType")?.string
        if let schema = config.camel("responseJsonSchema"), schema.kind == .object {
            request.format = .jsonSchema(name: "response", description: nil, schema: schema.json, strict: nil)
        } else if let schema = config.camel("responseSchema"), schema.kind == .object {
            let converted = GeminiOpenAPISchema.jsonSchema(schema)
            request.format = .jsonSchema(name: "response", description: nil, schema: converted, strict: nil)
        } else if type == "application/json" {
            request.format = .jsonObject
        }
        if let type, type != "application/json", type != "text/plain" {
            var writer = JSONWriter()
            writer.string(type)
            request.extras.append(Extra("generationConfig.responseMimeType", writer.bytes))
        }
    }
}

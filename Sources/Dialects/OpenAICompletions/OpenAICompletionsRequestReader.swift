import Bytes

/// Reads a legacy completion request.
struct OpenAICompletionsRequestReader {
    private var request = ModelRequest(source: .openAICompletions, model: "")

    static func read(_ root: JSONView) throws(TranslationFault) -> ModelRequest {
        var reader = Self()
        _ = try root.expectObject("body")
        guard let prompt = root["prompt"]?.unlessNull else {
            throw TranslationFault("prompt", "is missing; give the text to go on from")
        }
        reader.request.turns = [Turn(.user, [Part(.text(try text(prompt)))])]
        for (key, value) in root.members where !value.isNull {
            if try reader.readCall(key, value) { continue }
            if try reader.readSampling(key, value) { continue }
            reader.request.extras.append(Extra(key.string, value.json))
        }
        return reader.request
    }

    /// One prompt as text. Several in one call have answers of their own, which no chat can give; tokens mean
    /// something to one model only.
    private static func text(_ prompt: JSONView) throws(TranslationFault) -> String {
        if let text = prompt.string { return text }
        let elements = Array(try prompt.expectArray("prompt").elements)
        guard let first = elements.first else {
            throw TranslationFault("prompt", "is empty; give the text to go on from")
        }
        guard let text = first.string else {
            throw TranslationFault("prompt", "holds tokens, which only the model they belong to can read; send text")
        }
        guard elements.count == 1 else {
            throw TranslationFault("prompt", "holds \(elements.count) prompts; send one request for each")
        }
        return text
    }

    private mutating func readCall(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        case "model": request.model = try value.expectString("model")
        case "prompt": break
        case "max_tokens": request.maximumOutputTokens = try value.expectInt("max_tokens")
        case "n": request.choices = try value.expectInt("n")
        case "stop": request.stop = try OpenAIChatRequestReader.stop(value)
        case "user": request.user = try value.expectString("user")
        case "stream": request.streams = try value.expectBool("stream")
        case "stream_options":
            request.includesUsage = try value.expectObject("stream_options")["include_usage"]?.bool ?? false
        case "logprobs":
            request.logprobs = true
            request.topLogprobs = try value.expectInt("logprobs")
        default: return false
        }
        return true
    }

    private mutating func readSampling(_ key: JSONKeyView, _ value: JSONView) throws(TranslationFault) -> Bool {
        switch key {
        case "temperature": request.temperature = try value.expectNumber("temperature")
        case "top_p": request.topP = try value.expectNumber("top_p")
        case "top_k": request.topK = try value.expectNumber("top_k")
        case "min_p": request.minP = try value.expectNumber("min_p")
        case "frequency_penalty": request.frequencyPenalty = try value.expectNumber("frequency_penalty")
        case "presence_penalty": request.presencePenalty = try value.expectNumber("presence_penalty")
        case "seed": request.seed = try value.expectNumber("seed")
        default: return false
        }
        return true
    }
}

import Bytes

/// Reads OpenAI's form of a request for embeddings.
enum EmbeddingRequestReader {
    static func read(_ root: JSONView) throws(TranslationFault) -> EmbeddingRequest {
        _ = try root.expectObject("body")
        guard let input = root["input"]?.unlessNull else {
            throw TranslationFault("input", "is missing; give the text to embed")
        }
        var request = EmbeddingRequest(model: "", inputs: try inputs(input))
        for (key, value) in root.members where !value.isNull { try read(key, value, into: &request) }
        return request
    }

    private static func read(
        _ key: JSONKeyView, _ value: JSONView, into request: inout EmbeddingRequest
    ) throws(TranslationFault) {
        switch key {
        case "model": request.model = try value.expectString("model")
        case "input": break
        case "dimensions": request.dimensions = try value.expectInt("dimensions")
        case "encoding_format":
            let word = try value.expectString("encoding_format")
            guard let encoding = EmbeddingRequest.Encoding(rawValue: word) else {
                throw TranslationFault("encoding_format", "is \(word); say float or base64")
            }
            request.encoding = encoding
        case "user": request.user = try value.expectString("user")
        case "input_type": request.purpose = try value.expectString("input_type")
        default: request.extras.append(Extra(key.string, value.json))
        }
    }

    private static func inputs(_ input: JSONView) throws(TranslationFault) -> [EmbeddingRequest.Input] {
        if let text = input.string { return [.text(text)] }
        let elements = Array(try input.expectArray("input").elements)
        guard let first = elements.first else { throw TranslationFault("input", "is empty; give the text to embed") }
        // A list of numbers is one input of tokens, not many inputs.
        if first.kind == .number { return [.tokens(input.json)] }
        var inputs: [EmbeddingRequest.Input] = []
        for element in elements {
            if let text = element.string {
                inputs.append(.text(text))
            } else if element.kind == .array {
                inputs.append(.tokens(element.json))
            } else {
                throw TranslationFault("input[\(inputs.count)]", "must be a string or a list of tokens")
            }
        }
        return inputs
    }
}

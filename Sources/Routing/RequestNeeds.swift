package import Bytes

extension Capabilities {
    /// What a request's body needs of a model beside streaming and tools: a form to keep to, pictures, files, sound.
    ///
    /// Read once, by its members' and parts' types, in the dialects of OpenAI, Anthropic and Gemini.
    package static func needed(by body: JSONView, hasAnswerFormat: Bool) -> Capabilities {
        var needs: Capabilities = hasAnswerFormat ? format(body) : []
        for (key, value) in body.members where key == "messages" || key == "input" || key == "contents" {
            value.forEachElement { message in
                for (key, parts) in message.members where key == "content" || key == "parts" {
                    parts.forEachElement { needs.formUnion(media($0)) }
                }
            }
        }
        return needs
    }

    private static func format(_ body: JSONView) -> Capabilities {
        let format = body["response_format"] ?? body["text"]?["format"] ?? body["output_config"]?["format"]
        switch format?["type"]?.string {
        case "json_schema": return .jsonSchema
        case "json_object": return .jsonMode
        default: return []
        }
    }

    private static func media(_ part: JSONView) -> Capabilities {
        if let type = part["type"]?.string {
            switch type {
            case "image_url", "image", "input_image": return .vision
            case "document", "file", "input_file": return .pdf
            case "input_audio": return .audioInput
            default: return []
            }
        }
        let kind = (part["inlineData"] ?? part["inline_data"] ?? part["fileData"] ?? part["file_data"])
            .flatMap { $0["mimeType"] ?? $0["mime_type"] }?.string
        guard let kind else { return [] }
        if kind.hasPrefix("image/") { return .vision }
        if kind.hasPrefix("audio/") { return .audioInput }
        return kind.hasPrefix("video/") ? .videoInput : .pdf
    }
}

import Bytes

/// Reads messages and their content blocks, of requests and of answers.
enum AnthropicBlockReader {
    static func turn(_ message: JSONView, _ path: String) throws(TranslationFault) -> Turn {
        guard let role = message["role"]?.string.flatMap(Turn.Role.init(rawValue:)) else {
            throw TranslationFault("\(path).role", "must be user, assistant or system")
        }
        guard let content = message["content"]?.unlessNull else {
            throw TranslationFault("\(path).content", "is missing; give a string or a list of blocks")
        }
        var parts = try parts(content, "\(path).content")
        ReasoningSeal.signCalls(in: &parts)
        return Turn(role, parts)
    }

    /// A string or a list of blocks.
    static func parts(_ content: JSONView, _ path: String) throws(TranslationFault) -> [Part] {
        if let text = content.string { return text.isEmpty ? [] : [Part(.text(text))] }
        guard content.kind == .array else { throw TranslationFault(path, "must be a string or a list of blocks") }
        var parts: [Part] = []
        for block in content.elements {
            parts.append(try part(block, "\(path)[\(parts.count)]"))
        }
        return parts
    }

    static func part(_ block: JSONView, _ path: String) throws(TranslationFault) -> Part {
        guard let type = block["type"]?.string else {
            throw TranslationFault("\(path).type", "is missing; say which kind of block this is")
        }
        var part = Part(try content(block, type: type, path), cacheLifetime: cacheLifetime(block))
        if case .opaque = part.content { return part }
        let known = Self.known[type] ?? []
        for (key, value) in block.members where !value.isNull && !value.isEmptyContainer {
            let name = key.string
            if !known.contains(name) { part.extras.append(Extra(name, value.json)) }
        }
        return part
    }

    private static let known: [String: Set<String>] = [
        "text": ["type", "text", "cache_control"],
        "image": ["type", "source", "cache_control"],
        "document": ["type", "source", "title", "cache_control"],
        "tool_use": ["type", "id", "name", "input", "cache_control"],
        "tool_result": ["type", "tool_use_id", "content", "is_error", "cache_control"],
        "thinking": ["type", "thinking", "signature", "cache_control"],
        "redacted_thinking": ["type", "data", "cache_control"],
    ]

    private static func content(
        _ block: JSONView, type: String, _ path: String
    ) throws(TranslationFault) -> Part.Content {
        switch type {
        case "text":
            guard let text = block["text"] else { throw TranslationFault("\(path).text", "is missing") }
            return .text(try text.expectString("\(path).text"))
        case "image": return .image(try media(block, path))
        case "document":
            // Content blocks as a document's source are known to this format alone.
            if block["source"]?["type"]?.isString("content") == true { break }
            return .document(try media(block, path))
        case "tool_use": return .toolCall(try toolCall(block, path))
        case "tool_result": return .toolResult(try toolResult(block, path))
        case "thinking": return .reasoning(thinking(block))
        case "redacted_thinking":
            let data = block["data"]?.string ?? ""
            return .reasoning(ReasoningSeal.open(data, text: "") ?? Reasoning(encrypted: data))
        default: break
        }
        return .opaque(type: type, json: block.json)
    }

    static func cacheLifetime(_ block: JSONView) -> String? {
        guard let control = block["cache_control"], control.kind == .object else { return nil }
        return control["ttl"]?.string ?? "5m"
    }

    private static func media(_ block: JSONView, _ path: String) throws(TranslationFault) -> Media {
        guard let source = block["source"] else {
            throw TranslationFault("\(path).source", "is missing; give base64, url, file or text")
        }
        var media = Media(try mediaSource(source, "\(path).source"), mediaType: source["media_type"]?.string)
        media.name = block["title"]?.string
        return media
    }

    private static func mediaSource(_ source: JSONView, _ path: String) throws(TranslationFault) -> Media.Source {
        switch source["type"]?.string {
        case "base64": return .base64(try member(source, "data", path))
        case "text": return .text(try member(source, "data", path))
        case "url": return .url(try member(source, "url", path))
        case "file": return .file(try member(source, "file_id", path))
        default: throw TranslationFault("\(path).type", "must be base64, url, file or text")
        }
    }

    private static func member(
        _ object: JSONView, _ name: StaticString, _ path: String
    ) throws(TranslationFault) -> String {
        guard let text = object[name]?.string else { throw TranslationFault("\(path).\(name)", "must be a string") }
        return text
    }

    private static func toolCall(_ block: JSONView, _ path: String) throws(TranslationFault) -> ToolCall {
        let input = block["input"]?.unlessNull
        return ToolCall(
            id: try member(block, "id", path), name: try member(block, "name", path),
            arguments: input.map(CompactJSON.bytes) ?? Array("{}".utf8)
        )
    }

    private static func toolResult(_ block: JSONView, _ path: String) throws(TranslationFault) -> ToolResult {
        var result = ToolResult(callID: try member(block, "tool_use_id", path), parts: [])
        if let content = block["content"]?.unlessNull { result.parts = try parts(content, "\(path).content") }
        result.isError = block["is_error"]?.bool ?? false
        return result
    }

    private static func thinking(_ block: JSONView) -> Reasoning {
        let text = block["thinking"]?.string ?? ""
        guard let signature = block["signature"]?.string, !signature.isEmpty else { return Reasoning(text: text) }
        return ReasoningSeal.open(signature, text: text) ?? Reasoning(text: text, signature: signature)
    }
}

import Bytes

/// Reads text, tokens and cache marks out of a message's content: a string, or a list of parts.
struct ContentReader {
    private(set) var text = ""
    private(set) var tokens = 0
    private(set) var cacheMark: CacheMark?
    /// True if a part is the result of a tool call (Anthropic puts them into user messages).
    private(set) var holdsToolResult = false

    init(_ content: JSONView?) {
        if let content { read(content) }
    }

    private mutating func read(_ content: JSONView) {
        if let string = content.string { return add(string) }
        content.forEachElement { readPart($0) }
    }

    private mutating func readPart(_ part: JSONView) {
        if let string = part.string { return add(string) }
        noteCacheMark(part)
        if readUntyped(part) { return }
        switch part["type"]?.string {
        case "tool_result":
            holdsToolResult = true
            if let content = part["content"] { read(content) }
        case "image", "image_url", "input_image", "input_audio", "document", "file", "input_file":
            tokens += TokenRule.attachment
        default:
            if let string = part["text"]?.string {
                add(string)
            } else {
                tokens += TokenRule.count(bytes: part.raw.count)
            }
        }
    }

    /// Parts of Gemini and Bedrock say what they are by their only member. True if this is one that is not just text.
    private mutating func readUntyped(_ part: JSONView) -> Bool {
        guard part["type"] == nil else { return false }
        if let result = part["functionResponse"] ?? part["function_response"] ?? part["toolResult"] {
            holdsToolResult = true
            guard let content = result["content"] else {
                tokens += TokenRule.count(bytes: part.raw.count)
                return true
            }
            read(content)
            return true
        }
        if let point = part["cachePoint"] {
            cacheMark = point["ttl"]?.string == "1h" ? .oneHour : .fiveMinutes
            return true
        }
        let media = ["inlineData", "inline_data", "fileData", "file_data", "image", "document", "audio", "video"]
        guard media.contains(where: { part.member(named: $0) != nil }) else { return false }
        tokens += TokenRule.attachment
        return true
    }

    private mutating func add(_ string: String) {
        text = text.isEmpty ? string : text + "\n" + string
        tokens += TokenRule.count(string)
    }

    private mutating func noteCacheMark(_ part: JSONView) {
        guard let control = part.present("cache_control") else { return }
        cacheMark = control["ttl"]?.string == "1h" ? .oneHour : .fiveMinutes
    }
}

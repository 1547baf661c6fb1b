package import Bytes
package import Dialects

/// The last thing that the user said, where a conversation ends with it and it is text alone.
///
/// It is what semantic look-ups compare; everything else of the request must be equal.
package struct LastUserText: Sendable, Equatable {
    package var text: String
    /// Where it stands in the body.
    package var range: Range<Int>

    /// Embedding models read some 8,000 tokens; what is longer is not compared by its beginning alone.
    package static let maximumBytes = 24_000

    /// Finds it in a request's body; `nil` where the conversation ends otherwise, or with anything but text.
    package init?(_ body: JSONView, format: WireFormat) {
        guard let content = Self.content(body, format) else { return nil }
        var bytes: [UInt8] = []
        guard Self.append(content, to: &bytes), !bytes.isEmpty, bytes.count <= Self.maximumBytes else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
        range = content.range
    }

    private static func content(_ body: JSONView, _ format: WireFormat) -> JSONView? {
        switch format {
        case .openAIChat, .anthropicMessages: return last(body["messages"])?["content"]
        // Gemini lets a lone user leave its role out.
        case .geminiGenerateContent: return last(body["contents"], needsRole: false)?["parts"]
        case .openAIResponses:
            guard let input = body["input"] else { return nil }
            return input.kind == .string ? input : last(input)?["content"]
        case .openAICompletions: return body["prompt"].flatMap { $0.kind == .string ? $0 : nil }
        case .bedrockConverse, .cohereChat: return nil
        }
    }

    /// The last message, if the user wrote it.
    private static func last(_ messages: JSONView?, needsRole: Bool = true) -> JSONView? {
        var found: JSONView?
        messages?.forEachElement { found = $0 }
        guard let found, found["role"]?.isString("user") ?? !needsRole else { return nil }
        return found
    }

    /// Appends the text of a string or of parts that are all text; false where something else is among them.
    private static func append(_ content: JSONView, to bytes: inout [UInt8]) -> Bool {
        if content.kind == .string { return content.appendDecodedString(to: &bytes) }
        guard content.kind == .array else { return false }
        var isText = true
        content.forEachElement { part in isText = isText && appendPart(part, to: &bytes) }
        return isText
    }

    private static func appendPart(_ part: JSONView, to bytes: inout [UInt8]) -> Bool {
        guard part.kind == .object, let text = part["text"] else { return false }
        // Gemini's parts have no type.
        guard part["type"].map({ $0.isString("text") || $0.isString("input_text") }) ?? true else { return false }
        if !bytes.isEmpty { bytes.append(0x0A) }
        return text.appendDecodedString(to: &bytes)
    }
}

import Bytes
import Vocabulary

/// Writes `messages` and `system`.
struct BedrockContentWriter {
    private let request: ModelRequest
    private(set) var changes: [ParameterChange] = []
    /// Documents must have names that differ.
    private var documents = 0

    init(_ request: ModelRequest) { self.request = request }

    /// The array of messages; a turn of which nothing can be said is left out.
    mutating func messages(_ turns: [Turn]) throws(TranslationFault) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        for turn in turns {
            let content = try content(turn)
            guard content.count > 2 else { continue }
            writer.object { writer in
                writer.member("role", turn.role == .assistant ? "assistant" : "user")
                writer.member("content", json: content)
            }
        }
        writer.endArray()
        return writer.bytes
    }

    /// The array of system blocks, text alone.
    mutating func system(_ system: [Part]) throws(TranslationFault) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        for part in system {
            if let text = part.plainText {
                Self.writeText(text, to: &writer)
            } else {
                changes.note("\(request.name(of: .system))[].media", .dropped, "Bedrock's system prompt is text")
            }
            if let lifetime = part.cacheLifetime { Self.writeCachePoint(lifetime, to: &writer) }
        }
        writer.endArray()
        return writer.bytes
    }

    private mutating func content(_ turn: Turn) throws(TranslationFault) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        var isAfterText = false
        for part in turn.parts {
            let isForeign = isAfterText && Self.isBareSignature(part)
            if isForeign { noteSignature() } else { try write(part, to: &writer) }
            isAfterText = part.plainText != nil
            if let lifetime = part.cacheLifetime { Self.writeCachePoint(lifetime, to: &writer) }
        }
        let hasDocument = turn.parts.contains { if case .document = $0.content { true } else { false } }
        let hasText = turn.parts.contains { !Self.isBlank($0.plainText ?? "") }
        if hasDocument, !hasText {
            Self.writeText("See the attached document.", to: &writer)
            changes.report(.turns, of: request, .mapped, "Bedrock wants text beside a document: a sentence was added")
        }
        writer.endArray()
        return writer.bytes
    }

    private mutating func write(_ part: Part, to writer: inout JSONWriter) throws(TranslationFault) {
        switch part.content {
        case .text(let text): Self.writeText(text, to: &writer)
        case .refusal(let text):
            Self.writeText(text, to: &writer)
            changes.note("\(request.name(of: .turns))[].refusal", .mapped, "sent as plain text")
        case .image, .document, .audio, .video: try writeMedia(part.content, to: &writer)
        case .reasoning(let reasoning): write(reasoning, to: &writer)
        case .toolCall(let call):
            if call.signature != nil { noteSignature() }
            Self.write(call, to: &writer)
        case .toolResult(let result): try write(result, to: &writer)
        case .opaque(let type, _):
            changes.note("\(request.name(of: .turns))[].\(type)", .dropped, "Bedrock Converse has nothing like it")
        }
    }

    private mutating func writeMedia(
        _ content: Part.Content, to writer: inout JSONWriter
    ) throws(TranslationFault) {
        var media = BedrockMediaWriter(place: request.name(of: .turns), documents: documents)
        try media.write(content, to: &writer)
        documents = media.documents
        changes.merge(media.changes)
    }

    /// Gemini signs the text before; Bedrock's signatures belong to thinking, which comes first.
    private static func isBareSignature(_ part: Part) -> Bool {
        guard case .reasoning(let reasoning) = part.content else { return false }
        return reasoning.text.isEmpty && reasoning.encrypted == nil
    }

    private mutating func noteSignature() {
        changes.note(
            "\(request.name(of: .turns))[].signature", .dropped, "a signature of calls or text is Gemini's own")
    }

    /// Bedrock refuses blank text.
    private static func writeText(_ text: String, to writer: inout JSONWriter) {
        guard !isBlank(text) else { return }
        writer.object { $0.member("text", text) }
    }

    private static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 <= 0x20 } }

    static func writeCachePoint(_ lifetime: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.object("cachePoint") { writer in
                writer.member("type", "default")
                // Five minutes are the default, and older models know nothing else.
                if lifetime == "1h" { writer.member("ttl", lifetime) }
            }
        }
    }

    /// Thinking without its signature is refused, so it can't go back; a summary is none of the provider's own.
    private mutating func write(_ reasoning: Reasoning, to writer: inout JSONWriter) {
        if reasoning.encrypted != nil, reasoning.id != nil {
            changes.note(
                "\(request.name(of: .turns))[].reasoning", .dropped,
                "hidden thinking is readable to its own provider only")
        } else if let data = reasoning.encrypted {
            // Bytes are base64 on this wire; what is none can't be Bedrock's own.
            let bytes = Base64.decode(data) == nil ? Base64.encode(Array(data.utf8)) : data
            writer.object { $0.object("reasoningContent") { $0.member("redactedContent", bytes) } }
        }
        if !reasoning.text.isEmpty || reasoning.signature != nil {
            guard let signature = reasoning.signature else {
                changes.note(
                    "\(request.name(of: .turns))[].reasoning", .dropped, "thinking without its signature is refused")
                return
            }
            writer.object { writer in
                writer.object("reasoningContent") { writer in
                    writer.object("reasoningText") { writer in
                        writer.member("text", reasoning.text)
                        writer.member("signature", signature)
                    }
                }
            }
        }
    }

    private static func write(_ call: ToolCall, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.object("toolUse") { writer in
                writer.member("toolUseId", BedrockNames.callID(call.id))
                writer.member("name", call.name)
                writer.member("input", json: LooseJSON.object(call.arguments, else: "_raw"))
            }
        }
    }

    private mutating func write(_ result: ToolResult, to writer: inout JSONWriter) throws(TranslationFault) {
        var inner = JSONWriter()
        inner.beginArray()
        for part in result.parts {
            if case .audio = part.content {
                changes.note("\(request.name(of: .turns))[].audio", .dropped, "Bedrock's tool results hold no audio")
            } else if part.plainText != nil || part.media != nil {
                try write(part, to: &inner)
            } else if case .opaque(_, let json) = part.content {
                // A result of which nothing else is known is still readable to the model.
                Self.writeText(String(decoding: json, as: UTF8.self), to: &inner)
            }
        }
        if inner.bytes.count == 1 { inner.object { $0.member("text", "(no output)") } }
        inner.endArray()
        writer.object { writer in
            writer.object("toolResult") { writer in
                writer.member("toolUseId", BedrockNames.callID(result.callID))
                writer.member("content", json: inner.bytes)
                if result.isError { writer.member("status", "error") }
            }
        }
    }
}

import Bytes
import Vocabulary

/// Writes `messages`. Results of tools are messages of their own there, so a turn may become several.
struct CohereMessageWriter {
    private let request: ModelRequest
    private(set) var changes: [ParameterChange] = []
    private var writer = JSONWriter()

    init(_ request: ModelRequest) { self.request = request }

    /// The array of messages.
    mutating func messages() throws(TranslationFault) -> [UInt8] {
        writer.beginArray()
        writeSystem(request.system)
        for turn in request.turns {
            if turn.name != nil {
                changes.note("\(request.name(of: .turns))[].name", .dropped, "Cohere's messages have no names")
            }
            reportCaching(turn.parts)
            switch turn.role {
            case .system: writeSystem(turn.parts)
            case .user: try writeUser(turn.parts)
            case .assistant: writeAssistant(turn.parts)
            }
        }
        writer.endArray()
        return writer.bytes
    }

    private mutating func reportCaching(_ parts: [Part]) {
        guard parts.contains(where: { $0.cacheLifetime != nil }) else { return }
        changes.report(.cacheLifetime, of: request, .dropped, "the provider caches by itself")
    }

    private mutating func writeSystem(_ parts: [Part]) {
        reportCaching(parts)
        let text = parts.compactMap(\.plainText).joined(separator: "\n\n")
        guard !text.isEmpty else { return }
        writer.object { writer in
            writer.member("role", "system")
            writer.member("content", text)
        }
    }

    private mutating func writeUser(_ parts: [Part]) throws(TranslationFault) {
        for part in parts {
            if case .toolResult(let result) = part.content { writeResult(result) }
        }
        let spoken = parts.filter { if case .toolResult = $0.content { false } else { true } }
        guard !spoken.isEmpty else { return }
        if spoken.count == 1, let text = spoken[0].plainText {
            writer.object { writer in
                writer.member("role", "user")
                writer.member("content", text)
            }
            return
        }
        var content = JSONWriter()
        content.beginArray()
        for part in spoken { try write(part, to: &content) }
        content.endArray()
        guard content.bytes.count > 2 else { return }
        writer.object { writer in
            writer.member("role", "user")
            writer.member("content", json: content.bytes)
        }
    }

    private mutating func write(_ part: Part, to content: inout JSONWriter) throws(TranslationFault) {
        switch part.content {
        case .text(let text), .refusal(let text): Self.writeText(text, to: &content)
        case .image(let media): try write(media, to: &content)
        case .document(let media):
            guard case .text(let text) = media.source else { throw unreadable("a document") }
            Self.writeText(text, to: &content)
            changes.note("\(request.name(of: .turns))[].document", .mapped, "sent as plain text")
        case .audio: throw unreadable("a recording")
        case .video: throw unreadable("a film")
        case .opaque(let type, _):
            changes.note("\(request.name(of: .turns))[].\(type)", .dropped, "Cohere has nothing like it")
        case .toolCall, .toolResult, .reasoning: break
        }
    }

    private func unreadable(_ what: String) -> TranslationFault {
        TranslationFault(
            request.name(of: .turns), "holds \(what), which Cohere can't read; send its text, or choose another model")
    }

    private static func writeText(_ text: String, to content: inout JSONWriter) {
        content.object { writer in
            writer.member("type", "text")
            writer.member("text", text)
        }
    }

    private func write(_ media: Media, to content: inout JSONWriter) throws(TranslationFault) {
        let url: String
        switch media.source {
        case .url(let address): url = address
        case .base64(let data):
            guard let type = MediaTypes.type(of: media) else {
                throw TranslationFault(
                    request.name(of: .turns), "holds a picture whose media type is unknown; send a data URL")
            }
            url = DataURL.text(mediaType: type, base64: data)
        case .file(let id):
            throw TranslationFault(
                request.name(of: .turns), "refers to the file \(id), which another provider holds; send it as base64")
        case .text: throw unreadable("a picture without bytes")
        }
        content.object { writer in
            writer.member("type", "image_url")
            writer.object("image_url") { writer in
                writer.member("url", url)
                if let detail = media.detail { writer.member("detail", detail) }
            }
        }
    }

    private mutating func writeAssistant(_ parts: [Part]) {
        let calls = parts.compactMap { part -> ToolCall? in
            if case .toolCall(let call) = part.content { call } else { nil }
        }
        let text = parts.compactMap(\.plainText).joined()
        let thinking = thinking(parts)
        for part in parts {
            if case .opaque(let type, _) = part.content {
                changes.note("\(request.name(of: .turns))[].\(type)", .dropped, "Cohere has nothing like it")
            }
            if case .refusal = part.content {
                changes.note("\(request.name(of: .turns))[].refusal", .mapped, "sent as plain text")
            }
            if part.media != nil {
                changes.note("\(request.name(of: .turns))[].media", .dropped, "Cohere's assistants speak in text")
            }
        }
        guard !text.isEmpty || !calls.isEmpty || !thinking.isEmpty else { return }
        writer.object { writer in
            writer.member("role", "assistant")
            // What a model said before its calls goes by a name of its own.
            if !calls.isEmpty {
                writer.array("tool_calls") { writer in
                    for call in calls { Self.write(call, to: &writer) }
                }
                if !text.isEmpty { writer.member("tool_plan", text) }
            }
            Self.writeContent(thinking, calls.isEmpty ? text : "", to: &writer)
        }
    }

    private static func writeContent(_ thinking: [String], _ text: String, to writer: inout JSONWriter) {
        if thinking.isEmpty {
            if !text.isEmpty { writer.member("content", text) }
            return
        }
        writer.array("content") { writer in
            for thought in thinking {
                writer.object { writer in
                    writer.member("type", "thinking")
                    writer.member("thinking", thought)
                }
            }
            if !text.isEmpty { writeText(text, to: &writer) }
        }
    }

    private mutating func thinking(_ parts: [Part]) -> [String] {
        var thoughts: [String] = []
        var isSigned = false
        for part in parts {
            if case .toolCall(let call) = part.content { isSigned = isSigned || call.signature != nil }
            guard case .reasoning(let reasoning) = part.content else { continue }
            if !reasoning.text.isEmpty { thoughts.append(reasoning.text) }
            isSigned = isSigned || reasoning.signature != nil || reasoning.encrypted != nil
        }
        if isSigned {
            changes.note(
                "\(request.name(of: .turns))[].signature", .dropped,
                "Cohere has no signatures, and hidden thinking is readable to its own provider only")
        }
        return thoughts
    }

    private static func write(_ call: ToolCall, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", call.id)
            writer.member("type", "function")
            writer.object("function") { writer in
                writer.member("name", call.name)
                let arguments = call.arguments.isEmpty ? Array("{}".utf8) : call.arguments
                writer.member("arguments", String(decoding: arguments, as: UTF8.self))
            }
        }
    }

    private mutating func writeResult(_ result: ToolResult) {
        let text = result.parts.compactMap(\.plainText).joined(separator: "\n")
        if result.isError {
            changes.note(
                "\(request.name(of: .turns))[].is_error", .mapped, "the text is sent with \"Error: \" before it")
        }
        if result.parts.contains(where: { $0.plainText == nil }) {
            changes.note("\(request.name(of: .turns))[].tool_result", .dropped, "Cohere's tool results hold text only")
        }
        writer.object { writer in
            writer.member("role", "tool")
            writer.member("tool_call_id", result.callID)
            writer.member("content", result.isError ? "Error: \(text)" : text)
        }
    }
}

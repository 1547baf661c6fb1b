import Bytes
import Vocabulary

// Messages: one turn may become several of them, because results of tools have messages of their own.
extension OpenAIChatRequestWriter {
    mutating func writeMessages() throws(TranslationFault) {
        guard !request.turns.isEmpty || !request.system.isEmpty else {
            throw TranslationFault(request.name(of: .turns), "is empty; send at least one message")
        }
        writer.key("messages")
        writer.beginArray()
        try writeSystem()
        for turn in request.turns {
            switch turn.role {
            case .system: try writeMessage("system", turn.parts, name: turn.name)
            case .user: try writeUser(turn)
            case .assistant: try writeAssistant(turn)
            }
        }
        writer.endArray()
    }

    /// What the caller calls a member of its messages.
    func messageName(_ member: String) -> String { "\(request.name(of: .turns))[].\(member)" }

    private mutating func writeSystem() throws(TranslationFault) {
        var parts = request.system
        if let instruction = schemaInstruction { parts.append(Part(.text(instruction))) }
        guard !parts.isEmpty else { return }
        try writeMessage("system", parts, name: nil, separator: "\n\n")
    }

    private mutating func writeUser(_ turn: Turn) throws(TranslationFault) {
        var rest: [Part] = []
        var wroteResult = false
        for part in turn.parts {
            guard case .toolResult(let result) = part.content else {
                rest.append(part)
                continue
            }
            wroteResult = true
            rest += try writeResult(result, cacheLifetime: part.cacheLifetime)
        }
        if !rest.isEmpty || !wroteResult { try writeMessage("user", rest, name: turn.name) }
    }

    /// Writes a tool's result; the parts that a tool message can't hold are given back for the user message after it.
    private mutating func writeResult(_ result: ToolResult, cacheLifetime: String?) throws(TranslationFault) -> [Part] {
        if result.isError {
            changes.note(messageName("is_error"), .dropped, "tool messages have no mark for errors; the text says it")
        }
        var texts: [Part] = []
        var media: [Part] = []
        for part in result.parts {
            if case .text = part.content { texts.append(part) } else { media.append(part) }
        }
        if !media.isEmpty {
            changes.note(
                messageName("tool_result"), .mapped, "tool messages hold text only; media follow in a user message")
        }
        if texts.isEmpty { texts = [Part(.text(""))] }
        if let cacheLifetime { texts[texts.count - 1].cacheLifetime = cacheLifetime }
        writer.beginObject()
        writer.member("role", "tool")
        writer.member("tool_call_id", result.callID)
        writer.key("content")
        try writeContent(texts, separator: "\n")
        writer.endObject()
        return media
    }

    private mutating func writeMessage(
        _ role: String, _ parts: [Part], name: String?, separator: String = "\n"
    ) throws(TranslationFault) {
        writer.beginObject()
        writer.member("role", role)
        writer.key("content")
        try writeContent(parts, separator: separator)
        writeName(name)
        writer.endObject()
    }

    private mutating func writeName(_ name: String?) {
        guard let name else { return }
        if quirks.unsupportedInMessages.contains("name") {
            changes.note(messageName("name"), .dropped, "the provider refuses names of participants")
        } else {
            writer.member("name", name)
        }
    }

    private mutating func writeAssistant(_ turn: Turn) throws(TranslationFault) {
        var pieces = AssistantPieces(turn.parts)
        if !pieces.refusal.isEmpty, quirks.unsupportedInMessages.contains("refusal") {
            // What was refused must stay in the conversation, or the model starts over.
            pieces.text.append(Part(.text(pieces.refusal)))
            pieces.refusal = ""
        }
        writer.beginObject()
        writer.member("role", "assistant")
        writer.key("content")
        if pieces.text.isEmpty { writer.null() } else { try writeContent(pieces.text, separator: "") }
        if !pieces.refusal.isEmpty { writer.member("refusal", pieces.refusal) }
        writeHistory(pieces.thoughts)
        writeName(turn.name)
        writeOpaque(pieces.opaque)
        writeCalls(pieces.calls, opaque: pieces.opaque)
        writer.endObject()
        for kind in pieces.unsaid {
            changes.note(messageName(kind), .dropped, "assistant messages can't hold it")
        }
    }

    /// Earlier thinking, as far as the provider takes it back.
    private mutating func writeHistory(_ thoughts: [Reasoning]) {
        guard !thoughts.isEmpty else { return }
        let text = thoughts.map(\.text).joined()
        switch quirks.reasoningHistory {
        case .none:
            changes.note(messageName("reasoning"), .dropped, "the provider takes no earlier reasoning back")
            return
        case .content: writer.member("reasoning_content", text)
        case .text: writer.member("reasoning", text)
        case .details:
            OpenAIReasoning.write(thoughts, to: &writer)
            return
        }
        if thoughts.contains(where: { $0.signature != nil || $0.encrypted != nil }) {
            changes.note(messageName("signature"), .dropped, "the provider takes no signatures of earlier reasoning")
        }
    }

    private mutating func writeOpaque(_ blocks: [AssistantPieces.Opaque]) {
        for block in blocks where block.type != "custom" || request.source != .openAIChat {
            if request.source == .openAIChat, block.type == "audio" {
                writer.member("audio", json: block.json)
            } else {
                changes.note(
                    messageName(block.type), .dropped, "a block of type \(block.type) is known to its provider only")
            }
        }
    }

    private mutating func writeCalls(_ calls: [ToolCall], opaque: [AssistantPieces.Opaque]) {
        let custom = request.source == .openAIChat ? opaque.filter { $0.type == "custom" } : []
        guard !calls.isEmpty || !custom.isEmpty else { return }
        let keepsSignatures = quirks.acceptsThoughtSignatures
        if !keepsSignatures, calls.contains(where: { $0.signature != nil }) {
            changes.note(
                messageName("thought_signature"), .dropped, "the provider takes no thought signatures on tool calls")
        }
        writer.array("tool_calls") { writer in
            for call in calls { OpenAIChatToolWriter.write(call, signs: keepsSignatures, to: &writer) }
            for block in custom { writer.raw(block.json) }
        }
    }
}

/// An assistant turn sorted by the members that its message has.
struct AssistantPieces {
    struct Opaque {
        var type: String
        var json: [UInt8]
    }

    var text: [Part] = []
    var refusal = ""
    var thoughts: [Reasoning] = []
    var calls: [ToolCall] = []
    var opaque: [Opaque] = []
    /// Kinds of content that no assistant message can hold.
    var unsaid: [String] = []

    init(_ parts: [Part]) {
        for part in parts {
            switch part.content {
            case .text: text.append(part)
            case .refusal(let words): refusal += words
            case .reasoning(let thought): thoughts.append(thought)
            case .toolCall(let call): calls.append(call)
            case .opaque(let type, let json): opaque.append(Opaque(type: type, json: json))
            case .image: unsaid.append("image")
            case .document: unsaid.append("document")
            case .audio: unsaid.append("audio")
            case .video: unsaid.append("video")
            case .toolResult: unsaid.append("tool_result")
            }
        }
    }
}

/// Writes tool calls as requests and answers have them.
enum OpenAIChatToolWriter {
    static func write(_ call: ToolCall, signs: Bool, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", call.id)
            writer.member("type", "function")
            writer.object("function") { writer in
                writer.member("name", call.name)
                writer.key("arguments")
                call.arguments.withUnsafeBytes { $0.isEmpty ? writer.string("{}") : writer.string(utf8: $0) }
            }
            if signs, let signature = call.signature { writeSignature(signature, to: &writer) }
        }
    }

    static func writeSignature(_ signature: String, to writer: inout JSONWriter) {
        writer.object("extra_content") { writer in
            writer.object("google") { $0.member("thought_signature", signature) }
        }
    }
}

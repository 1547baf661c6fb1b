import Bytes
import Vocabulary

/// Writes turns as items: reasoning, messages, calls and their outputs, in their order.
struct ResponsesItemWriter {
    private let request: ModelRequest
    private let isOwn: Bool
    private var items: [[UInt8]] = []
    var changes: [ParameterChange]

    init(_ request: ModelRequest, _ changes: [ParameterChange]) {
        self.request = request
        self.changes = changes
        isOwn = request.source == .openAIResponses
    }

    private var turnsName: String { request.name(of: .turns) }

    /// System text that goes as `instructions`: what the caller wrote there, or all of it where it is one text.
    func instructions() -> String? {
        let parts = isOwn ? request.system.filter(Self.isInstructions) : request.system
        guard parts.count == 1, case .text(let text)? = parts.first?.content else { return nil }
        return text
    }

    private static func isInstructions(_ part: Part) -> Bool { part.extras.contains { $0.name == "instructions" } }

    /// The items.
    mutating func input() throws(TranslationFault) -> [[UInt8]] {
        var system = request.system
        if instructions() != nil { system.removeAll { !isOwn || Self.isInstructions($0) } }
        if !system.isEmpty { try writeMessage("developer", system) }
        for turn in request.turns { try write(turn) }
        return items
    }

    private mutating func write(_ turn: Turn) throws(TranslationFault) {
        if turn.name != nil { changes.note("\(turnsName)[].name", .dropped, "participants have no names here") }
        switch turn.role {
        case .system: try writeMessage("developer", turn.parts)
        case .user: try writeUser(turn.parts)
        case .assistant: try writeAssistant(turn.parts)
        }
    }

    /// Outputs of tools come before what the user says to them.
    private mutating func writeUser(_ parts: [Part]) throws(TranslationFault) {
        var rest: [Part] = []
        for part in parts {
            if case .toolResult(let result) = part.content {
                try writeResult(result)
            } else if case .opaque(let type, let json) = part.content, isOwn, type.hasSuffix("_output") {
                items.append(json)
            } else {
                rest.append(part)
            }
        }
        if !rest.isEmpty { try writeMessage("user", rest) }
    }

    private mutating func writeAssistant(_ parts: [Part]) throws(TranslationFault) {
        var texts: [Part] = []
        var index = 0
        while index < parts.count {
            let part = parts[index]
            index += 1
            if part.isSaid {
                if isOwn, part.extras.contains(where: { $0.name == "id" || $0.name == "phase" }) {
                    writeSaid(texts)
                    texts = []
                }
                texts.append(part)
                continue
            }
            writeSaid(texts)
            texts = []
            switch part.content {
            case .reasoning(var reasoning):
                // A summary and what is encrypted came apart, but are one item.
                while index < parts.count, reasoning.join(parts[index]) { index += 1 }
                write(reasoning)
            case .toolCall(let call): write(call)
            case .opaque(let type, let json): writeOpaque(type, json)
            default: changes.note("\(turnsName)[].content", .dropped, "an assistant's turn holds text and calls only")
            }
        }
        writeSaid(texts)
    }

    private mutating func writeOpaque(_ type: String, _ json: [UInt8]) {
        if isOwn {
            items.append(json)
        } else {
            changes.note("\(turnsName)[].\(type)", .dropped, "only its own provider understands it")
        }
    }

    private mutating func writeMessage(_ role: String, _ parts: [Part]) throws(TranslationFault) {
        var contents: [[UInt8]] = []
        for part in parts {
            if let content = try content(part) { contents.append(content) }
        }
        guard !contents.isEmpty else { return }
        var plain: String?
        if parts.count == 1, case .text(let text) = parts[0].content { plain = text }
        items.append(
            JSONText.written { writer in
                writer.object { writer in
                    writer.member("type", "message")
                    writer.member("role", role)
                    if let plain {
                        writer.member("content", plain)
                    } else {
                        writer.array("content") { writer in
                            for content in contents { writer.raw(content) }
                        }
                    }
                }
            }
        )
    }

    /// What the assistant said, as it would have come out.
    private mutating func writeSaid(_ parts: [Part]) {
        guard let first = parts.first else { return }
        let extras = isOwn ? first.extras.filter { $0.name == "id" || $0.name == "phase" } : []
        let plain = plainText(parts)
        items.append(
            JSONText.written { writer in
                writer.object { writer in
                    writer.member("type", "message")
                    writer.member("role", "assistant")
                    if let plain {
                        writer.member("content", plain)
                    } else {
                        writer.array("content") { writer in
                            for part in parts { ResponsesItems.writeSaid(part, logprobs: nil, to: &writer) }
                        }
                    }
                    for extra in extras {
                        writer.key(extra.name)
                        writer.raw(extra.json)
                    }
                    if extras.contains(where: { $0.name == "id" }) { writer.member("status", "completed") }
                }
            }
        )
    }

    /// The words alone: items of an assistant's message need an id, which other formats' have not.
    private func plainText(_ parts: [Part]) -> String? {
        if isOwn, parts.count > 1 || !parts[0].extras.isEmpty || parts[0].isRefusal { return nil }
        return parts.map { part in
            switch part.content {
            case .text(let text), .refusal(let text): text
            default: ""
            }
        }.joined()
    }

    private mutating func content(_ part: Part) throws(TranslationFault) -> [UInt8]? {
        switch part.content {
        case .text(let text), .refusal(let text):
            return ResponsesMedia.text(text)
        case .image(let media): return try ResponsesMedia.image(media, "\(turnsName)[].image")
        case .document(let media): return try ResponsesMedia.file(media, "\(turnsName)[].document")
        case .audio(let media):
            // Callers of this format may know of a model that hears; the documented parts are text, pictures and files.
            if isOwn { return try ResponsesMedia.audio(media, "\(turnsName)[].audio") }
            throw TranslationFault("\(turnsName)[].audio", "responses takes no audio; choose a target that speaks chat")
        case .video:
            throw TranslationFault("\(turnsName)[].video", "the provider takes no video; send pictures of it instead")
        case .opaque(let type, let json):
            if isOwn { return json }
            changes.note("\(turnsName)[].\(type)", .dropped, "only its own provider understands it")
            return nil
        case .toolCall, .toolResult, .reasoning: return nil
        }
    }

    private mutating func write(_ call: ToolCall) {
        items.append(
            ResponsesItems.call(id: nil, callID: call.id, name: call.name, arguments: call.arguments, status: nil)
        )
    }

    private mutating func writeResult(_ result: ToolResult) throws(TranslationFault) {
        if result.isError { changes.note("\(turnsName)[].is_error", .dropped, "the output's text must say so") }
        var contents: [[UInt8]] = []
        for part in result.parts {
            if let content = try content(part) { contents.append(content) }
        }
        var plain = result.parts.isEmpty ? "" : nil
        if result.parts.count == 1, case .text(let text) = result.parts[0].content { plain = text }
        items.append(
            JSONText.written { writer in
                writer.object { writer in
                    writer.member("type", "function_call_output")
                    writer.member("call_id", result.callID)
                    if let plain {
                        writer.member("output", plain)
                    } else {
                        writer.array("output") { writer in
                            for content in contents { writer.raw(content) }
                        }
                    }
                }
            }
        )
    }

    /// Reasoning goes back if the provider can know it: by its encrypted form, or by id where it keeps responses.
    private mutating func write(_ reasoning: Reasoning) {
        let isKnown = reasoning.encrypted != nil && reasoning.id != nil
        guard isKnown || isOwn, let id = reasoning.id else {
            changes.note("\(turnsName)[].reasoning", .dropped, "reasoning of another provider means nothing here")
            return
        }
        items.append(ResponsesItems.reasoning(reasoning, id: id, encrypted: reasoning.encrypted, status: nil))
    }
}

extension Part {
    /// Words that the assistant addressed to the user.
    fileprivate var isSaid: Bool {
        switch content {
        case .text, .refusal: true
        default: false
        }
    }
}

extension Reasoning {
    /// Takes in the next part, if it is another piece of the same item.
    fileprivate mutating func join(_ next: Part) -> Bool {
        guard case .reasoning(let other) = next.content, let id, other.id == id, encrypted == nil else { return false }
        text += other.text
        encrypted = other.encrypted
        return true
    }
}

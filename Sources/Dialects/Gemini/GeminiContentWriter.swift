import Bytes
import Vocabulary

/// Writes `contents` and `systemInstruction`.
struct GeminiContentWriter {
    /// What Google documents for conversations whose calls were made by a model that gives no signatures.
    private static let absentSignature = "skip_thought_signature_validator"

    private let request: ModelRequest
    private let target: EncodingTarget
    private(set) var changes: [ParameterChange] = []
    /// The first call of the content that is written still needs a signature.
    private var lacksSignature = false
    /// Pictures and files of tool results that are not written yet.
    private var heldMedia: [Part] = []

    init(_ request: ModelRequest, _ target: EncodingTarget) {
        self.request = request
        self.target = target
    }

    private var isOwn: Bool { request.source == .geminiGenerateContent }

    /// The array of contents; a turn of which nothing can be said is left out.
    mutating func contents(_ turns: [Turn]) throws(TranslationFault) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        for turn in turns {
            lacksSignature = !isOwn && target.model.contains("gemini-3")
            guard let parts = try parts(turn.parts) else { continue }
            writer.object { writer in
                writer.member("role", turn.role == .assistant ? "model" : "user")
                writer.member("parts", json: parts)
            }
        }
        writer.endArray()
        return writer.bytes
    }

    /// The array of parts of the system text; `nil` for none.
    mutating func system(_ system: [Part]) throws(TranslationFault) -> [UInt8]? { try parts(system) }

    private mutating func parts(_ parts: [Part]) throws(TranslationFault) -> [UInt8]? {
        var writer = JSONWriter()
        writer.beginArray()
        var index = 0
        while index < parts.count {
            let next = index + 1 < parts.count ? parts[index + 1] : nil
            index += try write(parts[index], before: next, to: &writer)
        }
        try writeHeldMedia(to: &writer)
        writer.endArray()
        return writer.bytes.count > 2 ? writer.bytes : nil
    }

    /// Writes a part; returns 2 where it took the next one in, a signature that belongs to this text.
    private mutating func write(
        _ part: Part, before next: Part?, to writer: inout JSONWriter
    ) throws(TranslationFault) -> Int {
        if part.cacheLifetime != nil, !isOwn {
            changes.report(.cacheLifetime, of: request, .dropped, "the provider caches by itself")
        }
        if case .toolResult = part.content {} else { try writeHeldMedia(to: &writer) }
        if case .text(let text) = part.content, let signature = Self.bareSignature(next) {
            Self.writeText(text, signature, to: &writer)
            return 2
        }
        try write(part, to: &writer)
        return 1
    }

    private mutating func write(_ part: Part, to writer: inout JSONWriter) throws(TranslationFault) {
        switch part.content {
        case .text(let text): Self.writeText(text, ownSignature(part), to: &writer)
        case .refusal(let text):
            Self.writeText(text, nil, to: &writer)
            changes.note("\(request.name(of: .turns))[].refusal", .mapped, "sent as plain text")
        case .image(let media), .document(let media), .audio(let media), .video(let media):
            try write(media, part.extras, to: &writer)
        case .reasoning(let reasoning): write(reasoning, to: &writer)
        case .toolCall(let call): write(call, to: &writer)
        case .toolResult(let result): try write(result, to: &writer)
        case .opaque(let type, let json):
            if isOwn {
                writer.raw(json)
            } else {
                changes.note("\(request.name(of: .turns))[].\(type)", .dropped, "Gemini has nothing like it")
            }
        }
    }

    private func ownSignature(_ part: Part) -> String? {
        guard isOwn, let extra = part.extras.first(where: { $0.name == "thoughtSignature" }) else { return nil }
        return JSONText.read(extra.json) { $0.string } ?? nil
    }

    private static func bareSignature(_ part: Part?) -> String? {
        guard case .reasoning(let reasoning)? = part?.content, reasoning.text.isEmpty, reasoning.encrypted == nil
        else { return nil }
        return reasoning.signature
    }

    private static func writeText(_ text: String, _ signature: String?, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("text", text)
            if let signature { writer.member("thoughtSignature", signature) }
        }
    }

    private mutating func write(_ reasoning: Reasoning, to writer: inout JSONWriter) {
        if reasoning.encrypted != nil {
            changes.note(
                "\(request.name(of: .turns))[].reasoning", .dropped,
                "hidden thinking is readable to its own provider only")
        }
        guard !reasoning.text.isEmpty || reasoning.signature != nil else { return }
        writer.object { writer in
            writer.member("text", reasoning.text)
            if !reasoning.text.isEmpty { writer.member("thought", true) }
            if let signature = reasoning.signature { writer.member("thoughtSignature", signature) }
        }
    }

    private mutating func write(_ call: ToolCall, to writer: inout JSONWriter) {
        var signature = call.signature
        if signature == nil, lacksSignature {
            signature = Self.absentSignature
            changes.note(
                "\(request.name(of: .turns))[].thought_signature", .mapped,
                "the call came back without its signature: sent with Google's placeholder")
        }
        lacksSignature = false
        writer.object { writer in
            writer.object("functionCall") { writer in
                writeID(call.id, to: &writer)
                writer.member("name", call.name)
                writer.member("args", json: LooseJSON.object(call.arguments, else: "_raw"))
            }
            if let signature { writer.member("thoughtSignature", signature) }
        }
    }

    /// Some Vertex models refuse ids.
    private func writeID(_ id: String, to writer: inout JSONWriter) {
        if !id.isEmpty, !target.quirks.unsupported.contains("functionCall.id") { writer.member("id", id) }
    }

    private mutating func write(_ result: ToolResult, to writer: inout JSONWriter) throws(TranslationFault) {
        let name = result.name ?? request.toolName(ofCall: result.callID) ?? result.callID
        let media = result.parts.filter { $0.media != nil }
        var inner = JSONWriter()
        inner.beginArray()
        for part in media { if let one = part.media { try write(one, [], to: &inner) } }
        inner.endArray()
        writer.object { writer in
            writer.object("functionResponse") { writer in
                writeID(result.callID, to: &writer)
                writer.member("name", name)
                writer.member("response", json: Self.response(result))
                if isOwn, !media.isEmpty { writer.member("parts", json: inner.bytes) }
            }
        }
        guard !media.isEmpty, !isOwn else { return }
        changes.note(
            "\(request.name(of: .turns))[].tool_result", .mapped, "its pictures and files are sent beside the result")
        heldMedia += media
    }

    /// Responses of one turn must follow each other, so what came with them comes after the last.
    private mutating func writeHeldMedia(to writer: inout JSONWriter) throws(TranslationFault) {
        let media = heldMedia
        heldMedia = []
        for part in media { if let one = part.media { try write(one, [], to: &writer) } }
    }

    /// A response must be an object: what is none stands under `output` or `error`, as Google's documentation has it.
    private static func response(_ result: ToolResult) -> [UInt8] {
        let text = result.parts.compactMap(\.plainText).joined(separator: "\n")
        let bytes = Array(text.utf8)
        if JSONText.isObject(bytes), !result.isError || LooseJSON.has("error", bytes) { return bytes }
        var writer = JSONWriter()
        writer.object { $0.member(result.isError ? "error" : "output", text) }
        return writer.bytes
    }

    private mutating func write(
        _ media: Media, _ extras: [Extra], to writer: inout JSONWriter
    ) throws(TranslationFault) {
        let content = try content(media)
        writer.object { writer in
            writer.key(content.key)
            writer.raw(content.json)
            for extra in extras where isOwn {
                writer.key(extra.name)
                writer.raw(extra.json)
            }
        }
        if let detail = media.detail, detail != "auto" {
            changes.note("\(request.name(of: .turns))[].detail", .dropped, "Gemini chooses the resolution itself")
        }
    }

    private func content(_ media: Media) throws(TranslationFault) -> (key: StaticString, json: [UInt8]) {
        switch media.source {
        case .base64(let data):
            guard let type = MediaTypes.type(of: media) else {
                throw TranslationFault(
                    request.name(of: .turns),
                    "holds a file whose media type is unknown; say its type, or send a data URL")
            }
            return ("inlineData", Self.object(media, type) { $0.member("data", data) })
        case .text(let text):
            let data = Base64.encode(Array(text.utf8))
            return ("inlineData", Self.object(media, "text/plain") { $0.member("data", data) })
        case .url(let url):
            return ("fileData", Self.object(media, MediaTypes.type(of: media)) { $0.member("fileUri", url) })
        case .file(let id):
            guard isOwn || id.hasPrefix("files/") || id.hasPrefix("https://generativelanguage.") else {
                throw TranslationFault(
                    request.name(of: .turns),
                    "refers to the file \(id), which another provider holds; send it as base64, or upload it to Gemini")
            }
            return ("fileData", Self.object(media, media.mediaType) { $0.member("fileUri", id) })
        }
    }

    private static func object(_ media: Media, _ type: String?, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            if let type { writer.member("mimeType", type) }
            body(&writer)
            if let name = media.name { writer.member("displayName", name) }
        }
        return writer.bytes
    }
}

import Bytes
import Vocabulary

/// Writes the content blocks of requests.
struct AnthropicBlockWriter {
    /// A written block.
    struct Block {
        var json: [UInt8]
        var isToolResult = false
        var isThinking = false
        /// The text, where the block says nothing else.
        var plainText: String?
    }

    private let request: ModelRequest
    private let isOwn: Bool
    var changes: [ParameterChange]

    init(_ request: ModelRequest, _ changes: [ParameterChange]) {
        self.request = request
        self.changes = changes
        isOwn = request.source == .anthropicMessages
    }

    private var turnsName: String { request.name(of: .turns) }

    mutating func blocks(of turn: Turn) throws(TranslationFault) -> [Block] {
        if turn.name != nil { changes.note("\(turnsName)[].name", .dropped, "participants have no names here") }
        var blocks: [Block] = []
        for part in turn.parts {
            if let block = try block(part) { blocks.append(block) }
        }
        return blocks
    }

    private mutating func block(_ part: Part) throws(TranslationFault) -> Block? {
        switch part.content {
        case .text(let text), .refusal(let text):
            if Self.isBlank(text) { return nil }
            let isPlain = part.cacheLifetime == nil && (part.extras.isEmpty || !isOwn)
            return Block(json: Self.text(text, part, isOwn: isOwn), plainText: isPlain ? text : nil)
        case .image(let media): return Block(json: try mediaBlock("image", media, part))
        case .document(let media): return Block(json: try mediaBlock("document", media, part))
        case .audio:
            throw TranslationFault("\(turnsName)[].audio", "the provider takes no audio; send a transcript instead")
        case .video:
            throw TranslationFault("\(turnsName)[].video", "the provider takes no video; send pictures of it instead")
        case .toolCall(let call): return Block(json: toolUse(call, part))
        case .toolResult(let result): return Block(json: try toolResult(result, part), isToolResult: true)
        case .reasoning(let reasoning): return self.reasoning(reasoning)
        case .opaque(let type, let json):
            if isOwn { return Block(json: json) }
            changes.note("\(turnsName)[].\(type)", .dropped, "only its own provider understands it")
            return nil
        }
    }

    /// The API refuses text blocks without any visible character.
    static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    static func text(_ text: String, _ part: Part?, isOwn: Bool) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "text")
                writer.member("text", text)
                if let part { writeRest(of: part, isOwn: isOwn, to: &writer) }
            }
        }
    }

    static func writeCache(_ lifetime: String, to writer: inout JSONWriter) {
        writer.object("cache_control") { writer in
            writer.member("type", "ephemeral")
            if lifetime != "5m" { writer.member("ttl", lifetime) }
        }
    }

    /// What any block may have beside its content.
    private static func writeRest(of part: Part, isOwn: Bool, to writer: inout JSONWriter) {
        for extra in isOwn ? part.extras : [] {
            writer.key(extra.name)
            writer.raw(extra.json)
        }
        if let lifetime = part.cacheLifetime { writeCache(lifetime, to: &writer) }
    }

    private mutating func mediaBlock(
        _ type: String, _ media: Media, _ part: Part
    ) throws(TranslationFault) -> [UInt8] {
        let source = try AnthropicMediaSource.written(media, isImage: type == "image", "\(turnsName)[].\(type)")
        if let detail = media.detail, detail != "auto" {
            changes.note("\(turnsName)[].detail", .dropped, "the provider chooses the resolution")
        }
        let isOwn = isOwn
        return JSONText.written { writer in
            writer.object { writer in
                writer.member("type", type)
                writer.member("source", json: source)
                if type == "document", let name = media.name { writer.member("title", name) }
                Self.writeRest(of: part, isOwn: isOwn, to: &writer)
            }
        }
    }

    private mutating func toolUse(_ call: ToolCall, _ part: Part) -> [UInt8] {
        let input = input(call)
        let isOwn = isOwn
        return JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "tool_use")
                writer.member("id", Self.callID(call.id))
                writer.member("name", call.name)
                writer.member("input", json: input)
                Self.writeRest(of: part, isOwn: isOwn, to: &writer)
            }
        }
    }

    /// The input must be an object; what a model wrote badly goes inside one.
    private mutating func input(_ call: ToolCall) -> [UInt8] {
        if JSONText.isObject(call.arguments) { return call.arguments }
        let text = String(decoding: call.arguments, as: UTF8.self)
        if Self.isBlank(text) { return Array("{}".utf8) }
        changes.note("\(turnsName)[].arguments", .mapped, "no JSON object, so sent as text inside one")
        return JSONText.written { $0.object { $0.member("arguments", text) } }
    }

    /// Ids may have letters, digits, `_` and `-` only. Calls and their results are changed alike.
    static func callID(_ id: String) -> String {
        func isAllowed(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x5F || byte == 0x2D
        }
        if id.isEmpty { return "call" }
        if id.utf8.allSatisfy(isAllowed) { return id }
        return String(decoding: id.utf8.map { isAllowed($0) ? $0 : 0x5F }, as: UTF8.self)
    }

    private mutating func toolResult(_ result: ToolResult, _ part: Part) throws(TranslationFault) -> [UInt8] {
        var blocks: [Block] = []
        for inner in result.parts {
            if let block = try block(inner) { blocks.append(block) }
        }
        let isOwn = isOwn
        return JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "tool_result")
                writer.member("tool_use_id", Self.callID(result.callID))
                if blocks.count == 1, let text = blocks[0].plainText {
                    writer.member("content", text)
                } else if !blocks.isEmpty {
                    writer.array("content") { writer in
                        for block in blocks { writer.raw(block.json) }
                    }
                }
                if result.isError { writer.member("is_error", true) }
                Self.writeRest(of: part, isOwn: isOwn, to: &writer)
            }
        }
    }

    /// Thinking without the provider's own signature is refused, so it stays out.
    private mutating func reasoning(_ reasoning: Reasoning) -> Block? {
        if let signature = reasoning.signature {
            return Block(
                json: JSONText.written { writer in
                    writer.object { writer in
                        writer.member("type", "thinking")
                        writer.member("thinking", reasoning.text)
                        writer.member("signature", signature)
                    }
                }, isThinking: true
            )
        }
        if let data = reasoning.encrypted, reasoning.id == nil, reasoning.text.isEmpty {
            return Block(
                json: JSONText.written { writer in
                    writer.object { writer in
                        writer.member("type", "redacted_thinking")
                        writer.member("data", data)
                    }
                }, isThinking: true
            )
        }
        changes.note("\(turnsName)[].reasoning", .dropped, "thinking without this provider's signature is refused")
        return nil
    }
}

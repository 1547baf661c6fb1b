import Bytes
import Vocabulary

/// Writes system text and messages: turns of one speaker that follow each other become one, and the results of tool
/// calls come first in the user's turn that follows the calls, all in one turn.
struct AnthropicMessageWriter {
    private struct Message {
        var role: Turn.Role
        var blocks: [AnthropicBlockWriter.Block]
    }

    private let request: ModelRequest
    private let rules: AnthropicModelRules
    private let isOwn: Bool
    var changes: [ParameterChange]

    init(_ request: ModelRequest, _ rules: AnthropicModelRules, _ changes: [ParameterChange]) {
        self.request = request
        self.rules = rules
        self.changes = changes
        isOwn = request.source == .anthropicMessages
    }

    /// The value of `system`: a string where that says all, else blocks; `nil` for none.
    ///
    /// - Parameter hint: A sentence of ours to add.
    mutating func system(hint: String?) -> [UInt8]? {
        var parts = request.system.filter { part in
            if case .text(let text) = part.content { return !AnthropicBlockWriter.isBlank(text) }
            changes.note(request.name(of: .system), .dropped, "the provider's system text holds text only")
            return false
        }
        if let hint { parts.append(Part(.text(hint))) }
        guard let first = parts.first else { return nil }
        let isPlain = first.cacheLifetime == nil && (first.extras.isEmpty || !isOwn)
        if parts.count == 1, isPlain, case .text(let text) = first.content {
            return JSONText.written { $0.string(text) }
        }
        return JSONText.written { writer in
            writer.beginArray()
            for part in parts {
                if case .text(let text) = part.content {
                    writer.raw(AnthropicBlockWriter.text(text, part, isOwn: isOwn))
                }
            }
            writer.endArray()
        }
    }

    /// The value of `messages`.
    mutating func messages() throws(TranslationFault) -> [UInt8] {
        let messages = try merged()
        guard !messages.isEmpty else {
            let name = request.name(of: .turns)
            throw TranslationFault(name, "holds nothing that the provider takes; send at least one message with text")
        }
        return JSONText.written { writer in
            writer.beginArray()
            for message in messages { Self.write(message, to: &writer) }
            writer.endArray()
        }
    }

    private mutating func merged() throws(TranslationFault) -> [Message] {
        var messages: [Message] = []
        var blocks = AnthropicBlockWriter(request, changes)
        for turn in request.turns {
            let written = try blocks.blocks(of: turn)
            if written.isEmpty { continue }
            let role = role(of: turn, after: messages.last?.role, &blocks.changes)
            if let last = messages.indices.last, messages[last].role == role {
                messages[last].blocks += written
            } else {
                messages.append(Message(role: role, blocks: written))
            }
        }
        changes = blocks.changes
        if !isOwn {
            endWithWords(&messages)
            if messages.first?.role == .assistant { startWithUser(&messages) }
        }
        for index in messages.indices where messages[index].role == .user {
            let blocks = messages[index].blocks
            messages[index].blocks = blocks.filter(\.isToolResult) + blocks.filter { !$0.isToolResult }
        }
        return messages
    }

    /// System text inside the conversation is the user's where the model does not know it there.
    private func role(
        of turn: Turn, after previous: Turn.Role?, _ changes: inout [ParameterChange]
    ) -> Turn.Role {
        guard turn.role == .system, !isOwn else { return turn.role }
        if rules.takesSystemTurns, previous == .user { return .system }
        changes.note(
            request.name(of: .turns), .mapped, "system text inside the conversation is sent as the user's"
        )
        return .user
    }

    /// An assistant's turn that ends in thinking is refused.
    private mutating func endWithWords(_ messages: inout [Message]) {
        for index in messages.indices where messages[index].role == .assistant {
            while messages[index].blocks.last?.isThinking == true {
                messages[index].blocks.removeLast()
                let name = "\(request.name(of: .turns))[].reasoning"
                changes.note(name, .dropped, "thinking that nothing follows is refused")
            }
        }
        messages.removeAll { $0.blocks.isEmpty }
    }

    private mutating func startWithUser(_ messages: inout [Message]) {
        changes.note(request.name(of: .turns), .mapped, "a user's turn is put before the assistant's first")
        let text = AnthropicBlockWriter.text("(The conversation begins.)", nil, isOwn: false)
        messages.insert(Message(role: .user, blocks: [.init(json: text)]), at: 0)
    }

    private static func write(_ message: Message, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("role", message.role.rawValue)
            if message.blocks.count == 1, let text = message.blocks[0].plainText {
                writer.member("content", text)
            } else {
                writer.array("content") { writer in
                    for block in message.blocks { writer.raw(block.json) }
                }
            }
        }
    }
}

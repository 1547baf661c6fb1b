import Bytes
import Vocabulary

// Messages: roles, refused members, content in parts, and the schema that goes into the system text.
extension RequestEditor {
    mutating func changeMessages(_ messages: JSONView) {
        let instruction = schema.map(SchemaInstruction.text)
        guard quirks.asksForMessageEdits || instruction != nil, messages.kind == .array else { return }
        var isFirst = true
        for message in messages.elements where message.kind == .object {
            let isSystem =
                message["role"]?.isString("system") ?? false || message["role"]?.isString("developer") ?? false
            if isFirst, let instruction, !isSystem { insertSystem(instruction, before: message) }
            changeRole(message)
            removeRefused(message)
            changeContent(message, adding: isFirst && isSystem ? instruction : nil)
            isFirst = false
        }
    }

    private mutating func insertSystem(_ text: String, before message: JSONView) {
        var bytes = Self.json { writer in
            writer.object { writer in
                writer.member("role", "system")
                writer.member("content", text)
            }
        }
        bytes.append(UInt8(ascii: ","))
        let start = message.range.lowerBound
        edits.append(Edit(range: start..<start, bytes: bytes))
    }

    private mutating func changeRole(_ message: JSONView) {
        guard quirks.lacksDeveloperRole, let role = message["role"], role.isString("developer") else { return }
        replace(role, Array(#""system""#.utf8))
        changes.note("messages[].role", .mapped, "developer is sent as system")
    }

    private mutating func removeRefused(_ message: JSONView) {
        guard !quirks.unsupportedInMessages.isEmpty else { return }
        let keepsRefusal = keepRefusal(message)
        let keepsReasoning = keepReasoning(message)
        removeMembers(of: message) { editor, name, value in
            guard editor.quirks.unsupportedInMessages.contains(name) else { return false }
            if name == "refusal", keepsRefusal { return false }
            if name == "reasoning_content", keepsReasoning { return false }
            if !value.isNull, !value.isEmptyContainer {
                editor.changes.note("messages[].\(name)", .dropped, "the provider refuses it in messages")
            }
            return true
        }
    }

    /// A refusal that stands alone becomes the message's content: without it the model would start over. True if its
    /// member is used for that.
    private mutating func keepRefusal(_ message: JSONView) -> Bool {
        guard quirks.unsupportedInMessages.contains("refusal"), let refusal = message["refusal"]?.string else {
            return false
        }
        if let content = message["content"] {
            if content.isNull { replace(content, Self.json { $0.string(refusal) }) }
            return false
        }
        guard let key = message.members.first(where: { $0.key == "refusal" })?.key else { return false }
        edits.append(Edit(range: key.range, bytes: Array(#""content""#.utf8)))
        changes.note("messages[].refusal", .renamed, "sent as content")
        return true
    }

    /// Earlier thinking goes on under the provider's name for it. True if the member stays for that.
    private mutating func keepReasoning(_ message: JSONView) -> Bool {
        guard quirks.reasoningHistory == .text, message["reasoning"] == nil,
            message["reasoning_content"]?.string != nil,
            let key = message.members.first(where: { $0.key == "reasoning_content" })?.key
        else { return false }
        edits.append(Edit(range: key.range, bytes: Array(#""reasoning""#.utf8)))
        changes.note("messages[].reasoning_content", .renamed, "sent as reasoning")
        return true
    }

    /// Joins text parts where content must be a string, and adds what the system text must also say.
    private mutating func changeContent(_ message: JSONView, adding instruction: String?) {
        guard let content = message["content"] else { return }
        if let text = content.string {
            guard let instruction else { return }
            replace(content, Self.json { $0.string("\(text)\n\n\(instruction)") })
            return
        }
        guard content.kind == .array, quirks.lacksContentParts || instruction != nil else { return }
        var texts: [String] = []
        for part in content.elements {
            // Pictures can't be joined: the provider says itself what it makes of them.
            guard let text = part["text"]?.string else { return appendPart(instruction, to: content) }
            texts.append(text)
        }
        guard quirks.lacksContentParts else { return appendPart(instruction, to: content) }
        let whole = texts.joined(separator: "\n")
        replace(content, Self.json { $0.string(instruction.map { "\(whole)\n\n\($0)" } ?? whole) })
        changes.note("messages[].content", .mapped, "a list of text parts is sent as one string")
    }

    private mutating func appendPart(_ text: String?, to content: JSONView) {
        guard let text else { return }
        var bytes = Self.json { writer in
            writer.object { writer in
                writer.member("type", "text")
                writer.member("text", text)
            }
        }
        if !content.isEmptyContainer { bytes.insert(UInt8(ascii: ","), at: 0) }
        let end = content.range.upperBound - 1
        edits.append(Edit(range: end..<end, bytes: bytes))
    }
}

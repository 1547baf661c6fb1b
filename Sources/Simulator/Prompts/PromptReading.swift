import Bytes

extension Prompt {
    /// Reads what all dialects share. A model name may end in `@sim:FAULT`.
    init(common body: JSONView) {
        setModel(body["model"]?.string ?? "")
        streamed = body["stream"]?.bool ?? false
        parallelCalls = body["parallel_tool_calls"]?.bool ?? true
    }

    /// Reads a model's name, which says whether it reasons.
    mutating func setModel(_ name: String) {
        let (plain, fault) = FaultSource.split(model: name)
        model = plain
        if let fault { faults.append(fault) }
        let lower = plain.lowercased()
        let name = lower.split(separator: "/").last ?? ""  // openai/o3 is o3
        reasons = lower.contains("reason") || ["o1", "o3", "o4", "gpt-5"].contains { name.hasPrefix($0) }
    }

    /// Adds a message; the last user message becomes the text that is answered.
    mutating func add(_ role: Turn.Role, _ content: ContentReader) {
        let isResult = role == .user && content.holdsToolResult
        turns.append(Turn(role: isResult ? .tool : role, tokens: content.tokens, cacheMark: content.cacheMark))
        if role == .user, !isResult { userText = content.text }
    }

    /// Takes a leading `[[sim: FAULT]]` out of the last user message.
    mutating func takeFault() {
        let (plain, fault) = FaultSource.split(prompt: userText)
        userText = plain
        if let fault { faults.append(fault) }
    }

    static func role(_ name: String?) -> Turn.Role {
        switch name {
        case "system", "developer": .system
        case "assistant": .assistant
        case "tool", "function": .tool
        default: .user
        }
    }

    /// A string, or a list of strings.
    static func strings(_ view: JSONView?) -> [String] {
        guard let view else { return [] }
        return view.string.map { [$0] } ?? view.list.compactMap(\.string)
    }
}

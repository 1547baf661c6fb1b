import Bytes

/// Reads `messages`: leading system text becomes the request's, tool messages become results inside a user turn.
struct OpenAIChatMessageReader {
    private var request: ModelRequest
    /// The call that a legacy `function` message answers: they have names only.
    private var functionCallID: [String: String] = [:]

    private init(_ request: ModelRequest) { self.request = request }

    static func read(_ messages: JSONView, into request: inout ModelRequest) throws(TranslationFault) {
        var reader = Self(request)
        var index = 0
        for message in try messages.expectArray("messages").elements {
            try reader.read(message, "messages[\(index)]")
            index += 1
        }
        guard index > 0 else { throw TranslationFault("messages", "is empty; send at least one message") }
        request = reader.request
    }

    private mutating func read(_ message: JSONView, _ path: String) throws(TranslationFault) {
        _ = try message.expectObject(path)
        guard let role = message["role"]?.string else {
            throw TranslationFault("\(path).role", "is missing; say system, developer, user, assistant or tool")
        }
        keepUnknownMembers(message, path)
        let parts = try OpenAIChatPartReader.parts(message["content"], "\(path).content")
        let name = message["name"]?.string
        switch role {
        case "system", "developer": addSystem(parts, name: name)
        case "user": request.turns.append(Turn(.user, parts, name: name))
        case "assistant":
            let turn = Turn(.assistant, try assistantParts(message, content: parts, path), name: name)
            request.turns.append(turn)
        case "tool": try addToolResult(message, parts: parts, name: name, path)
        case "function":
            let callID = name.flatMap { functionCallID[$0] } ?? "call_\(name ?? "function")"
            add(ToolResult(callID: callID, name: name, parts: parts))
        default:
            throw TranslationFault("\(path).role", "is \(role); say system, developer, user, assistant or tool")
        }
    }

    private mutating func addSystem(_ parts: [Part], name: String?) {
        if request.turns.isEmpty, name == nil {
            request.system += parts
        } else {
            request.turns.append(Turn(.system, parts, name: name))
        }
    }

    private mutating func addToolResult(
        _ message: JSONView, parts: [Part], name: String?, _ path: String
    ) throws(TranslationFault) {
        guard let callID = message["tool_call_id"]?.string else {
            throw TranslationFault("\(path).tool_call_id", "is missing; give the id of the call that this answers")
        }
        add(ToolResult(callID: callID, name: name ?? request.toolName(ofCall: callID), parts: parts))
    }

    /// Results that follow each other answer one assistant turn, and so make one user turn.
    private mutating func add(_ result: ToolResult) {
        let part = Part(.toolResult(result))
        if let last = request.turns.indices.last, request.turns[last].holdsOnlyToolResults {
            request.turns[last].parts.append(part)
        } else {
            request.turns.append(Turn(.user, [part]))
        }
    }

    private mutating func assistantParts(
        _ message: JSONView, content: [Part], _ path: String
    ) throws(TranslationFault) -> [Part] {
        var calls = try OpenAIChatToolReader.calls(message["tool_calls"], "\(path).tool_calls")
        if let function = message["function_call"]?.unlessNull {
            let call = OpenAIChatToolReader.legacyCall(function)
            functionCallID[call.name] = call.id
            calls.append(Part(.toolCall(call)))
        }
        var parts = OpenAIReasoning.parts(message, signing: &calls)
        parts += content
        if let refusal = message["refusal"]?.string, !refusal.isEmpty { parts.append(Part(.refusal(refusal))) }
        if let audio = message["audio"]?.unlessNull { parts.append(Part(.opaque(type: "audio", json: audio.json))) }
        return parts + calls
    }

    private static let known: Set<String> = [
        "role", "content", "name", "tool_calls", "tool_call_id", "function_call", "refusal", "audio",
        "reasoning_content", "reasoning", "reasoning_details", "thinking_blocks", "annotations",
    ]

    private mutating func keepUnknownMembers(_ message: JSONView, _ path: String) {
        for (key, value) in message.members where !value.isNull {
            let name = key.string
            // Citations come back with the answer they belonged to; no target reads them, so nothing is lost.
            if !Self.known.contains(name) { request.extras.append(Extra("\(path).\(name)", value.json)) }
        }
    }
}

extension Turn {
    /// A user turn of tool results and nothing else.
    package var holdsOnlyToolResults: Bool {
        guard role == .user, !parts.isEmpty else { return false }
        return parts.allSatisfy { part in
            if case .toolResult = part.content { return true }
            return false
        }
    }
}

extension ModelRequest {
    /// The tool that a call earlier in the conversation asked for; `nil` if there is no such call.
    package func toolName(ofCall id: String) -> String? {
        for turn in turns.reversed() {
            for part in turn.parts {
                if case .toolCall(let call) = part.content, call.id == id { return call.name }
            }
        }
        return nil
    }
}

import Bytes

/// Reads the items of a conversation into turns. Items of one speaker that follow each other (reasoning, text, calls)
/// make one turn.
struct ResponsesItemReader {
    let isStateful: Bool
    /// System and developer messages before the conversation.
    private(set) var system: [Part] = []
    private(set) var turns: [Turn] = []

    init(isStateful: Bool) { self.isStateful = isStateful }

    mutating func read(_ input: JSONView) throws(TranslationFault) {
        if let text = input.string {
            turns.append(Turn(.user, [Part(.text(text))]))
            return
        }
        guard input.kind == .array else { throw TranslationFault("input", "must be a string or a list of items") }
        var index = 0
        for item in input.elements {
            try read(item, "input[\(index)]")
            index += 1
        }
        for index in turns.indices where turns[index].role == .assistant {
            ReasoningSeal.signCalls(in: &turns[index].parts)
        }
    }

    private mutating func read(_ item: JSONView, _ path: String) throws(TranslationFault) {
        _ = try item.expectObject(path)
        switch Self.type(item) {
        case "message": try readMessage(item, path)
        case "function_call": append(Part(.toolCall(try Self.call(item, path))), to: .assistant)
        case "function_call_output": append(Part(.toolResult(try Self.result(item, path))), to: .user)
        case "reasoning": append(Part(.reasoning(Self.reasoning(item))), to: .assistant)
        case "item_reference":
            if isStateful {
                append(Part(.opaque(type: "item_reference", json: item.json)), to: .assistant)
            } else {
                let mend = "refers to an item that this model's provider does not keep; send the item itself"
                throw TranslationFault(path, mend)
            }
        case let type:
            let isResult = type.hasSuffix("_output") || type == "mcp_approval_response"
            append(Part(.opaque(type: type, json: item.json)), to: isResult ? .user : .assistant)
        }
    }

    /// Messages may leave their type out, and so may references.
    private static func type(_ item: JSONView) -> String {
        item["type"]?.string ?? (item["role"] == nil ? "item_reference" : "message")
    }

    private mutating func append(_ part: Part, to role: Turn.Role) {
        let isResults = role == .user && turns.last?.role == .user
        if let last = turns.indices.last, turns[last].role == role, role == .assistant || isResults {
            turns[last].parts.append(part)
        } else {
            turns.append(Turn(role, [part]))
        }
    }

    private mutating func readMessage(_ item: JSONView, _ path: String) throws(TranslationFault) {
        var parts = try ResponsesPartReader.parts(item["content"], "\(path).content")
        if !parts.isEmpty { parts[0].extras += Self.extras(item) }
        switch item["role"]?.string {
        case "user": turns.append(Turn(.user, parts))
        case "assistant":
            for part in parts { append(part, to: .assistant) }
        case "system", "developer":
            if turns.isEmpty { system += parts } else { turns.append(Turn(.system, parts)) }
        default: throw TranslationFault("\(path).role", "must be user, assistant, system or developer")
        }
    }

    /// What an answer's message says beside its content; it begins an item, so it stands on the first part.
    private static func extras(_ item: JSONView) -> [Extra] {
        var extras: [Extra] = []
        if let id = item["id"], id.string != nil { extras.append(Extra("id", id.json)) }
        if let phase = item["phase"], phase.string != nil { extras.append(Extra("phase", phase.json)) }
        return extras
    }

    private static func call(_ item: JSONView, _ path: String) throws(TranslationFault) -> ToolCall {
        guard let id = item["call_id"]?.string else {
            throw TranslationFault("\(path).call_id", "is missing; give the call's id")
        }
        guard let name = item["name"]?.string else {
            throw TranslationFault("\(path).name", "is missing; name the function")
        }
        return ToolCall(id: id, name: name, arguments: arguments(item))
    }

    /// The arguments are JSON inside a string.
    static func arguments(_ item: JSONView) -> [UInt8] {
        var bytes: [UInt8] = []
        guard let value = item["arguments"]?.unlessNull else { return bytes }
        return value.appendDecodedString(to: &bytes) ? bytes : value.json
    }

    private static func result(_ item: JSONView, _ path: String) throws(TranslationFault) -> ToolResult {
        guard let id = item["call_id"]?.string else {
            throw TranslationFault("\(path).call_id", "is missing; give the id of the call that this answers")
        }
        return ToolResult(callID: id, parts: try ResponsesPartReader.parts(item["output"], "\(path).output"))
    }

    /// Thinking as a text where it is shown, else its summary.
    static func reasoning(_ item: JSONView) -> Reasoning {
        let content = texts(item["content"])
        let text = content.isEmpty ? texts(item["summary"]) : content
        let encrypted = item["encrypted_content"]?.string
        if let encrypted, let opened = ReasoningSeal.open(encrypted, text: text) { return opened }
        if let encrypted, let sealed = ReasoningSeal.openCall(encrypted) {
            return Reasoning(encrypted: ReasoningSeal.seal(callID: sealed.callID, signature: sealed.signature))
        }
        var reasoning = Reasoning(text: text, encrypted: encrypted, id: item["id"]?.string)
        reasoning.isSummary = content.isEmpty
        return reasoning
    }

    private static func texts(_ list: JSONView?) -> String {
        guard let list else { return "" }
        return list.elements.compactMap { $0["text"]?.string }.joined(separator: "\n\n")
    }
}

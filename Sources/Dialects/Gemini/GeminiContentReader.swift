import Bytes

/// Reads `contents` and `systemInstruction`, and the content of answers.
struct GeminiContentReader {
    /// Calls that wait for their response, by name, in order: responses without id belong to the oldest of their name.
    private var waiting: [String: [String]] = [:]
    private var turn = 0
    private var calls = 0
    private let salt: String
    private let isAnswer: Bool

    /// Reads a request's contents.
    private init() {
        salt = ""
        isAnswer = false
    }

    /// Reads the content of an answer.
    ///
    /// - Parameters:
    ///   - salt: Makes the ids of calls that have none differ between answers.
    ///   - choice: Which of the answers it is.
    init(answer salt: String, choice: Int) {
        self.salt = salt
        isAnswer = true
        turn = choice
    }

    static func turns(_ contents: JSONView) throws(TranslationFault) -> [Turn] {
        var reader = Self()
        if contents.kind == .object { return [try reader.read(contents, "contents")] }
        var turns: [Turn] = []
        for content in try contents.expectArray("contents").elements {
            turns.append(try reader.read(content, "contents[\(turns.count)]"))
        }
        return turns
    }

    /// Google's clients send a content; a bare string is taken too.
    static func system(_ value: JSONView) throws(TranslationFault) -> [Part] {
        if let text = value.string { return [Part(.text(text))] }
        var reader = Self()
        return try reader.parts(value, "systemInstruction")
    }

    private mutating func read(_ content: JSONView, _ path: String) throws(TranslationFault) -> Turn {
        defer { turn += 1 }
        calls = 0
        let role = content["role"]?.unlessNull?.string ?? "user"
        let parts = try parts(content, path)
        switch role {
        case "user", "function", "tool": return Turn(.user, parts)
        case "model": return Turn(.assistant, parts)
        case "system": return Turn(.system, parts)
        default: throw TranslationFault("\(path).role", "is \(role); say user or model")
        }
    }

    /// The parts of one content.
    mutating func parts(_ content: JSONView, _ path: String) throws(TranslationFault) -> [Part] {
        guard let list = content["parts"]?.unlessNull else { return [] }
        var parts: [Part] = []
        if list.kind == .object {
            try add(list, "\(path).parts", to: &parts)
            return parts
        }
        var index = 0
        for element in try list.expectArray("\(path).parts").elements {
            try add(element, "\(path).parts[\(index)]", to: &parts)
            index += 1
        }
        return parts
    }

    /// Reads one part, which may join the thought before it or become two.
    mutating func add(_ part: JSONView, _ path: String, to parts: inout [Part]) throws(TranslationFault) {
        _ = try part.expectObject(path)
        let signature = part.camel("thoughtSignature")?.string
        if let text = part["text"]?.string {
            addText(text, isThought: part["thought"]?.bool ?? false, signature, to: &parts)
        } else if let call = part.camel("functionCall"), call.kind == .object {
            parts.append(Part(.toolCall(self.call(call, signature))))
        } else if let response = part.camel("functionResponse") {
            parts.append(Part(.toolResult(try result(response, "\(path).functionResponse"))))
        } else if let media = try Self.media(part, path) {
            parts.append(media)
        } else {
            parts.append(Part(.opaque(type: Self.kind(of: part), json: part.json)))
        }
    }

    private func addText(_ text: String, isThought: Bool, _ signature: String?, to parts: inout [Part]) {
        if isThought {
            addThought(text, signature, to: &parts)
            return
        }
        guard let signature else {
            parts.append(Part(.text(text)))
            return
        }
        if isAnswer {
            // As a thought without words, which every caller's format brings back.
            if !text.isEmpty { parts.append(Part(.text(text))) }
            parts.append(Part(.reasoning(GeminiSignature.thought(signature))))
        } else {
            let json = JSONText.written { $0.string(signature) }
            parts.append(Part(.text(text), extras: [Extra("thoughtSignature", json)]))
        }
    }

    /// Fragments of one thought, as streams leave them in a client's history, become one.
    private func addThought(_ text: String, _ signature: String?, to parts: inout [Part]) {
        if case .reasoning(var before)? = parts.last?.content, before.signature == nil, before.encrypted == nil {
            before.text += text
            before.signature = signature
            parts[parts.count - 1].content = .reasoning(before)
            return
        }
        if text.isEmpty, let signature {
            parts.append(Part(.reasoning(GeminiSignature.thought(signature))))
        } else {
            parts.append(Part(.reasoning(Reasoning(text: text, signature: signature))))
        }
    }

    private mutating func call(_ call: JSONView, _ signature: String?) -> ToolCall {
        let name = call["name"]?.string ?? ""
        let id = call["id"]?.string ?? GeminiNames.callID(place: turn, index: calls, name: name, salt: salt)
        calls += 1
        waiting[name, default: []].append(id)
        let arguments = call["args"]?.unlessNull.map(CompactJSON.bytes) ?? Array("{}".utf8)
        return ToolCall(id: id, name: name, arguments: arguments, signature: signature)
    }

    private mutating func result(_ response: JSONView, _ path: String) throws(TranslationFault) -> ToolResult {
        let name = response["name"]?.string ?? ""
        let known = waiting[name]?.first
        let id = response["id"]?.string ?? known ?? "call_\(name)"
        waiting[name]?.removeAll { $0 == id }
        var parts: [Part] = []
        let body = response["response"]?.unlessNull
        if let body { parts.append(Part(.text(body.string ?? CompactJSON.text(body)))) }
        for element in (response["parts"]?.elements).map(Array.init) ?? [] {
            if let media = try Self.media(element, "\(path).parts") { parts.append(media) }
        }
        let isError = body?["error"] != nil && body?["output"] == nil
        return ToolResult(callID: id, name: name.isEmpty ? nil : name, parts: parts, isError: isError)
    }

    private static func media(_ part: JSONView, _ path: String) throws(TranslationFault) -> Part? {
        var extras: [Extra] = []
        for (key, value) in part.members where !value.isNull {
            let name = GeminiNames.camel(key)
            if ["videoMetadata", "mediaResolution"].contains(name) { extras.append(Extra(name, value.json)) }
        }
        if let data = part.camel("inlineData") {
            guard let base64 = data["data"]?.string else {
                throw TranslationFault("\(path).inlineData.data", "is missing; give the bytes as base64")
            }
            return Part(content(data, .base64(base64)), extras: extras)
        }
        guard let file = part.camel("fileData") else { return nil }
        guard let uri = file.camel("fileUri")?.string else {
            throw TranslationFault("\(path).fileData.fileUri", "is missing; give the file's URI")
        }
        let isHeld = uri.hasPrefix("https://generativelanguage.") || !uri.contains("://")
        return Part(content(file, isHeld ? .file(uri) : .url(uri)), extras: extras)
    }

    private static func content(_ data: JSONView, _ source: Media.Source) -> Part.Content {
        let type = data.camel("mimeType")?.string
        let media = Media(source, mediaType: type, name: data.camel("displayName")?.string)
        let known = MediaTypes.type(of: media) ?? ""
        if known.hasPrefix("image/") { return .image(media) }
        if known.hasPrefix("audio/") { return .audio(media) }
        if known.hasPrefix("video/") || known.isEmpty { return .video(media) }
        return .document(media)
    }

    private static func kind(of part: JSONView) -> String {
        for (key, _) in part.members {
            let name = GeminiNames.camel(key)
            if name != "thought", name != "thoughtSignature" { return name }
        }
        return "part"
    }
}

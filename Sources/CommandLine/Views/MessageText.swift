import Foundation
import SignalboxClient

/// A recorded body as a conversation: who said what, indented. Nothing of it reaches the terminal unescaped.
enum MessageText {
    /// The messages; where there are none, the body.
    static func render(_ body: RecordedBody) -> String {
        if !body.messages.isEmpty { return body.messages.map(message).joined(separator: "\n") }
        if let text = body.text { return indented(text) }
        if let json = body.body, json != .null { return indented(compact(json)) }
        return "  (nothing recorded)"
    }

    private static func message(_ message: JSONValue) -> String {
        let who = message["role"]?.string ?? message["type"]?.string ?? "message"
        var lines: [String] = []
        if let content = message["content"], content != .null { lines.append(said(content)) }
        for name in ["reasoning_content", "refusal", "tool_calls", "output", "arguments"] {
            guard let value = message[name], value != .null, value != .array([]) else { continue }
            lines.append("[\(name)] " + (value.string ?? compact(value)))
        }
        if lines.isEmpty { lines = [compact(message)] }
        return TerminalText.escaped(who) + ":\n" + indented(lines.joined(separator: "\n"))
    }

    /// Text as it is, of a list of parts the texts, of other parts their JSON.
    private static func said(_ content: JSONValue) -> String {
        if let text = content.string { return text }
        guard let parts = content.array else { return compact(content) }
        return parts.map { part in
            part.string ?? part["text"]?.string ?? part["thinking"]?.string ?? "[part] " + compact(part)
        }.joined(separator: "\n")
    }

    /// Escaped except for its line breaks, two spaces before each line.
    private static func indented(_ text: String) -> String {
        let safe = TerminalText.escaped(text, keepingLineBreaks: true)
        return safe.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
    }

    /// One line of JSON with sorted keys.
    private static func compact(_ value: JSONValue) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}

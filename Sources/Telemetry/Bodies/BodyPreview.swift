import Bytes

/// The few words of a body that a list shows. Each function reads one member of a body.
enum BodyPreview {
    /// Long enough for a line of a list, in characters (Unicode scalars).
    static let characters = 200
    /// No scalar has more than four bytes of UTF-8.
    private static let sufficientBytes = characters * 4

    /// `messages`, `contents` or `input`: the text of the last user message that has any; a plain prompt as it is.
    static func conversation(_ value: JSONView, _ elements: [JSONView]) -> String {
        guard value.kind == .array else { return plain(value) }
        for message in elements.reversed() where message["role"]?.isString("user") ?? (message["parts"] != nil) {
            let text = message.text
            if !text.isEmpty { return text }
        }
        return elements.first.map(plain) ?? ""
    }

    /// `choices`: the first one's text, or the tool that it calls.
    static func choices(_ value: JSONView) -> String {
        guard let choice = value.first else { return "" }
        guard let message = choice["message"] else { return choice["text"].map(plain) ?? "" }
        let text = message.text
        return text.isEmpty ? call(message["tool_calls"]?.first?["function"]) : text
    }

    /// `candidates`: the first one's text.
    static func candidates(_ value: JSONView) -> String {
        value.first?["content"]?.text ?? ""
    }

    /// `output`: the first item's text, or the first tool that is called.
    static func output(_ items: [JSONView]) -> String {
        for item in items {
            let text = item.text
            if !text.isEmpty { return text }
        }
        return call(items.first { $0["name"] != nil })
    }

    /// Content blocks of an answer: their text, or the first tool that is called.
    static func content(_ blocks: JSONView) -> String {
        let text = blocks.blockText
        return text.isEmpty ? call(blocks.elements.first { $0["name"] != nil }) : text
    }

    /// A string as it is; nothing for other values.
    static func plain(_ value: JSONView) -> String {
        guard value.kind == .string else { return "" }
        var bytes: [UInt8] = []
        value.appendDecodedString(to: &bytes)
        return bytes.withUnsafeBytes { clipped($0) }
    }

    /// `name(arguments)` of a tool call in any of the dialects.
    private static func call(_ call: JSONView?) -> String {
        guard let call, let name = call["name"]?.string else { return "" }
        guard let arguments = call["arguments"] ?? call["input"] else { return name }
        var bytes = Array("\(name)(".utf8)
        if !arguments.appendDecodedString(to: &bytes) { bytes.append(contentsOf: arguments.raw) }
        bytes.append(UInt8(ascii: ")"))
        return bytes.withUnsafeBytes { clipped($0) }
    }

    /// The first characters, control characters as spaces, invalid UTF-8 repaired.
    static func clipped(_ utf8: UnsafeRawBufferPointer) -> String {
        var clipped: [UInt8] = []
        clipped.reserveCapacity(min(utf8.count, sufficientBytes))
        var scalars = 0
        for byte in utf8.prefix(sufficientBytes) {
            let continues = byte & 0xC0 == 0x80
            if !continues { scalars += 1 }
            if scalars > characters { break }
            if continues, byte < 0xA0, clipped.last == 0xC2 {
                clipped[clipped.count - 1] = UInt8(ascii: " ")  // U+0080...U+009F
            } else {
                clipped.append(byte < 0x20 || byte == 0x7F ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: clipped, as: UTF8.self)
    }
}

extension JSONView {
    /// The first element of an array.
    fileprivate var first: JSONView? {
        var elements = elements
        return elements.next()
    }

    /// The text of a message: its content, or all text blocks of it.
    fileprivate var text: String {
        guard let content = self["content"] ?? self["parts"] else { return "" }
        return content.kind == .string ? BodyPreview.plain(content) : content.blockText
    }

    /// All text blocks of an array.
    fileprivate var blockText: String {
        var bytes: [UInt8] = []
        for block in elements where bytes.count < BodyPreview.characters * 4 {
            guard let text = block["text"], text.kind == .string else { continue }
            if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
            text.appendDecodedString(to: &bytes)
        }
        return bytes.withUnsafeBytes { BodyPreview.clipped($0) }
    }
}

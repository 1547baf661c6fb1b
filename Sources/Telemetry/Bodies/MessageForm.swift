import Bytes
import Glibc

/// One spelling for messages that mean the same, so that an answer and its replay in the next turn have one hash.
///
/// Members are sorted, white space and needless escapes are gone. In the message itself and in its content blocks,
/// members that are `null` or `[]` are dropped, because clients differ in whether they send such defaults; deeper down
/// (a tool's arguments) everything counts. Content that is a single plain text block becomes the text itself, which
/// both dialects define to mean the same.
enum MessageForm {
    /// What lies where: decides whether defaults are dropped.
    private enum Level { case message, block, value }

    /// Appends the form of `message`, an object, without the members named in `volatile`.
    static func append(_ message: JSONView, without volatile: [StaticString] = [], to output: inout [UInt8]) {
        appendObject(message, .message, without: volatile, to: &output)
    }

    private static func appendObject(
        _ object: JSONView, _ level: Level, without volatile: [StaticString] = [], to output: inout [UInt8]
    ) {
        output.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, value) in sorted(object) {
            if level != .value, isDefault(value) || volatile.contains(where: { key == $0 }) { continue }
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            output.append(contentsOf: key.text[key.range])
            output.append(UInt8(ascii: ":"))
            if level == .message, key == "content" || key == "parts" {
                appendContent(value, to: &output)
            } else {
                appendValue(value, to: &output)
            }
        }
        output.append(UInt8(ascii: "}"))
    }

    /// Content blocks, or the text of the only one.
    static func appendContent(_ content: JSONView, to output: inout [UInt8]) {
        if let text = soleText(content) { return JSONCanonical.append(text, to: &output) }
        appendArray(content, .block, to: &output)
    }

    private static func appendValue(_ value: JSONView, to output: inout [UInt8]) {
        switch value.kind {
        case .object: appendObject(value, .value, to: &output)
        case .array: appendArray(value, .value, to: &output)
        case .string, .number, .bool, .null: JSONCanonical.append(value, to: &output)
        }
    }

    private static func appendArray(_ array: JSONView, _ level: Level, to output: inout [UInt8]) {
        guard array.kind == .array else { return appendValue(array, to: &output) }
        output.append(UInt8(ascii: "["))
        var isFirst = true
        array.forEachElement { element in
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            if element.kind == .object {
                appendObject(element, level, to: &output)
            } else {
                appendValue(element, to: &output)
            }
        }
        output.append(UInt8(ascii: "]"))
    }

    /// The text of content that is `[{"type":"text","text":"..."}]` and nothing else.
    private static func soleText(_ content: JSONView) -> JSONView? {
        guard content.kind == .array else { return nil }
        var blocks = content.elements
        guard let block = blocks.next(), blocks.next() == nil else { return nil }
        var text: JSONView?
        var hasType = false
        var members = block.members
        while let (key, value) = members.next() {
            if isDefault(value) { continue }
            if key == "text", value.kind == .string, text == nil {
                text = value
            } else if key == "type", value.isString("text") {
                hasType = true
            } else {
                return nil
            }
        }
        return hasType ? text : nil
    }

    private static func isDefault(_ value: JSONView) -> Bool {
        value.isNull || value.kind == .array && value.isEmptyContainer
    }

    /// The members by name as it is spelt; those of one name stay in their order.
    private static func sorted(_ object: JSONView) -> [(key: JSONKeyView, value: JSONView)] {
        var members: [(key: JSONKeyView, value: JSONView)] = []
        members.reserveCapacity(4)
        object.forEachMember { key, value in
            // Objects have a handful of members that are often in order: insertion beats a general sort.
            var place = members.count
            while place > 0, precedes(key.raw, members[place - 1].key.raw) { place -= 1 }
            members.insert((key, value), at: place)
        }
        return members
    }

    private static func precedes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        guard let left = a.baseAddress, let right = b.baseAddress else { return a.count < b.count }
        let order = memcmp(left, right, min(a.count, b.count))
        return order == 0 ? a.count < b.count : order < 0
    }
}

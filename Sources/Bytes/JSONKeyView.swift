/// A member's name inside bytes that somebody else keeps alive.
///
/// It compares with a literal (`key == "model"`) and so may stand in a `switch` with literals as its cases.
package struct JSONKeyView {
    /// The whole text, which `range` refers to.
    package let text: UnsafeRawBufferPointer
    /// Offsets of the name in `text`, quotes included.
    package let range: Range<Int>
    /// True if the name is written with escapes, so that `raw` is not what it stands for.
    package let isEscaped: Bool

    /// The bytes between the quotes, as they stand in the text.
    package var raw: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: text[range.lowerBound + 1..<range.upperBound - 1])
    }

    /// What the name stands for.
    package var string: String {
        if !isEscaped { return String(decoding: raw, as: UTF8.self) }
        var decoded: [UInt8] = []
        appendDecoded(to: &decoded)
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Appends what the name stands for, as UTF-8; lone surrogates become U+FFFD.
    package func appendDecoded(to output: inout [UInt8]) {
        JSONEscape.appendDecoded(raw, to: &output)
    }

    /// True if the name stands for exactly the bytes of `literal`.
    package static func == (key: JSONKeyView, literal: StaticString) -> Bool {
        if !key.isEscaped { return sameBytes(key.raw, literal) }
        // An escape is at most six times as long as what it stands for, and never shorter.
        let length = literal.withUTF8Buffer { $0.count }
        guard length <= key.raw.count, key.raw.count <= length * 6 else { return false }
        var decoded: [UInt8] = []
        key.appendDecoded(to: &decoded)
        return decoded.withUnsafeBytes { sameBytes($0, literal) }
    }

    /// True if the name stands for anything but the bytes of `literal`.
    package static func != (key: JSONKeyView, literal: StaticString) -> Bool { !(key == literal) }

    /// Lets a literal be a `case` of a `switch` over a name.
    package static func ~= (literal: StaticString, key: JSONKeyView) -> Bool { key == literal }
}

/// Writes a JSON text into bytes, without white space; commas and colons come by themselves.
///
/// The caller sees to it that calls make sense together (a key before each member's value, an end for each begin).
package struct JSONWriter {
    /// What has been written so far.
    package var bytes: [UInt8] = []
    private var needsComma = false

    /// A writer that has written nothing.
    package init() {}

    /// Makes room for `capacity` bytes at once.
    package init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Writes `{`.
    package mutating func beginObject() { begin(ASCII.openBrace) }
    /// Writes `}`.
    package mutating func endObject() { end(ASCII.closeBrace) }
    /// Writes `[`.
    package mutating func beginArray() { begin(ASCII.openBracket) }
    /// Writes `]`.
    package mutating func endArray() { end(ASCII.closeBracket) }

    /// Writes a member's name; its value must follow.
    package mutating func key(_ name: StaticString) {
        separate()
        name.withUTF8Buffer { JSONEscape.appendString(UnsafeRawBufferPointer($0), to: &bytes) }
        finishKey()
    }

    /// Writes a member's name that is known only when running; its value must follow.
    @_disfavoredOverload
    package mutating func key(_ name: String) {
        string(name)
        finishKey()
    }

    /// Writes a member's name given as UTF-8; its value must follow.
    package mutating func key(utf8 name: UnsafeRawBufferPointer) {
        string(utf8: name)
        finishKey()
    }

    /// Writes a string with as few escapes as RFC 8259 allows.
    package mutating func string(_ value: String) {
        separate()
        var value = value
        value.withUTF8 { JSONEscape.appendString(UnsafeRawBufferPointer($0), to: &bytes) }
    }

    /// Writes a string; each byte that is part of no valid UTF-8 becomes U+FFFD.
    package mutating func string(utf8 value: UnsafeRawBufferPointer) {
        separate()
        JSONEscape.appendString(value, to: &bytes)
    }

    /// Writes a whole number.
    package mutating func int(_ value: Int64) {
        separate()
        DecimalDigits.append(value, to: &bytes)
    }

    /// Writes a whole number.
    package mutating func int(_ value: Int) { int(Int64(value)) }

    /// Writes the shortest number that reads back as `value`; `null` if it is not finite, which JSON can't say.
    package mutating func double(_ value: Double) {
        separate()
        guard value.isFinite else {
            append("null")
            return
        }
        var text = value.description
        if text.hasSuffix(".0") { text.removeLast(2) }
        bytes.append(contentsOf: text.utf8)
    }

    /// Writes `true` or `false`.
    package mutating func bool(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
    }

    /// Writes `null`.
    package mutating func null() {
        separate()
        append("null")
    }

    /// Writes a value that is JSON already, as it stands.
    package mutating func raw(_ json: UnsafeRawBufferPointer) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Writes a value that is JSON already, as it stands.
    package mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(ASCII.comma) }
        needsComma = true
    }

    private mutating func finishKey() {
        bytes.append(ASCII.colon)
        needsComma = false
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}

package import Bytes

extension JSONWriter {
    /// Writes a member whose value is a string.
    package mutating func member(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    /// Writes a member whose value is a whole number.
    package mutating func member(_ name: StaticString, _ value: Int64) {
        key(name)
        int(value)
    }

    /// Writes a member whose value is true or false.
    package mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        bool(value)
    }

    /// Writes a member whose value is a number with its own digits.
    package mutating func member(_ name: StaticString, _ value: NumberText) {
        key(name)
        raw(Array(value.text.utf8))
    }

    /// Writes a member whose value is JSON already.
    package mutating func member(_ name: StaticString, json: [UInt8]) {
        key(name)
        raw(json)
    }

    /// Writes a member whose value is a list of strings.
    package mutating func member(_ name: StaticString, _ values: [String]) {
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// Writes a member whose value is an object that `body` fills.
    package mutating func object(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        key(name)
        beginObject()
        body(&self)
        endObject()
    }

    /// Writes a member whose value is an array that `body` fills.
    package mutating func array(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        key(name)
        beginArray()
        body(&self)
        endArray()
    }

    /// Writes an object, as an element or at the top, that `body` fills.
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        beginObject()
        body(&self)
        endObject()
    }
}

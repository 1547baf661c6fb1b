package import Bytes

extension Condition {
    /// Writes the condition as `init(json:)` reads it.
    package func write(to writer: inout JSONWriter) {
        switch self {
        case .always: writer.bool(true)
        case .never: writer.bool(false)
        case .not(let inner): writer.object("not") { inner.write(to: &$0) }
        case .all(let parts): writer.object("all") { Self.write(parts, to: &$0) }
        case .any(let parts): writer.object("any") { Self.write(parts, to: &$0) }
        case .compare(let field, .equals, let value) where !value.isList:
            writer.object(field.name) { value.write(to: &$0) }
        case .compare(let field, let comparison, let value):
            writer.object(field.name) { $0.object(comparison.rawValue) { value.write(to: &$0) } }
        case .matches(let field, let pattern):
            writer.object(field.name) { $0.object("regex") { $0.string(pattern.source) } }
        case .exists(let field): writer.object(field.name) { $0.object("exists") { $0.bool(true) } }
        }
    }

    private static func write(_ parts: [Condition], to writer: inout JSONWriter) {
        writer.beginArray()
        for part in parts { part.write(to: &writer) }
        writer.endArray()
    }
}

extension ConditionValue {
    var isList: Bool {
        if case .list = self { true } else { false }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let flag): writer.bool(flag)
        case .number(let number): writer.double(number)
        case .string(let text): writer.string(text)
        case .list(let values):
            writer.beginArray()
            for value in values { value.write(to: &writer) }
            writer.endArray()
        }
    }
}

extension JSONWriter {
    /// Writes an object with one member.
    mutating func object(_ name: String, _ value: (inout JSONWriter) -> Void) {
        beginObject()
        key(name)
        value(&self)
        endObject()
    }

    /// Writes a member where there is a value.
    mutating func member<Value>(_ name: StaticString, _ value: Value?, _ write: (inout JSONWriter, Value) -> Void) {
        guard let value else { return }
        key(name)
        write(&self, value)
    }

    mutating func member(_ name: StaticString, _ value: String?) { member(name, value) { $0.string($1) } }
    mutating func member(_ name: StaticString, duration: UInt64?) {
        member(name, duration) { $0.string(DurationText.text($1)) }
    }

    mutating func member(_ name: StaticString, names: [String]) {
        guard !names.isEmpty else { return }
        key(name)
        beginArray()
        for name in names { string(name) }
        endArray()
    }
}

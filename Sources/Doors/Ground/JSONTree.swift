import Bytes

/// A JSON document in memory: what the doors read and answer is small, and each product has its own shapes.
package indirect enum JSONTree: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    /// A number that is no 64-bit integer, as it was written.
    case number(String)
    case string(String)
    case array([JSONTree])
    /// Members in their order.
    case object([Member])

    /// A key and its value.
    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: JSONTree

        package init(key: String, value: JSONTree) {
            self.key = key
            self.value = value
        }
    }

    /// Reads a document; `nil` if it is not JSON, or nested deeper than any of these APIs nests.
    package init?(json: [UInt8]) {
        let tree: JSONTree? = json.withUnsafeBytes { bytes in
            guard let view = try? JSONView.parse(bytes, limits: JSONLimits(maximumDepth: 64)) else { return nil }
            return JSONTree(view)
        }
        guard let tree else { return nil }
        self = tree
    }

    private init(_ view: JSONView) {
        switch view.kind {
        case .null: self = .null
        case .bool: self = .bool(view.bool ?? false)
        case .string: self = .string(view.string ?? "")
        case .number:
            self = view.int64.map { .int($0) } ?? .number(String(decoding: view.raw, as: UTF8.self))
        case .array: self = .array(view.elements.map { JSONTree($0) })
        case .object:
            self = .object(view.members.map { Member(key: $0.key.string, value: JSONTree($0.value)) })
        }
    }

    /// The document as compact JSON.
    package var json: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let flag): writer.bool(flag)
        case .int(let number): writer.int(number)
        case .number(let text): writer.raw(Array(text.utf8))
        case .string(let text): writer.string(text)
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.key(member.key)
                member.value.write(to: &writer)
            }
            writer.endObject()
        }
    }
}

extension JSONTree {
    /// The first member of that name; `nil` for none, and for what is no object. A member that is null is `nil`, too.
    package subscript(_ key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        let value = members.first { $0.key == key }?.value
        return value == .null ? nil : value
    }

    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    package var integer: Int64? {
        switch self {
        case .int(let number): number
        case .number(let text): Double(text).flatMap { Int64(exactly: $0) }
        default: nil
        }
    }

    package var flag: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    /// The elements; none for what is no array.
    package var elements: [JSONTree] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The members; none for what is no object.
    package var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    /// The texts of an array, leaving out what is none.
    package var texts: [String] { elements.compactMap(\.text) }

    /// True for null, empty texts, arrays and objects: nothing is asked for.
    var isBlank: Bool {
        switch self {
        case .null, .string(""), .array([]), .object([]), .bool(false): true
        default: false
        }
    }

    static func text(_ value: String?) -> JSONTree { value.map { .string($0) } ?? .null }
    static func int(_ value: Int64?) -> JSONTree { value.map { .int($0) } ?? .null }
    static func texts(_ values: some Sequence<String>) -> JSONTree { .array(values.map { .string($0) }) }

    /// The object with further members behind its own.
    func with(_ more: JSONTree) -> JSONTree { .object(members + more.members) }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }
}

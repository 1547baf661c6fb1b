import Bytes

/// Builds the JSON object that remains of a body once its large parts are cut out. Members are copied as they stand.
struct BodyShell {
    /// Members with names of ours begin with this character; a body that has such a name itself is kept whole.
    static let mark = UInt8(ascii: "@")

    private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]
    private var isFirst = true

    /// A member as it stands in the body.
    mutating func copy(_ key: JSONKeyView, _ value: JSONView) {
        separate()
        bytes.append(contentsOf: key.text[key.range])
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: value.raw)
    }

    /// A member whose value is put together by `write`.
    mutating func member(_ key: StaticString, _ write: (inout [UInt8]) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
        write(&bytes)
    }

    /// A member whose value is JSON already.
    mutating func raw(_ key: JSONKeyView, _ value: [UInt8]) {
        separate()
        bytes.append(contentsOf: key.text[key.range])
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: value)
    }

    mutating func finish() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// Puts values that are JSON already into an array.
    struct ListWriter {
        private var bytes: [UInt8] = []

        mutating func append(_ value: [UInt8]) {
            bytes.append(bytes.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
            bytes.append(contentsOf: value)
        }

        mutating func finish() -> [UInt8] {
            bytes.append(UInt8(ascii: "]"))
            return bytes
        }
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    /// The shell of a body that is not a JSON object: `{"@json": value}`, or `{"@text": "..."}` with invalid UTF-8
    /// repaired.
    static func wrapping(_ body: UnsafeRawBufferPointer, as json: JSONView?) -> [UInt8] {
        var writer = JSONWriter(capacity: body.count + 16)
        writer.beginObject()
        if let json {
            writer.key("@json")
            writer.raw(json.raw)
        } else {
            writer.key("@text")
            writer.string(utf8: body)
        }
        writer.endObject()
        return writer.bytes
    }
}

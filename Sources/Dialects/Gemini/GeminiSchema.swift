import Bytes

/// Brings a JSON Schema into the part of JSON Schema that Gemini documents for `parametersJsonSchema` and
/// `responseJsonSchema`.
struct GeminiSchema {
    /// The keywords that were left out, sorted.
    private(set) var removed: Set<String> = []
    private var writer = JSONWriter()

    /// The schema without what Gemini refuses, and the names of what went.
    static func clean(_ schema: [UInt8]) -> (json: [UInt8], removed: [String]) {
        var cleaner = Self()
        JSONText.read(schema) { cleaner.write($0) }
        return (cleaner.writer.bytes, cleaner.removed.sorted())
    }

    private static let kept: Set<String> = [
        "$id", "$defs", "$ref", "$anchor", "type", "format", "title", "description", "enum", "items", "prefixItems",
        "minItems", "maxItems", "minimum", "maximum", "anyOf", "oneOf", "properties", "additionalProperties",
        "required", "propertyOrdering",
    ]

    private mutating func write(_ schema: JSONView) {
        guard schema.kind == .object else {
            writer.raw(schema.raw)
            return
        }
        writer.beginObject()
        writeMembers(schema)
        writer.endObject()
    }

    private mutating func writeMembers(_ schema: JSONView) {
        for (key, value) in schema.members { write(key.string, value) }
    }

    private mutating func write(_ name: String, _ value: JSONView) {
        switch name {
        case "properties", "$defs", "definitions":
            writer.key(name == "definitions" ? "$defs" : name)
            writeNamed(value)
        case "items", "additionalProperties":
            writer.key(name)
            write(value)
        case "anyOf", "oneOf", "prefixItems":
            writer.key(name)
            writer.beginArray()
            for element in value.elements { write(element) }
            writer.endArray()
        case "allOf": writeAll(value)
        case "const":
            writer.key("enum")
            writer.beginArray()
            writer.raw(value.raw)
            writer.endArray()
        case "$ref": writer.member("$ref", Self.reference(value.string ?? ""))
        default: writeScalar(name, value)
        }
    }

    private mutating func writeNamed(_ schemas: JSONView) {
        writer.beginObject()
        for (key, value) in schemas.members {
            writer.key(key.string)
            write(value)
        }
        writer.endObject()
    }

    /// One schema alone, as generators write for a reference with a description beside it, is taken in.
    private mutating func writeAll(_ value: JSONView) {
        let schemas = Array(value.elements)
        if schemas.count == 1, schemas[0].kind == .object {
            writeMembers(schemas[0])
        } else {
            removed.insert("allOf")
        }
    }

    private mutating func writeScalar(_ name: String, _ value: JSONView) {
        guard Self.kept.contains(name) else {
            removed.insert(name)
            return
        }
        writer.key(name)
        writer.raw(value.raw)
    }

    private static func reference(_ text: String) -> String {
        let old = "#/definitions/"
        return text.hasPrefix(old) ? "#/$defs/" + text.dropFirst(old.count) : text
    }
}

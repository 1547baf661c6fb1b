import Bytes

/// Brings a JSON Schema into the subset that Anthropic's structured outputs take: objects must be closed, and bounds of
/// numbers and lengths are refused, so they go into the description where the model reads them.
enum AnthropicSchema {
    static let detail = "objects are closed and bounds moved into descriptions, as the provider demands"

    /// The schema and whether it had to be changed. Bytes that are no object come back as they are.
    static func closed(_ schema: [UInt8]) -> (schema: [UInt8], isChanged: Bool) {
        var isChanged = false
        let written = JSONText.read(schema) { root in
            JSONText.written { write(root, to: &$0, &isChanged) }
        }
        guard isChanged, let written else { return (schema, false) }
        return (written, true)
    }

    private static func write(_ schema: JSONView, to writer: inout JSONWriter, _ isChanged: inout Bool) {
        guard schema.kind == .object else {
            writer.raw(schema.raw)
            return
        }
        let isObject = schema["type"]?.isString("object") == true
        let bounds = bounds(of: schema)
        writer.beginObject()
        for (key, value) in schema.members {
            if isBound(key) { continue }
            if isObject, key == "additionalProperties" { continue }
            if key == "description", !bounds.isEmpty { continue }
            writer.key(key.string)
            writeValue(key, value, to: &writer, &isChanged)
        }
        if !bounds.isEmpty {
            let said = schema["description"]?.string.map { $0 + " " } ?? ""
            writer.member("description", said + "(" + bounds.joined(separator: ", ") + ")")
            isChanged = true
        }
        if isObject {
            writer.member("additionalProperties", false)
            if schema["additionalProperties"]?.bool != false { isChanged = true }
        }
        writer.endObject()
    }

    private static func writeValue(
        _ key: JSONKeyView, _ value: JSONView, to writer: inout JSONWriter, _ isChanged: inout Bool
    ) {
        switch key {
        case "properties", "$defs", "definitions":
            writer.beginObject()
            for (name, schema) in value.members {
                writer.key(name.string)
                write(schema, to: &writer, &isChanged)
            }
            writer.endObject()
        case "items": write(value, to: &writer, &isChanged)
        case "anyOf", "allOf", "oneOf":
            writer.beginArray()
            for element in value.elements { write(element, to: &writer, &isChanged) }
            writer.endArray()
        default: writer.raw(value.raw)
        }
    }

    private static func isBound(_ key: JSONKeyView) -> Bool {
        switch key {
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
            "maxItems", "minItems", "uniqueItems":
            true
        default: false
        }
    }

    private static func bounds(of schema: JSONView) -> [String] {
        var bounds: [String] = []
        for (key, value) in schema.members where isBound(key) {
            bounds.append("\(key.string): \(String(decoding: value.raw, as: UTF8.self))")
        }
        return bounds
    }
}

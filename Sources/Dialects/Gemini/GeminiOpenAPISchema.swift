import Bytes

/// Turns Google's `Schema` (a part of OpenAPI 3.0, types in capitals) into JSON Schema.
enum GeminiOpenAPISchema {
    static func jsonSchema(_ schema: JSONView) -> [UInt8] {
        var writer = JSONWriter()
        write(schema, to: &writer)
        return writer.bytes
    }

    private static func write(_ schema: JSONView, to writer: inout JSONWriter) {
        guard schema.kind == .object else {
            writer.raw(schema.raw)
            return
        }
        let isNullable = schema["nullable"]?.bool ?? false
        writer.object { writer in
            for (key, value) in schema.members where !value.isNull {
                write(GeminiNames.camel(key), value, of: schema, isNullable: isNullable, to: &writer)
            }
        }
    }

    private static func write(
        _ name: String, _ value: JSONView, of schema: JSONView, isNullable: Bool, to writer: inout JSONWriter
    ) {
        switch name {
        case "nullable", "propertyOrdering": break
        case "format" where value.isString("enum"): break
        case "type": writeType(value, isNullable: isNullable, to: &writer)
        case "enum" where isNullable:
            writer.array("enum") { writer in
                for element in value.elements { writer.raw(element.raw) }
                writer.null()
            }
        case "properties": writeProperties(value, order: schema.camel("propertyOrdering"), to: &writer)
        case "example": writer.array("examples") { $0.raw(value.raw) }
        case "anyOf", "oneOf", "prefixItems":
            writer.key(name)
            writer.beginArray()
            for element in value.elements { write(element, to: &writer) }
            writer.endArray()
        case "items", "additionalProperties":
            writer.key(name)
            write(value, to: &writer)
        default:
            writer.key(name)
            writeScalar(name, value, to: &writer)
        }
    }

    private static func writeType(_ value: JSONView, isNullable: Bool, to writer: inout JSONWriter) {
        guard let type = value.string?.lowercased() else {
            writer.member("type", json: value.json)
            return
        }
        if isNullable { writer.member("type", [type, "null"]) } else { writer.member("type", type) }
    }

    /// Members in the order that the model is told to keep, which plain JSON Schema says by their order alone.
    private static func writeProperties(_ properties: JSONView, order: JSONView?, to writer: inout JSONWriter) {
        let first = (order?.elements).map { $0.compactMap { $0.string } } ?? []
        let all = properties.members.map { (name: $0.key.string, value: $0.value) }
        let ordered = first.compactMap { name in all.first { $0.name == name } }
        writer.object("properties") { writer in
            for property in ordered + all.filter({ !first.contains($0.name) }) {
                writer.key(property.name)
                write(property.value, to: &writer)
            }
        }
    }

    /// Google writes 64-bit numbers as strings.
    private static func writeScalar(_ name: String, _ value: JSONView, to writer: inout JSONWriter) {
        let counts: Set<String> = [
            "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties",
        ]
        if counts.contains(name), let number = value.string.flatMap(Int64.init) {
            writer.int(number)
        } else {
            writer.raw(value.raw)
        }
    }
}

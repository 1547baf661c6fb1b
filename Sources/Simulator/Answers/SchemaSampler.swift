import Bytes

/// Makes a value that satisfies a JSON schema: the subset that tool parameters and structured outputs use.
///
/// Understood: `type` (also a list), `properties`, `required`, `items`, `prefixItems`, `enum`, `const`, `anyOf`,
/// `oneOf`, `allOf` (its first), `$ref` within the schema, bounds of numbers, lengths and counts, `multipleOf`, the
/// usual `format`s. Not understood: `pattern`, `not`, `if`.
struct SchemaSampler {
    let root: JSONView
    var random: SeededRandom
    /// The user's text, from which strings take their words.
    let prompt: String

    /// Below this depth optional properties and array elements are left out, so that recursive schemas end.
    static let generousDepth = 5
    /// Where even required recursion is cut with `null`; such a schema has no finite value.
    static let maximumDepth = 40

    mutating func sample() -> JSONText { value(root, depth: 0) }

    mutating func value(_ schema: JSONView, depth: Int) -> JSONText {
        guard depth < Self.maximumDepth else { return "null" }
        if let target = reference(schema) { return value(target, depth: depth + 1) }
        if let constant = schema["const"] { return JSONText(constant) }
        if let choices = schema["enum"]?.list, !choices.isEmpty { return JSONText(random.pick(choices)) }
        if let branch = branch(schema, depth) { return value(branch, depth: depth + 1) }
        switch type(schema, depth) {
        case "object": return object(schema, depth)
        case "array": return array(schema, depth)
        case "integer": return integer(schema)
        case "number": return number(schema)
        case "boolean": return random.below(2) == 0 ? "true" : "false"
        case "null": return "null"
        default: return string(schema)
        }
    }

    private func type(_ schema: JSONView, _ depth: Int) -> String {
        // Gemini's schemas name their types in capitals.
        if let name = schema["type"]?.string { return name.lowercased() }
        let names = schema["type"]?.list.compactMap(\.string) ?? []
        // Deep inside, null ends an optional recursion; near the top a value is more useful.
        if depth >= Self.generousDepth, names.contains("null") { return "null" }
        return names.first { $0 != "null" } ?? (schema["properties"] != nil ? "object" : "string")
    }

    private mutating func branch(_ schema: JSONView, _ depth: Int) -> JSONView? {
        if let branches = schema["anyOf"]?.list ?? schema["oneOf"]?.list, !branches.isEmpty {
            return depth >= Self.generousDepth
                ? branches.first { $0["type"]?.string == "null" } ?? branches[0]
                : branches[0]
        }
        return schema["properties"] == nil ? schema["allOf"]?.list.first : nil
    }

    /// Follows `#/$defs/Name` and the like, one member name after the other.
    private func reference(_ schema: JSONView) -> JSONView? {
        guard let path = schema["$ref"]?.string, path.hasPrefix("#") else { return nil }
        var target = root
        for step in path.dropFirst().split(separator: "/") {
            guard let next = target.member(named: String(step)) else { return nil }
            target = next
        }
        return target
    }
}

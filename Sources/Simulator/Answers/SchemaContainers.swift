import Bytes

extension SchemaSampler {
    /// Every property near the top, the required ones alone further down.
    mutating func object(_ schema: JSONView, _ depth: Int) -> JSONText {
        let required = schema["required"]?.list.compactMap(\.string) ?? []
        var members: [JSONText] = []
        for (name, property) in schema["properties"]?.pairs ?? [] {
            guard depth < Self.generousDepth || required.contains(name) else { continue }
            members.append(#"\#(name):\#(value(property, depth: depth + 1))"#)
        }
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: member.bytes)
        }
        return JSONText(bytes: bytes + [UInt8(ascii: "}")])
    }

    /// One or two elements, or what `minItems` and `maxItems` ask for.
    mutating func array(_ schema: JSONView, _ depth: Int) -> JSONText {
        if let tuple = schema["prefixItems"]?.list {
            return "\(tuple.map { value($0, depth: depth + 1) })"
        }
        let wanted = depth < Self.generousDepth ? 1 + random.below(2) : 0
        let most = schema["maxItems"]?.int64.map { Int($0) } ?? max(wanted, 0)
        let least = schema["minItems"]?.int64.map { Int($0) } ?? 0
        guard let items = schema["items"] else { return least > 0 ? "\(filler(least))" : "[]" }
        return "\((0..<max(least, min(wanted, most))).map { _ in value(items, depth: depth + 1) })"
    }

    private mutating func filler(_ count: Int) -> [JSONText] {
        (0..<count).map { _ in "\(Sentences.word(&random))" }
    }
}

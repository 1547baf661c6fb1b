import Bytes
import Vocabulary

/// Reads nodes into settings by their fields, and keeps every problem instead of stopping at the first.
struct SettingsReader {
    let environment: [String: String]
    private(set) var problems: [SettingsProblem] = []
    /// Where each value that was written stands, by its key, for example `providers[0].base_url`.
    private(set) var origins: [String: SettingsPlace] = [:]

    init(environment: [String: String]) { self.environment = environment }

    mutating func report(_ code: SettingsProblem.Code, at place: SettingsPlace, key: String, _ message: String) {
        problems.append(SettingsProblem(code, at: place, key: key, message))
    }

    /// Reads the members of a mapping by their fields. `key` is the mapping's own, empty for the whole file.
    mutating func mapping<Owner: Sendable>(
        _ node: ConfigNode, key: String, _ fields: [Field<Owner>], into owner: inout Owner
    ) {
        guard case .mapping(let members) = node.value else {
            if case .null = node.value { return }
            let expected = "expected a mapping with keys such as \"\(fields.first?.description.key ?? "")\""
            return report(.wrongType, at: node.place, key: key, "\(expected), found \(node.kindInWords)")
        }
        origins[key] = node.place
        var seen: Set<String> = []
        for member in members {
            let name = key.isEmpty ? member.key : "\(key).\(member.key)"
            if let field = fields.first(where: { $0.description.key == member.key }) {
                if case .null = member.value.value { continue }
                seen.insert(member.key)
                origins[name] = member.value.place
                field.read(member.value, name, &owner, &self)
            } else {
                seen.insert(reportUnknown(member, in: key, fields.map(\.description)) ?? "")
            }
        }
        for field in fields where field.description.isRequired && !seen.contains(field.description.key) {
            reportMissing(field.description.key, at: node.place, in: key)
        }
    }

    private mutating func reportMissing(_ field: String, at place: SettingsPlace, in key: String) {
        report(.missingKey, at: place, key: key, "\"\(field)\" is missing; it has no default")
    }

    /// Reports a key that is none, and gives the one that was probably meant.
    private mutating func reportUnknown(
        _ member: ConfigNode.Member, in key: String, _ fields: [FieldDescription]
    ) -> String? {
        let valid = fields.map(\.key)
        let nearest = NearestName.find(member.key, in: valid)
        var message = "unknown key \"\(readable(member.key))\""
        if let nearest {
            message += "; did you mean \"\(nearest)\"?"
        } else if let elsewhere = SettingsSchema.section(holding: member.key), elsewhere != key {
            message += "; it belongs under \"\(elsewhere)\"."
        } else {
            message += "."
        }
        report(.unknownKey, at: member.place, key: key, message + " Valid here: " + valid.joined(separator: ", "))
        return nearest
    }

    /// Reads a list of mappings. An element that is wrong is reported and kept as far as it was understood.
    mutating func list<Element: Sendable>(
        _ node: ConfigNode, key: String, _ fields: [Field<Element>], of fresh: Element
    ) -> [Element] {
        guard case .list(let nodes) = node.value else {
            let expected = "expected a list (lines that begin with \"- \"), found \(node.kindInWords)"
            report(.wrongType, at: node.place, key: key, expected)
            return []
        }
        var elements: [Element] = []
        for (index, node) in nodes.enumerated() {
            var element = fresh
            let name = "\(key)[\(index)]"
            if case .null = node.value {
                report(.wrongType, at: node.place, key: name, "this element is empty; remove it")
            }
            mapping(node, key: name, fields, into: &element)
            elements.append(element)
        }
        return elements
    }

    /// Reads a mapping from any name to a text, in the order written.
    mutating func pairs<Value: Sendable>(
        _ node: ConfigNode, key: String, _ kind: ValueKind<Value>
    ) -> [(name: String, value: Value)] {
        guard case .mapping(let members) = node.value else {
            report(.wrongType, at: node.place, key: key, "expected a mapping (name: value), found \(node.kindInWords)")
            return []
        }
        return members.compactMap { member in
            let name = "\(key).\(member.key)"
            origins[name] = member.place
            return scalar(member.value, key: name, kind).map { (member.key, $0) }
        }
    }

    /// Reads a list of documents of any form as JSON, references replaced.
    mutating func documents(_ node: ConfigNode, key: String) -> [Settings.Route] {
        guard case .list(let nodes) = node.value else {
            report(.wrongType, at: node.place, key: key, "expected a list, found \(node.kindInWords)")
            return []
        }
        return nodes.enumerated().map { index, node in
            let name = "\(key)[\(index)]"
            origins[name] = node.place
            var writer = JSONWriter()
            write(node, key: name, to: &writer)
            return Settings.Route(key: name, place: node.place, json: writer.bytes)
        }
    }

    private mutating func write(_ node: ConfigNode, key: String, to writer: inout JSONWriter) {
        switch node.value {
        case .null: writer.null()
        case .scalar(let written, let isTemplate):
            let text = isTemplate ? expand(written, node, key) ?? "" : written
            writeScalar(text, to: &writer)
        case .list(let nodes):
            writer.beginArray()
            for (index, node) in nodes.enumerated() { write(node, key: "\(key)[\(index)]", to: &writer) }
            writer.endArray()
        case .mapping(let members):
            writer.beginObject()
            for member in members {
                writer.key(member.key)
                write(member.value, key: "\(key).\(member.key)", to: &writer)
            }
            writer.endObject()
        }
    }

    /// Numbers and truth values are written as such: YAML's text does not tell.
    private func writeScalar(_ text: String, to writer: inout JSONWriter) {
        var text = text
        if text == "true" || text == "false" { return writer.bool(text == "true") }
        let isNumber = text.withUTF8 { bytes in
            (try? JSONView.parse(UnsafeRawBufferPointer(bytes)))?.kind == .number
        }
        if isNumber { writer.raw(Array(text.utf8)) } else { writer.string(text) }
    }

    /// Reads one value, references replaced. `nil` after a problem.
    mutating func scalar<Value: Sendable>(_ node: ConfigNode, key: String, _ kind: ValueKind<Value>) -> Value? {
        guard case .scalar(let written, let isTemplate) = node.value else {
            report(.wrongType, at: node.place, key: key, "expected \(kind.expected), found \(node.kindInWords)")
            return nil
        }
        guard let text = isTemplate ? expand(written, node, key) : written else { return nil }
        if let value = kind.parse(text) { return value }
        // What was written, not what it stands for: a reference may stand for a secret.
        let found = kind.isSecret ? "" : ", found \"\(readable(written))\""
        report(.badValue, at: node.place, key: key, "expected \(kind.expected)\(found)")
        return nil
    }

    private mutating func expand(_ written: String, _ node: ConfigNode, _ key: String) -> String? {
        do {
            return try Interpolation.expand(written, environment: environment)
        } catch {
            switch error {
            case .unset(let variable):
                let hint = NearestName.hint(variable, in: environment.keys.sorted())
                let remedy = hint.isEmpty ? "; set it, or write ${\(variable):-default}" : hint
                report(.unsetVariable, at: node.place, key: key, "environment variable \(variable) is not set\(remedy)")
            case .malformed(let reference):
                let remedy = "write ${NAME} or ${NAME:-default}, and $$ for a dollar sign"
                report(.badReference, at: node.place, key: key, "\"\(readable(reference))\" is no reference; \(remedy)")
            }
            return nil
        }
    }
}

/// `text` for an error: one line, at most 80 characters, control characters shown escaped.
func readable(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let shown = scalars.prefix(80).map { scalar in
        scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return shown.joined() + (scalars.count > 80 ? "..." : "")
}

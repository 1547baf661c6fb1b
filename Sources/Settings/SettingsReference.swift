extension SettingsSchema {
    /// The reference of every key as Markdown tables, for `docs/configuration.md`. A test holds the page to it.
    package static var reference: String {
        let top = fields.map(\.description)
        var out = "### Top level\n\n" + table(top.filter { !$0.hasFieldsOfItsOwn }, under: [], withVariables: true)
        for field in top {
            switch field.shape {
            case .section(let inner): out += section(field, inner, under: [])
            case .list(let inner):
                out += "\n### `\(field.key)`\n\nA list. \(field.summary) "
                out += "As a whole also by `\(variable(for: [field.key]))`, in YAML or JSON.\n\n"
                out += table(inner.flatMap(flattened), under: [], withVariables: false)
            case .scalar, .map: break
            }
        }
        return out
    }

    /// A section, and each section in it as one of its own: `cache`, `cache.semantic`.
    private static func section(
        _ field: FieldDescription, _ inner: [FieldDescription], under path: [String]
    ) -> String {
        let path = path + [field.key]
        var out = "\n### `\(path.joined(separator: "."))`\n\n\(field.summary)\n\n"
        out += table(inner.filter { !$0.hasFieldsOfItsOwn }, under: path, withVariables: true)
        for nested in inner {
            if case .section(let fields) = nested.shape { out += section(nested, fields, under: path) }
        }
        return out
    }

    private static func table(_ fields: [FieldDescription], under path: [String], withVariables: Bool) -> String {
        var out =
            withVariables
            ? "| key | value | default | environment variable | what it does |\n|---|---|---|---|---|\n"
            : "| key | value | default | what it does |\n|---|---|---|---|\n"
        for field in fields {
            let normal = field.isRequired ? "required" : field.defaultText.map { "`\($0)`" } ?? "none"
            out += "| `\(field.key)` | \(field.kindForReference) | \(normal) | "
            if withVariables { out += "`\(variable(for: path + [field.key]))` | " }
            out += "\(field.summary) |\n"
        }
        return out
    }

    /// A section inside a list, its keys written with a point: `timeouts.connect`.
    private static func flattened(_ field: FieldDescription) -> [FieldDescription] {
        guard case .section(let inner) = field.shape else { return [field] }
        return inner.map {
            FieldDescription(
                key: "\(field.key).\($0.key)", summary: $0.summary, isRequired: $0.isRequired, shape: $0.shape,
                defaultText: "\(field.key).\($0.key)")
        }
    }
}

extension FieldDescription {
    fileprivate var hasFieldsOfItsOwn: Bool {
        switch shape {
        case .section, .list: true
        case .scalar, .map: false
        }
    }

    fileprivate var kindForReference: String {
        switch shape {
        case .scalar(let kind): kind
        case .map: "mapping"
        case .section: "section"
        case .list: "list"
        }
    }
}

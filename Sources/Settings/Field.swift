/// One key of a settings struct: its name, its explanation, and how it is read into its owner.
struct Field<Owner: Sendable>: Sendable {
    let description: FieldDescription
    /// Reads a node into the owner; problems go to the reader.
    let read: @Sendable (ConfigNode, String, inout Owner, inout SettingsReader) -> Void
}

/// What a field is called and takes, without its owner's type: for errors, the environment and the reference.
struct FieldDescription: Sendable {
    indirect enum Shape: Sendable {
        /// One value of the named kind.
        case scalar(kind: String)
        /// A mapping with keys of its own.
        case section([FieldDescription])
        /// A list of such mappings.
        case list([FieldDescription])
        /// A mapping from any name to a text.
        case map
    }

    let key: String
    let summary: String
    var isRequired = false
    var shape: Shape
    /// The default as it would be written; `nil` where there is none.
    var defaultText: String?
}

extension Field {
    /// A single value that always has one. Its default is what a new owner holds, so it can't be documented wrongly.
    static func value<Value: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Owner, Value> & Sendable, _ kind: ValueKind<Value>, of fresh: Owner,
        required: Bool = false, _ summary: String
    ) -> Field {
        let text = required ? nil : kind.show(fresh[keyPath: path])
        return Field(
            description: FieldDescription(
                key: key, summary: summary, isRequired: required, shape: .scalar(kind: kind.name), defaultText: text)
        ) { node, name, owner, reader in
            if let value = reader.scalar(node, key: name, kind) { owner[keyPath: path] = value }
        }
    }

    /// A single value that may be absent.
    static func optional<Value: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Owner, Value?> & Sendable, _ kind: ValueKind<Value>,
        _ summary: String
    ) -> Field {
        Field(
            description: FieldDescription(key: key, summary: summary, shape: .scalar(kind: kind.name))
        ) { node, name, owner, reader in
            if let value = reader.scalar(node, key: name, kind) { owner[keyPath: path] = value }
        }
    }

    /// A mapping with keys of its own.
    static func section<Section: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Owner, Section> & Sendable, _ fields: [Field<Section>],
        _ summary: String
    ) -> Field {
        Field(
            description: FieldDescription(key: key, summary: summary, shape: .section(fields.map(\.description)))
        ) { node, name, owner, reader in
            reader.mapping(node, key: name, fields, into: &owner[keyPath: path])
        }
    }

    /// A list of mappings, each of which begins as `fresh`.
    static func list<Element: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Owner, [Element]> & Sendable, _ fields: [Field<Element>],
        of fresh: Element,
        _ summary: String
    ) -> Field {
        Field(
            description: FieldDescription(key: key, summary: summary, shape: .list(fields.map(\.description)))
        ) { node, name, owner, reader in
            owner[keyPath: path] = reader.list(node, key: name, fields, of: fresh)
        }
    }
}

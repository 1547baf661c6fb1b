extension SettingsSchema {
    /// A key that can also be given by an environment variable.
    struct Override: Sendable {
        /// For example `SIGNALBOX_LIMITS_BODY_BYTES`.
        let variable: String
        /// For example `["limits", "body_bytes"]`.
        let path: [String]
        /// True if the variable holds YAML or JSON rather than the value's own text.
        let isList: Bool
    }

    /// Every key there is, in the order of the reference: `listen`, `limits.body_bytes`, `providers[].name`.
    package static var keys: [String] { keys(of: fields.map(\.description), under: "") }

    private static func keys(of fields: [FieldDescription], under prefix: String) -> [String] {
        fields.flatMap { field in
            switch field.shape {
            case .section(let inner): keys(of: inner, under: "\(prefix)\(field.key).")
            case .list(let inner): keys(of: inner, under: "\(prefix)\(field.key)[].")
            case .scalar, .map: [prefix + field.key]
            }
        }
    }

    /// Every environment variable that sets a key.
    package static var variables: [String] { overrides.map(\.variable) }

    /// Every key outside lists, and every list as a whole.
    static let overrides: [Override] = overrides(of: fields.map(\.description), under: [])

    private static func overrides(of fields: [FieldDescription], under path: [String]) -> [Override] {
        fields.flatMap { field -> [Override] in
            let path = path + [field.key]
            switch field.shape {
            case .section(let fields): return overrides(of: fields, under: path)
            case .scalar: return [Override(variable: variable(for: path), path: path, isList: false)]
            case .list, .map: return [Override(variable: variable(for: path), path: path, isList: true)]
            }
        }
    }

    /// The environment variable of a key, for example `SIGNALBOX_LIMITS_BODY_BYTES` for `limits.body_bytes`.
    static func variable(for path: [String]) -> String {
        "SIGNALBOX_" + path.joined(separator: "_").uppercased()
    }

    /// Variables that begin like ours and are read elsewhere: the first admin key, the command line's server, key and
    /// file, and the tests' vectors.
    static let otherVariables = [
        "SIGNALBOX_BOOTSTRAP_KEY", "SIGNALBOX_URL", "SIGNALBOX_KEY", "SIGNALBOX_CONFIG", "SIGNALBOX_VECTORS",
    ]

    /// The section (`limits`) that has the key, or the list (`providers`); `nil` if none or several do.
    static func section(holding key: String) -> String? {
        var found: [String] = fields.contains { $0.description.key == key } ? [""] : []
        for field in fields.map(\.description) {
            switch field.shape {
            case .section(let inner), .list(let inner):
                if inner.contains(where: { $0.key == key }) { found.append(field.key) }
            case .scalar, .map: break
            }
        }
        return found.count == 1 && found != [""] ? found[0] : nil
    }
}

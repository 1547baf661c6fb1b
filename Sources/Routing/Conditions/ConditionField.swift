/// What a condition looks at: something of the call, or something of the target that is being considered.
package enum ConditionField: Sendable, Hashable {
    /// A member of the call's metadata; the key may hold dots.
    case metadata(String)
    /// A member of the request's body by its path, for example `response_format.type`.
    case parameter(String)
    case path
    case model
    case user
    case team
    case customer
    case key
    /// The call's tags, a list.
    case tag
    case feature
    case environment
    case inputTokens
    case session
    case streams
    case operation
    case target(TargetField)
}

/// What a condition may look at in a target.
package enum TargetField: String, Sendable, Hashable, CaseIterable {
    case provider
    case model
    case region
    case quantization
    case tag
    case dataCollection = "data_collection"
    case zeroRetention = "zero_retention"
    /// Nano-dollars per million tokens.
    case inputPrice = "input_price"
    /// Nano-dollars per million tokens.
    case outputPrice = "output_price"
    case contextWindow = "context_window"
}

extension ConditionField {
    /// The fields without an argument, by name.
    private static let plain: [(name: String, field: ConditionField)] = [
        ("path", .path), ("model", .model), ("user", .user), ("team", .team), ("customer", .customer), ("key", .key),
        ("tag", .tag), ("feature", .feature), ("environment", .environment), ("input_tokens", .inputTokens),
        ("session", .session), ("streams", .streams), ("operation", .operation),
    ]

    /// Every name that stands alone, and the beginnings of those that take more.
    package static let names = plain.map(\.name) + ["metadata.<key>", "parameters.<path>", "target.<field>"]

    /// Reads a field's name; Portkey's `params.<path>` and `url.pathname` are understood too. `nil` for another name.
    package init?(_ name: String) {
        if let row = Self.plain.first(where: { $0.name == name }) {
            self = row.field
        } else if let key = Self.rest(of: name, after: "metadata.") {
            self = .metadata(key)
        } else if let path = Self.rest(of: name, after: "parameters.") ?? Self.rest(of: name, after: "params.") {
            self = .parameter(path)
        } else if let field = Self.rest(of: name, after: "target.").flatMap(TargetField.init) {
            self = .target(field)
        } else if name == "url.pathname" {
            self = .path
        } else {
            return nil
        }
    }

    /// The name as we write it.
    package var name: String {
        switch self {
        case .metadata(let key): "metadata.\(key)"
        case .parameter(let path): "parameters.\(path)"
        case .target(let field): "target.\(field.rawValue)"
        default: Self.plain.first { $0.field == self }?.name ?? ""
        }
    }

    private static func rest(of name: String, after prefix: String) -> String? {
        guard name.hasPrefix(prefix), name.utf8.count > prefix.utf8.count else { return nil }
        return String(name.dropFirst(prefix.count))
    }
}

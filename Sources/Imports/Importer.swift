/// The files that can be imported.
package enum ImportFormat: String, Sendable, CaseIterable {
    /// LiteLLM's `config.yaml`.
    case litellm
    /// One of Portkey's configurations, as JSON.
    case portkey
    /// The configuration of Helicone's AI gateway, as YAML.
    case helicone
    /// TensorZero's `tensorzero.toml`.
    case tensorzero
}

/// Turns other products' configurations into ours. Pure: bytes in, text and a report out.
package enum Importer {
    /// A configuration with ten thousand models is below this; more is a wrong file.
    private static let maximumBytes = 16 << 20

    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: What a route is called where the file gives it no name.
    package static func run(
        _ format: ImportFormat, _ bytes: [UInt8], name: String = "imported"
    ) throws(ImportError) -> ImportResult {
        guard bytes.count <= maximumBytes else {
            throw ImportError("the file is larger than 16 MiB; is it the right one?")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ImportError("the file is not UTF-8 text")
        }
        let tree = try format == .tensorzero ? TOMLTree.parse(text) : YAMLTree.parse(text)
        guard case .mapping = tree else { throw ImportError("the file holds no mapping; is it the right one?") }
        var draft = ImportDraft()
        switch format {
        case .litellm: LiteLLMImport.read(tree, into: &draft)
        case .portkey: try PortkeyImport.read(tree, name: name, into: &draft)
        case .helicone: HeliconeImport.read(tree, into: &draft)
        case .tensorzero: TensorZeroImport.read(tree, into: &draft)
        }
        return draft.result(from: "\(format.rawValue)'s configuration")
    }
}

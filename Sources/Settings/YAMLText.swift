import Yams

/// Turns YAML into `ConfigNode`s. The only file that knows Yams.
struct YAMLText {
    /// Values in one document. Aliases multiply values without multiplying text, so the text's size bounds nothing.
    private static let maximumNodes = 200_000

    private let text: String
    /// Makes a place from line and column, both from 1.
    private let place: (Int, Int) -> SettingsPlace
    private var nodes = 0

    private init(_ text: String, place: @escaping (Int, Int) -> SettingsPlace) {
        self.text = text
        self.place = place
    }

    /// Reads one YAML document. An empty one is an empty mapping.
    static func parse(
        _ text: String, place: @escaping (Int, Int) -> SettingsPlace
    ) throws(SettingsError) -> ConfigNode {
        var reader = YAMLText(text, place: place)
        let root: Node?
        do {
            root = try compose(yaml: text, .basic, .default, .utf8)
        } catch {
            throw SettingsError([reader.problem(for: error)])
        }
        guard let root else { return ConfigNode(value: .mapping([]), place: place(1, 1)) }
        return try reader.convert(root)
    }

    private mutating func convert(_ node: Node) throws(SettingsError) -> ConfigNode {
        nodes += 1
        let at = place(node.mark?.line ?? 1, node.mark?.column ?? 1)
        guard nodes <= Self.maximumNodes else {
            throw SettingsError([
                SettingsProblem(
                    .yamlSyntax, at: at, key: "", "more than \(Self.maximumNodes) values; are aliases nested?")
            ])
        }
        switch node {
        case .scalar(let scalar): return ConfigNode(value: Self.value(of: scalar), place: at)
        case .alias: return ConfigNode(value: .null, place: at)
        case .sequence(let sequence):
            var list: [ConfigNode] = []
            for element in sequence { list.append(try convert(element)) }
            return ConfigNode(value: .list(list), place: at)
        case .mapping(let mapping):
            var members: [ConfigNode.Member] = []
            for (key, value) in mapping { members.append(try member(key, value)) }
            return ConfigNode(value: .mapping(members), place: at)
        }
    }

    private mutating func member(_ key: Node, _ value: Node) throws(SettingsError) -> ConfigNode.Member {
        let at = place(key.mark?.line ?? 1, key.mark?.column ?? 1)
        guard let name = key.scalar?.string else {
            throw SettingsError([SettingsProblem(.yamlSyntax, at: at, key: "", "a key must be a plain name")])
        }
        return ConfigNode.Member(key: name, place: at, value: try convert(value))
    }

    /// Unquoted `~`, `null` and nothing at all mean "not set"; everything else is text.
    private static func value(of scalar: Node.Scalar) -> ConfigNode.Value {
        let nulls = ["", "~", "null", "Null", "NULL"]
        if scalar.style == .plain, nulls.contains(scalar.string) { return .null }
        return .scalar(scalar.string, isTemplate: true)
    }

    /// Yams' errors print the line they stumbled over, which may hold a secret: only words and place are taken.
    private func problem(for error: any Error) -> SettingsProblem {
        var words = "not valid YAML"
        var mark = Mark?.none
        switch error as? YamlError {
        case .scanner(let context, let problem, let at, _), .parser(let context, let problem, let at, _),
            .composer(let context, let problem, let at, _):
            let context = context.map { "\($0.text) in line \($0.mark.line): " } ?? ""
            words = "not valid YAML: \(context)\(problem)\(hint(line: at.line))"
            mark = at
        case .reader(let problem, _, _, _): words = "not valid YAML: \(problem)"
        case .duplicatedKeysInMapping(let keys, let context):
            words = "the same key twice: \(keys.map { "\"\($0)\"" }.joined(separator: ", ")); keep one of them"
            mark = context.mark
        default: break
        }
        return SettingsProblem(.yamlSyntax, at: place(mark?.line ?? 1, mark?.column ?? 1), key: "", words)
    }

    /// The commonest mistake inside `{...}`: an unquoted reference, whose braces YAML takes for its own.
    private func hint(line: Int) -> String {
        let lines = text.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1), lines[line - 1].contains("${") else { return "" }
        return " (inside {...} put quotes around references: \"${NAME}\")"
    }
}

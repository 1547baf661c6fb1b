import Yams

/// YAML, and JSON as its subset. The only file here that knows Yams.
enum YAMLTree {
    /// Aliases multiply values without multiplying text, so the text's size bounds nothing.
    private static let mostValues = 200_000

    static func parse(_ text: String) throws(ImportError) -> ImportTree {
        let root: Node?
        do {
            root = try compose(yaml: text, .basic, .default, .utf8)
        } catch {
            throw fault(error)
        }
        var count = 0
        return try root.map { node throws(ImportError) in try tree(node, &count) } ?? .mapping([])
    }

    private static func tree(_ node: Node, _ count: inout Int) throws(ImportError) -> ImportTree {
        count += 1
        guard count <= mostValues else { throw ImportError("more than \(mostValues) values; are aliases nested?") }
        switch node {
        case .scalar(let scalar):
            let isNull = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return isNull ? .null : .scalar(scalar.string)
        case .alias: return .null
        case .sequence(let sequence):
            var elements: [ImportTree] = []
            for element in sequence { elements.append(try tree(element, &count)) }
            return .list(elements)
        case .mapping(let mapping):
            var members: [ImportTree.Member] = []
            for (key, value) in mapping {
                members.append(.init(key: key.scalar?.string ?? "", value: try tree(value, &count)))
            }
            return .mapping(members)
        }
    }

    /// Yams' errors print the line they stumbled over, which may hold a secret: only words and place are taken.
    private static func fault(_ error: any Error) -> ImportError {
        switch error as? YamlError {
        case .scanner(_, let problem, let at, _), .parser(_, let problem, let at, _),
            .composer(_, let problem, let at, _):
            ImportError(line: at.line, "not valid YAML: \(problem)")
        case .duplicatedKeysInMapping(_, let context):
            ImportError(line: context.mark.line, "the same key twice in one mapping")
        default: ImportError("not valid YAML")
        }
    }
}

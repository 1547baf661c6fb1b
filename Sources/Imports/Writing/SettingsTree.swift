import Bytes

/// A value of the configuration that is written.
indirect enum SettingsTree: Sendable, Equatable {
    /// A text that means itself.
    case text(String)
    /// `${NAME}`: an environment variable.
    case variable(String)
    /// A number or a flag, written as it is.
    case plain(String)
    case list([SettingsTree])
    case mapping([(key: String, value: SettingsTree)])

    static func == (a: SettingsTree, b: SettingsTree) -> Bool { a.flow == b.flow }

    /// On one line, as YAML's flow style has it.
    var flow: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .variable(let name): "\"${\(name)}\""
        case .plain(let text): text
        case .list(let elements): "[" + elements.map(\.flow).joined(separator: ", ") + "]"
        case .mapping(let members):
            "{" + members.map { "\(Self.quoted($0.key)): \($0.value.flow)" }.joined(separator: ", ") + "}"
        }
    }

    /// From a route or other JSON that was written by our own code.
    init(_ view: JSONView) {
        switch view.kind {
        case .string: self = .text(view.string ?? "")
        case .array: self = .list(view.elements.map { SettingsTree($0) })
        case .object: self = .mapping(view.members.map { ($0.key.string, SettingsTree($0.value)) })
        case .number, .bool, .null: self = .plain(String(decoding: view.raw, as: UTF8.self))
        }
    }

    /// Without quotes where no reader could take the text for anything else. `$` would begin a reference.
    static func quoted(_ text: String) -> String {
        let words = ["true", "false", "yes", "no", "on", "off", "null", "nan", "inf"]
        let isWord = text.utf8.first.map(isLetter) ?? false
        if isWord, text.utf8.allSatisfy({ isLetter($0) || isPlain($0) }), !words.contains(text.lowercased()) {
            return text
        }
        var writer = JSONWriter()
        writer.string(text.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "$$"))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}

/// Writes `signalbox.yaml`: one line per provider, model and price, routes spread out.
enum SettingsText {
    /// Longest line that stays on one line.
    private static let width = 100

    static func lines(_ key: String, _ value: SettingsTree, indent: Int = 0) -> [String] {
        let space = String(repeating: " ", count: indent)
        let line = "\(space)\(SettingsTree.quoted(key)): \(value.flow)"
        if line.utf8.count <= width, indent > 0 || !isStructure(value) { return [line] }
        switch value {
        case .list(let elements) where !elements.isEmpty:
            return ["\(space)\(SettingsTree.quoted(key)):"] + elements.flatMap { element($0, indent: indent + 2) }
        case .mapping(let members) where !members.isEmpty:
            return ["\(space)\(SettingsTree.quoted(key)):"]
                + members.flatMap { lines($0.key, $0.value, indent: indent + 2) }
        default: return [line]
        }
    }

    private static func isStructure(_ value: SettingsTree) -> Bool {
        switch value {
        case .list, .mapping: true
        default: false
        }
    }

    private static func element(_ value: SettingsTree, indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        let line = "\(space)- \(value.flow)"
        guard line.utf8.count > width, case .mapping(let members) = value else { return [line] }
        let inner = members.flatMap { lines($0.key, $0.value, indent: indent + 2) }
        guard let first = inner.first else { return [line] }
        return ["\(space)- " + first.drop { $0 == " " }] + inner.dropFirst()
    }
}

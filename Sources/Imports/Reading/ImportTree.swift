/// A configuration file of another product as a tree, whatever language it was written in.
package indirect enum ImportTree: Sendable, Equatable {
    case null
    /// A text, a number or a flag, as it was written.
    case scalar(String)
    case list([ImportTree])
    case mapping([Member])

    /// A key and its value.
    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: ImportTree
    }

    /// The member of that name; `nil` for none, for null, and for what is no mapping.
    subscript(_ key: String) -> ImportTree? {
        guard let value = members.first(where: { $0.key == key })?.value, value != .null else { return nil }
        return value
    }

    /// The first member that has one of these names: several products spell `kebab-case` and `snake_case`.
    func first(_ keys: String...) -> ImportTree? {
        for key in keys { if let value = self[key] { return value } }
        return nil
    }

    var text: String? {
        guard case .scalar(let text) = self else { return nil }
        return text
    }

    var elements: [ImportTree] {
        guard case .list(let elements) = self else { return [] }
        return elements
    }

    var members: [Member] {
        guard case .mapping(let members) = self else { return [] }
        return members
    }

    var integer: Int64? { text.flatMap { Int64($0) } }

    var number: Double? { text.flatMap { Double($0) } }

    var flag: Bool? { text.flatMap { Bool($0.lowercased()) } }

    /// True for what asks for nothing.
    var isBlank: Bool {
        switch self {
        case .null, .scalar(""), .scalar("false"), .scalar("False"), .list([]), .mapping([]): true
        default: false
        }
    }
}

/// Why a file can't be imported at all.
package struct ImportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// From 1; `nil` where it is the file as a whole.
    package var line: Int?
    package var message: String

    package init(line: Int? = nil, _ message: String) {
        self.line = line
        self.message = message
    }

    package var description: String { line.map { "line \($0): \(message)" } ?? message }
}

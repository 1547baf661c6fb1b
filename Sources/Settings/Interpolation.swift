/// Replaces `${NAME}` and `${NAME:-default}` by environment variables; `$$` is a dollar sign. Any other `$` stays.
enum Interpolation {
    /// What stands in the way of replacing.
    enum Failure: Error, Equatable {
        case unset(variable: String)
        case malformed(reference: String)
    }

    /// As in a shell, `:-` also stands in for a variable that is set but empty. Replaced text is not replaced again.
    static func expand(_ text: String, environment: [String: String]) throws(Failure) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var out = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            out += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                out += "$"
                rest.removeFirst()
            } else if rest.first == "{" {
                guard let end = rest.firstIndex(of: "}") else { throw .malformed(reference: "$" + rest.prefix(40)) }
                out += try resolve(rest[rest.index(after: rest.startIndex)..<end], environment: environment)
                rest = rest[rest.index(after: end)...]
            } else {
                out += "$"
            }
        }
        return out + rest
    }

    /// The value of what stands between the braces.
    private static func resolve(
        _ reference: Substring, environment: [String: String]
    ) throws(Failure) -> String {
        let name = reference.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
        let rest = reference[name.endIndex...]
        guard !name.isEmpty, rest.isEmpty || rest.hasPrefix(":-") else {
            throw .malformed(reference: "${\(reference.prefix(40))}")
        }
        if rest.isEmpty {
            guard let value = environment[String(name)] else { throw .unset(variable: String(name)) }
            return value
        }
        if let value = environment[String(name)], !value.isEmpty { return value }
        return String(rest.dropFirst(2))
    }
}

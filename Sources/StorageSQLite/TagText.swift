/// Tags in one column: each between U+001F, so that one `instr` finds a whole tag and never a part of one.
enum TagText {
    private static let separator: Unicode.Scalar = "\u{1F}"
    private static let escape: Unicode.Scalar = "\u{1A}"

    /// `nil` for no tags.
    static func encode(_ tags: [String]) -> String? {
        if tags.isEmpty { return nil }
        var out = "\u{1F}"
        for tag in tags {
            out += escaped(tag)
            out.unicodeScalars.append(separator)
        }
        return out
    }

    /// What to look for in the column.
    static func needle(_ tag: String) -> String { "\u{1F}" + escaped(tag) + "\u{1F}" }

    static func decode(_ text: String) -> [String] {
        // Between n + 1 separators stand n tags, empty ones included.
        let pieces = text.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false)
        return pieces.dropFirst().dropLast().map { unescaped($0) }
    }

    /// Control characters are rare in tags: the common one is returned as it is.
    private static func escaped(_ tag: String) -> String {
        guard tag.utf8.contains(where: { $0 == 0x1F || $0 == 0x1A }) else { return tag }
        var out = String.UnicodeScalarView()
        for scalar in tag.unicodeScalars {
            switch scalar {
            case separator: out.append(contentsOf: [escape, "1"])
            case escape: out.append(contentsOf: [escape, "0"])
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    private static func unescaped(_ piece: some Collection<Unicode.Scalar>) -> String {
        var out = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in piece {
            if isEscaped {
                out.append(scalar == "1" ? separator : escape)
                isEscaped = false
            } else if scalar == escape {
                isEscaped = true
            } else {
                out.append(scalar)
            }
        }
        return String(out)
    }
}

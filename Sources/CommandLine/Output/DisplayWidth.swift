/// How many columns text takes on a terminal.
package enum DisplayWidth {
    /// The columns of a text without control characters.
    package static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

    /// 0 for a character of marks alone, 2 for East Asian wide ones and emoji, else 1.
    static func of(_ character: Character) -> Int {
        if character.isASCII { return 1 }
        return character.unicodeScalars.reduce(0) { max($0, of($1)) }
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return scalar.value == 0xFE0F ? 2 : 0
        default: return scalar.properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
        }
    }

    /// The blocks that Unicode's East Asian Width (UAX 11) calls wide or full-width, in rough ranges.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// The start of `text` that fits into `columns`, an ellipsis standing for the rest.
    package static func cut(_ text: String, to columns: Int) -> String {
        // A character takes at least one byte, so short texts need no measuring; and a huge one is measured only as far
        // as it could be shown.
        if text.utf8.count <= columns { return text }
        var width = 0
        var end = text.startIndex
        for index in text.indices {
            width += of(text[index])
            if width > columns { return columns > 0 ? text[..<end] + "…" : "" }
            if width < columns { end = text.index(after: index) }
        }
        return text
    }
}

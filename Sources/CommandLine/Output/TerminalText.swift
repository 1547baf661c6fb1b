/// Makes text of others (models, callers, providers) safe to show on a terminal.
///
/// Control characters could move the cursor, set the window's title or, on some terminals, run commands; direction
/// marks could make text read as something else. They are shown as what they are instead: `\n`, `\u{1B}`.
package enum TerminalText {
    /// The text with everything dangerous shown as an escape. `keepingLineBreaks` leaves line feeds and tabs alone.
    package static func escaped(_ text: String, keepingLineBreaks: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: isDangerous) else { return text }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if !isDangerous(scalar) || keepingLineBreaks && (scalar == "\n" || scalar == "\t") {
                out.append(scalar)
            } else {
                out.append(contentsOf: name(of: scalar).unicodeScalars)
            }
        }
        return String(out)
    }

    /// Control and format characters and the separators of lines and paragraphs. The two joiners are harmless and
    /// needed: by emoji and by several scripts.
    static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value >= 0x20, scalar.value < 0x7F { return false }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return true
        case .format: return scalar.value != 0x200C && scalar.value != 0x200D
        default: return false
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\t": "\\t"
        case "\r": "\\r"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
}

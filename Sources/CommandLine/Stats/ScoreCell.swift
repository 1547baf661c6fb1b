/// What one cell of a table of scores says.
package enum ScoreCell {
    /// The spellings of a missing score, in lower case.
    private static let missing: Set<String> = ["", "na", "n/a", "nan", "null", "none", "-"]
    private static let outcomes: [String: Double] = [
        "true": 1, "pass": 1, "passed": 1, "yes": 1, "false": 0, "fail": 0, "failed": 0, "no": 0,
    ]

    /// A number, 1 or 0 for an outcome such as `pass` or `false`, or `nil` for a missing score. Throws a sentence about
    /// what is wrong, without its place.
    package static func parse(_ text: String) throws(DataProblem) -> Double? {
        let word = trimmed(text).lowercased()
        if missing.contains(word) { return nil }
        if let outcome = outcomes[word] { return outcome }
        let isDecimal = word.utf8.allSatisfy { digits.contains($0) }
        if isDecimal, let number = Double(word), number.isFinite { return number }
        throw DataProblem("\"\(trimmed(text))\" is no score. " + mend(word))
    }

    private static let digits = Set("0123456789+-.e".utf8)

    private static func mend(_ word: String) -> String {
        if word.hasSuffix("%"), let number = Double(word.dropLast()) { return "Write \(number / 100) for \(word)." }
        let pointed = word.replacing(",", with: ".")
        if pointed != word, Double(pointed) != nil { return "Write the decimals with a point: \(pointed)." }
        return "Write a number, true or false, or leave the cell empty where there is no score."
    }

    /// Without spaces, tabs and returns at the ends.
    package static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }
}

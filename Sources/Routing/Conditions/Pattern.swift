/// A regular expression that takes time in proportion to the text, whoever wrote it: a backtracking one would let a
/// caller's header stop an event loop.
///
/// Known: `.` `[...]` `[^...]` `\d \w \s \D \W \S \b \B \n \t \r`, `^ $`, groups `(...)` `(?:...)`, `|`, `* + ? {m,n}`
/// and their lazy forms (which find the same), and `(?i)` at the beginning, for ASCII. Not known, as they can't be
/// matched in linear time: back references and looking around.
package struct Pattern: Sendable, Hashable {
    /// As it was written.
    package let source: String
    private let machine: PatternMachine

    /// Longer patterns are programs, and a condition is no place for one.
    static let longestSource = 512
    /// How much of a text is searched, in characters: with the limit on steps this bounds a search to a few
    /// milliseconds. What conditions look at (metadata, names, paths) is shorter.
    static let longestText = 4096

    /// - Throws: A fault that names what can't be read and where in the pattern it stands.
    package init(_ source: String, at path: String = "regex") throws(RouteFault) {
        guard source.utf8.count <= Self.longestSource else {
            throw RouteFault(at: path, "The pattern is longer than \(Self.longestSource) bytes. Shorten it.")
        }
        var parser = PatternParser(source, at: path)
        let node = try parser.parse()
        self.source = source
        machine = try PatternCompiler.machine(node, ignoresCase: parser.ignoresCase, at: path)
    }

    /// Whether the pattern matches somewhere in the first 4,096 characters of `text`.
    package func isFound(in text: String) -> Bool {
        machine.isFound(in: text.unicodeScalars.prefix(Self.longestText).map(\.value))
    }

    package static func == (a: Pattern, b: Pattern) -> Bool { a.source == b.source }

    package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// Prompts that ask for an exact answer.
enum MagicPrompt: Equatable {
    /// `echo: TEXT`: the answer is TEXT, byte for byte (one space after the colon is not part of it).
    case echo(String)
    /// `lorem N`: N words.
    case lorem(Int)
    case plain

    /// 100,000 words are about 600 KB: enough for any test, and bounded.
    static let maximumWords = 100_000

    init(_ text: String) {
        if text.hasPrefix("echo:") {
            let rest = text.dropFirst(5)
            self = .echo(String(rest.hasPrefix(" ") ? rest.dropFirst() : rest))
        } else if text.hasPrefix("lorem "), let count = Int(text.dropFirst(6).prefix { $0.isNumber }), count > 0 {
            self = .lorem(min(count, Self.maximumWords))
        } else {
            self = .plain
        }
    }
}

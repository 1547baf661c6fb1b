/// The simulator's token count: one token for every four UTF-8 bytes, rounded up.
///
/// A true tokenizer would make expected values in tests unreadable; four bytes is the usual estimate for English.
enum TokenRule {
    static func count(bytes: Int) -> Int { (bytes + 3) / 4 }
    static func count(_ text: String) -> Int { count(bytes: text.utf8.count) }

    /// What an image, a sound or a file in a prompt counts, whatever its size (OpenAI's price of a small image).
    static let attachment = 85

    /// The longest prefix of `text` of at most `tokens` tokens that ends between two characters.
    static func prefix(of text: String, tokens: Int) -> String {
        let utf8 = text.utf8
        guard utf8.count > tokens * 4 else { return text }
        var end = utf8.index(utf8.startIndex, offsetBy: max(0, tokens * 4))
        while end > utf8.startIndex, utf8[end] & 0xc0 == 0x80 { utf8.formIndex(before: &end) }
        return String(decoding: utf8[..<end], as: UTF8.self)
    }
}

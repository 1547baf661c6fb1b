/// Cuts an answer into the fragments that a stream sends.
enum Pieces {
    /// The most fragments one text becomes: a long answer has longer fragments, so that plans stay small.
    static let maximum = 4096

    /// Words, each with the space before it. The fragments joined are the text.
    static func words(_ text: String) -> [String] {
        let utf8 = text.utf8
        return cut(text, every: max(1, utf8.count / maximum)) { utf8[$0] == UInt8(ascii: " ") }
    }

    /// Fragments of about `length` bytes, cut anywhere between two characters: how tool arguments arrive.
    static func fragments(_ text: String, length: Int = 12) -> [String] {
        let utf8 = text.utf8
        return cut(text, every: max(length, utf8.count / maximum)) { utf8[$0] & 0xc0 != 0x80 }
    }

    private static func cut(_ text: String, every length: Int, at isBorder: (String.Index) -> Bool) -> [String] {
        var pieces: [String] = []
        var start = text.utf8.startIndex
        var index = start
        var run = 0
        while index < text.utf8.endIndex {
            if run >= length, isBorder(index) {
                pieces.append(String(decoding: text.utf8[start..<index], as: UTF8.self))
                start = index
                run = 0
            }
            text.utf8.formIndex(after: &index)
            run += 1
        }
        if start < text.utf8.endIndex { pieces.append(String(decoding: text.utf8[start...], as: UTF8.self)) }
        return pieces
    }
}

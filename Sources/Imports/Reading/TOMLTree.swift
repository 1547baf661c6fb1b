/// The part of TOML that configuration files use, read into a tree.
///
/// Read are tables, arrays of tables, dotted and quoted keys, basic and literal strings of one or several lines,
/// numbers, flags, dates as text, arrays over several lines and inline tables. Not read, and refused by line: escapes
/// other than `\" \\ \n \t \r \b \f \uXXXX \UXXXXXXXX`, and keys that are given twice.
struct TOMLTree {
    private var bytes: [UInt8]
    private var at = 0
    private var line = 1
    private var root = TOMLTable()
    /// Where assignments go now.
    private var table: [String] = []

    private static let deepest = 64

    static func parse(_ text: String) throws(ImportError) -> ImportTree {
        var reader = TOMLTree(bytes: Array(text.utf8))
        try reader.document()
        return reader.root.tree
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    // MARK: Lines

    private mutating func document() throws(ImportError) {
        while true {
            skipBlank()
            guard let byte = peek else { return }
            if byte == UInt8(ascii: "[") { try header() } else { try assignment() }
            skipSpaces()
            skipComment()
            guard peek == nil || peek == UInt8(ascii: "\n") else { throw fault("the end of the line is expected here") }
        }
    }

    private mutating func header() throws(ImportError) {
        at += 1
        let isArray = take("[")
        let path = try keys()
        guard take("]"), !isArray || take("]") else { throw fault("a table's name ends with a bracket") }
        table = path
        guard root.open(path, asElement: isArray) else { throw fault("this name is taken by a value") }
    }

    private mutating func assignment() throws(ImportError) {
        let path = try keys()
        guard take("=") else { throw fault("a key is followed by =") }
        let value = try value(depth: 0)
        guard root.set(table + path, value) else { throw fault("the key is given twice") }
    }

    private mutating func keys() throws(ImportError) -> [String] {
        var path: [String] = []
        repeat {
            skipSpaces()
            path.append(try key())
            skipSpaces()
        } while take(".")
        return path
    }

    private mutating func key() throws(ImportError) -> String {
        if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try string() }
        let start = at
        while let byte = peek, Self.isBare(byte) { at += 1 }
        guard at > start else { throw fault("a key is expected here") }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(ImportError) -> ImportTree {
        guard depth < Self.deepest else { throw fault("values nest deeper than \(Self.deepest)") }
        skipSpaces()
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .scalar(try string())
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "{"): return try inlineTable(depth: depth)
        default: return .scalar(try plain())
        }
    }

    private mutating func plain() throws(ImportError) -> String {
        let start = at
        let ends: Set<UInt8> = [
            UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "\n"),
            UInt8(ascii: "\r"),
        ]
        while let byte = peek, !ends.contains(byte) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        let word = text.split(separator: " ").joined(separator: " ")
        guard !word.isEmpty else { throw fault("a value is expected here") }
        let isNumber =
            word.utf8.first.map { Self.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } ?? false
        // Only a date and its time may stand apart.
        guard !word.contains(" ") || word.contains(":") else { throw fault("one value is expected here") }
        guard isNumber || ["true", "false", "inf", "nan"].contains(word) else { throw fault("a text needs quotes") }
        return isNumber ? word.filter { $0 != "_" && $0 != "+" } : word
    }

    private mutating func array(depth: Int) throws(ImportError) -> ImportTree {
        at += 1
        var elements: [ImportTree] = []
        while true {
            skipBlank()
            if take("]") { return .list(elements) }
            elements.append(try value(depth: depth + 1))
            skipBlank()
            if take("]") { return .list(elements) }
            guard take(",") else { throw fault("a comma or the list's end is expected here") }
        }
    }

    private mutating func inlineTable(depth: Int) throws(ImportError) -> ImportTree {
        at += 1
        var inner = TOMLTable()
        skipBlank()
        if take("}") { return inner.tree }
        while true {
            skipBlank()
            let path = try keys()
            guard take("=") else { throw fault("a key is followed by =") }
            let value = try value(depth: depth + 1)
            guard inner.set(path, value) else { throw fault("the key is given twice") }
            skipBlank()
            if take("}") { return inner.tree }
            guard take(",") else { throw fault("a comma or the table's end is expected here") }
        }
    }
}

extension TOMLTree {
    // MARK: Strings

    private mutating func string() throws(ImportError) -> String {
        guard let quote = peek else { throw fault("a text is expected here") }
        let isLong = at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote
        at += isLong ? 3 : 1
        if isLong, peek == UInt8(ascii: "\n") { advance() }
        var out: [UInt8] = []
        while let byte = peek {
            if byte == quote, !isLong || isTriple(quote) {
                at += isLong ? 3 : 1
                guard let text = String(validating: out, as: UTF8.self) else { throw fault("the text is not UTF-8") }
                return text
            }
            if byte == UInt8(ascii: "\n"), !isLong { break }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(isLong: isLong, into: &out)
            } else {
                out.append(byte)
                advance()
            }
        }
        throw fault("the text has no end")
    }

    private func isTriple(_ quote: UInt8) -> Bool {
        at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote
    }

    private mutating func escape(isLong: Bool, into out: inout [UInt8]) throws(ImportError) {
        at += 1
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "b"): 8,
            UInt8(ascii: "f"): 12,
            UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        ]
        guard let byte = peek else { throw fault("the text has no end") }
        if let meant = plain[byte] {
            out.append(meant)
            at += 1
        } else if byte == UInt8(ascii: "u") || byte == UInt8(ascii: "U") {
            try unicode(digits: byte == UInt8(ascii: "u") ? 4 : 8, into: &out)
        } else if byte == UInt8(ascii: "\n"), isLong {
            while let space = peek, space == 10 || space == 32 || space == 9 { advance() }
        } else {
            throw fault("this escape is not known")
        }
    }

    private mutating func unicode(digits: Int, into out: inout [UInt8]) throws(ImportError) {
        let hex = bytes[min(at + 1, bytes.count)..<min(at + 1 + digits, bytes.count)]
        guard hex.count == digits, let value = UInt32(String(decoding: hex, as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(value)
        else { throw fault("this escape is no character") }
        out += Array(String(Character(scalar)).utf8)
        at += 1 + digits
    }

    // MARK: Bytes

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func advance() {
        if peek == UInt8(ascii: "\n") { line += 1 }
        at += 1
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func skipSpaces() {
        while let byte = peek, byte == 32 || byte == 9 || byte == 13 { at += 1 }
    }

    private mutating func skipComment() {
        guard peek == UInt8(ascii: "#") else { return }
        while let byte = peek, byte != UInt8(ascii: "\n") { at += 1 }
    }

    /// Spaces, line ends and comments.
    private mutating func skipBlank() {
        while true {
            skipSpaces()
            skipComment()
            guard peek == UInt8(ascii: "\n") else { return }
            advance()
        }
    }

    private func fault(_ message: String) -> ImportError { ImportError(line: line, "not valid TOML: \(message)") }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        }
    }
}

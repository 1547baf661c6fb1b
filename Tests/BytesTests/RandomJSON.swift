import Bytes

/// A JSON value made up by a generator, with what is needed to write it in many ways and to compare it.
indirect enum RandomJSON: Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([RandomJSON])
    case object([Member])

    struct Member: Equatable {
        var key: String
        var value: RandomJSON
    }

    static func make(_ generator: inout SeededGenerator, depth: Int = 5) -> RandomJSON {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .int(integer(&generator))
        case 3: return .double(double(&generator))
        case 4, 5: return .string(string(&generator))
        case 6, 7:
            return .array(
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in make(&generator, depth: depth - 1) })
        default: return .object(members(&generator, depth: depth - 1))
        }
    }

    /// An object with keys that differ, some of them awkward.
    static func makeObject(_ generator: inout SeededGenerator) -> RandomJSON {
        .object(members(&generator, depth: 3))
    }

    private static func members(_ generator: inout SeededGenerator, depth: Int) -> [Member] {
        var keys: Set<String> = []
        return (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
            let key = string(&generator)
            guard keys.insert(key).inserted else { return nil }
            return Member(key: key, value: make(&generator, depth: depth))
        }
    }

    private static func integer(_ generator: inout SeededGenerator) -> Int64 {
        Int64.random(in: .min ... .max, using: &generator) >> Int64.random(in: 0..<63, using: &generator)
    }

    private static func double(_ generator: inout SeededGenerator) -> Double {
        let value = Double(bitPattern: generator.next())
        return Bool.random(using: &generator) && value.isFinite ? value : Double(integer(&generator)) / 64
    }

    static func string(_ generator: inout SeededGenerator) -> String {
        let pieces = [
            "a", "model", "0123456789abcdef", " ", "\"", "\\", "/", "\n", "\t", "\u{1}", "\u{0}", "\u{7F}", "é", "ß",
            "漢字",
            "\u{2028}", "\u{FFFD}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "😀", "\u{10000}", "\u{10FFFF}", "<script>",
            "{}[],:",
        ]
        return (0..<Int.random(in: 0...6, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }.joined()
    }
}

extension RandomJSON {
    func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .int(let value): writer.int(value)
        case .double(let value): writer.double(value)
        case .string(let value): writer.string(value)
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.key(member.key)
                member.value.write(to: &writer)
            }
            writer.endObject()
        }
    }

    var written: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// The same value with white space and escapes at random.
    func styled(_ generator: inout SeededGenerator) -> String {
        func space() -> String {
            (0..<Int.random(in: 0...2, using: &generator)).map { _ in
                [" ", "\n", "\t", "\r", "\r\n"].randomElement(using: &generator) ?? ""
            }.joined()
        }
        switch self {
        case .array(let elements):
            let parts = elements.map { space() + $0.styled(&generator) + space() }
            return "[" + (parts.isEmpty ? space() : parts.joined(separator: ",")) + "]"
        case .object(let members):
            let parts = members.map {
                space() + Self.styled($0.key, &generator) + space() + ":" + space() + $0.value.styled(&generator)
                    + space()
            }
            return "{" + (parts.isEmpty ? space() : parts.joined(separator: ",")) + "}"
        case .string(let value): return Self.styled(value, &generator)
        default: return text(written)
        }
    }

    private static func styled(_ string: String, _ generator: inout SeededGenerator) -> String {
        var output = "\""
        for scalar in string.unicodeScalars {
            let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            if mustEscape || Int.random(in: 0..<4, using: &generator) == 0 {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16, uppercase: Bool.random(using: &generator))
                    output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }

    /// The value that `view` shows; whole numbers that fit are `int`.
    init(_ view: JSONView) {
        switch view.kind {
        case .null: self = .null
        case .bool: self = .bool(view.bool ?? false)
        case .number: self = Self.number(view)
        case .string: self = .string(view.string ?? "")
        case .array: self = .array(view.elements.map { RandomJSON($0) })
        case .object: self = .object(view.members.map { Member(key: $0.key.string, value: RandomJSON($0.value)) })
        }
    }

    private static func number(_ view: JSONView) -> RandomJSON {
        let isWhole = view.raw.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) }
        if isWhole, let value = view.int64 { return .int(value) }
        return .double(view.double ?? .nan)
    }
}

/// Takes a pattern's text apart by recursive descent.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private let path: String
    private var position = 0
    private var depth = 0
    private(set) var ignoresCase = false

    /// Deeper groups would nest our own calls as deeply.
    private static let deepest = 32
    /// Each repetition is written out that often in the machine.
    private static let mostRepeats = 100
    private static let openBrace: Unicode.Scalar = "\u{7B}"
    private static let closeBrace: Unicode.Scalar = "\u{7D}"

    init(_ source: String, at path: String) {
        scalars = Array(source.unicodeScalars)
        self.path = path
    }

    mutating func parse() throws(RouteFault) -> PatternNode {
        if String(String.UnicodeScalarView(scalars.prefix(4))) == "(?i)" {
            ignoresCase = true
            position = 4
        }
        let node = try alternation()
        guard position == scalars.count else { throw fault("a \")\" without its \"(\"") }
        return node
    }

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private func fault(_ what: String) -> RouteFault {
        RouteFault(at: path, "The pattern has \(what) at character \(position). Mend it there.")
    }

    private mutating func takes(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    private mutating func alternation() throws(RouteFault) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw fault("groups deeper than \(Self.deepest)") }
        var branches = [try sequence()]
        while takes("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternation(branches)
    }

    private mutating func sequence() throws(RouteFault) -> PatternNode {
        var parts: [PatternNode] = []
        while let next = current, next != "|", next != ")" { parts.append(try repeated(try atom())) }
        return .sequence(parts)
    }

    private mutating func atom() throws(RouteFault) -> PatternNode {
        guard let first = current else { throw fault("an end that is too early") }
        position += 1
        switch first {
        case "(": return try group()
        case "[": return .characters(try bracket())
        case ".": return .characters(.anything)
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case "\\": return try escape()
        case "*", "+", "?":
            position -= 1
            throw fault("a \"\(first)\" with nothing to repeat")
        default: return .characters(CharacterRanges(ranges: [first.value...first.value]))
        }
    }

    private mutating func group() throws(RouteFault) -> PatternNode {
        if takes("?") {
            guard takes(":") else { throw fault("a group of a kind that is not known (only \"(?:\" is)") }
        }
        let node = try alternation()
        guard takes(")") else { throw fault("a group that is not closed") }
        return node
    }

    private mutating func escape() throws(RouteFault) -> PatternNode {
        switch current {
        case "b":
            position += 1
            return .assertion(.wordBoundary)
        case "B":
            position += 1
            return .assertion(.noWordBoundary)
        default: return .characters(try escapedCharacters())
        }
    }

    /// What stands behind a backslash, in brackets or outside.
    private mutating func escapedCharacters() throws(RouteFault) -> CharacterRanges {
        guard let escaped = current else { throw fault("a backslash at its end") }
        position += 1
        switch escaped {
        case "d": return .digit
        case "w": return .word
        case "s": return .space
        case "D": return CharacterRanges(ranges: CharacterRanges.digit.complement)
        case "W": return CharacterRanges(ranges: CharacterRanges.word.complement)
        case "S": return CharacterRanges(ranges: CharacterRanges.space.complement)
        case "n": return CharacterRanges(ranges: [10...10])
        case "r": return CharacterRanges(ranges: [13...13])
        case "t": return CharacterRanges(ranges: [9...9])
        default: break
        }
        guard !escaped.properties.isAlphabetic, escaped.properties.numericType == nil else {
            position -= 1
            throw fault("the escape \"\\\(escaped)\", which is not known")
        }
        return CharacterRanges(ranges: [escaped.value...escaped.value])
    }

    private mutating func bracket() throws(RouteFault) -> CharacterRanges {
        let isInverted = takes("^")
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while let next = current, next != "]" || isFirst {
            isFirst = false
            let low = try bracketItem()
            if low.isSingle, current == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
                position += 1
                let high = try bracketItem()
                guard high.isSingle, high.lower >= low.lower else { throw fault("a range that runs backwards") }
                ranges.append(low.lower...high.lower)
            } else {
                ranges += low.ranges
            }
        }
        guard takes("]") else { throw fault("a \"[\" that is not closed") }
        return CharacterRanges(ranges: ranges, isInverted: isInverted)
    }

    private mutating func bracketItem() throws(RouteFault) -> CharacterRanges {
        guard let next = current else { throw fault("a \"[\" that is not closed") }
        position += 1
        if next == "\\" { return try escapedCharacters() }
        return CharacterRanges(ranges: [next.value...next.value])
    }

    private mutating func repeated(_ node: PatternNode) throws(RouteFault) -> PatternNode {
        var node = node
        while let (least, most) = try quantifier() {
            _ = takes("?")
            node = .repetition(node, least: least, most: most)
        }
        return node
    }

    private mutating func quantifier() throws(RouteFault) -> (least: Int, most: Int?)? {
        if takes("*") { return (0, nil) }
        if takes("+") { return (1, nil) }
        if takes("?") { return (0, 1) }
        guard current == Self.openBrace else { return nil }
        position += 1
        let least = try number()
        guard takes(",") else {
            guard takes(Self.closeBrace) else { throw fault("a count that is not closed") }
            return (least, least)
        }
        if takes(Self.closeBrace) { return (least, nil) }
        let most = try number()
        guard takes(Self.closeBrace), most >= least else { throw fault("a count that can't be read") }
        return (least, most)
    }

    private mutating func number() throws(RouteFault) -> Int {
        var value: Int?
        while let digit = current, CharacterRanges.digit.contains(digit.value) {
            value = (value ?? 0) * 10 + Int(digit.value - 48)
            position += 1
            guard value ?? 0 <= Self.mostRepeats else { throw fault("a count above \(Self.mostRepeats)") }
        }
        guard let value else { throw fault("an opening brace without a number; put a backslash before it") }
        return value
    }
}

extension CharacterRanges {
    fileprivate var isSingle: Bool { ranges.count == 1 && ranges[0].count == 1 }
    fileprivate var lower: UInt32 { ranges.first?.lowerBound ?? 0 }
}

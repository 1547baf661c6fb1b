/// A pattern taken apart.
indirect enum PatternNode: Sendable {
    case characters(CharacterRanges)
    case sequence([PatternNode])
    case alternation([PatternNode])
    /// `most` is `nil` for no bound.
    case repetition(PatternNode, least: Int, most: Int?)
    case assertion(PatternAssertion)
}

/// What matches a place and no character.
enum PatternAssertion: Sendable {
    case start
    case end
    case wordBoundary
    case noWordBoundary

    /// Whether it holds between the characters at `position - 1` and `position`.
    func holds(_ text: [UInt32], _ position: Int) -> Bool {
        switch self {
        case .start: return position == 0
        case .end: return position == text.count
        case .wordBoundary, .noWordBoundary:
            let before = position > 0 && CharacterRanges.word.contains(text[position - 1])
            let after = position < text.count && CharacterRanges.word.contains(text[position])
            return (before != after) == (self == .wordBoundary)
        }
    }
}

/// A set of Unicode scalars.
struct CharacterRanges: Sendable {
    var ranges: [ClosedRange<UInt32>]
    var isInverted = false

    static let digit = CharacterRanges(ranges: [48...57])
    static let word = CharacterRanges(ranges: [48...57, 65...90, 95...95, 97...122])
    static let space = CharacterRanges(ranges: [9...13, 32...32, 0xA0...0xA0])
    /// Everything but a line's end.
    static let anything = CharacterRanges(ranges: [10...10, 13...13], isInverted: true)

    func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } != isInverted }

    /// The same in both cases of ASCII letters.
    var ignoringCase: CharacterRanges {
        var all = ranges
        for range in ranges {
            if range.overlaps(65...90) { all.append(shifted(range.clamped(to: 65...90), by: 32)) }
            if range.overlaps(97...122) { all.append(shifted(range.clamped(to: 97...122), by: -32)) }
        }
        return CharacterRanges(ranges: all, isInverted: isInverted)
    }

    /// Everything that is not in it, as ranges.
    var complement: [ClosedRange<UInt32>] {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = max(next, range.upperBound + 1)
        }
        return gaps + [next...0x10FFFF]
    }

    private func shifted(_ range: ClosedRange<UInt32>, by offset: Int32) -> ClosedRange<UInt32> {
        UInt32(Int32(range.lowerBound) + offset)...UInt32(Int32(range.upperBound) + offset)
    }
}

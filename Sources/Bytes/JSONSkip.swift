/// Steps over parts of a text that is known to be valid.
///
/// Every function stays within `end` even if the text is not valid after all: the result is then meaningless, but no
/// byte outside is read and every loop ends.
enum JSONSkip {
    /// The first offset at or after `start` that holds no white space.
    @inline(__always)
    static func space(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
        var position = start
        while position < end {
            let byte = base.byte(position)
            // One comparison decides for nearly every byte; the others are the four kinds of white space.
            if byte > ASCII.space { return position }
            guard byte == ASCII.space || byte == ASCII.lineFeed || byte == ASCII.carriageReturn || byte == 0x09 else {
                return position
            }
            position &+= 1
        }
        return position
    }

    /// Just past the closing quote of the string whose opening quote is at `start`, and whether it has escapes.
    @inline(__always)
    static func string(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> (end: Int, isEscaped: Bool) {
        var position = start &+ 1
        var isEscaped = false
        while true {
            position = ByteScan.first(ASCII.quote, or: ASCII.backslash, base, position, end)
            guard position < end else { return (end, isEscaped) }
            if base.byte(position) == ASCII.quote { return (position &+ 1, isEscaped) }
            isEscaped = true
            position &+= 2
        }
    }

    /// What lies between the quotes of a string; empty if the closing quote is missing.
    @inline(__always)
    static func content(_ string: Range<Int>) -> Range<Int> {
        let start = string.lowerBound &+ 1
        return start..<max(start, string.upperBound &- 1)
    }

    /// Where the next member or element begins, or its container's bracket: past white space and a comma.
    @inline(__always)
    static func toNextItem(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
        let position = space(base, start, end)
        guard position < end, base.byte(position) == ASCII.comma else { return position }
        return space(base, position &+ 1, end)
    }

    /// Where the value begins of the member whose name ends at `nameEnd`.
    @inline(__always)
    static func toValue(_ base: UnsafeRawPointer, _ nameEnd: Int, _ end: Int) -> Int {
        let colon = space(base, nameEnd, end)
        return space(base, min(colon &+ 1, end), end)
    }

    /// Just past the value whose first byte is at `start`.
    @inline(__always)
    static func value(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
        guard start < end else { return end }
        switch base.byte(start) {
        case ASCII.quote: return string(base, start, end).end
        case ASCII.openBrace, ASCII.openBracket: return container(base, start, end)
        default: return scalar(base, start, end)
        }
    }

    private static func container(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
        var position = start &+ 1
        var depth = 1
        while position < end {
            switch base.byte(position) {
            case ASCII.quote:
                position = string(base, position, end).end
                continue
            case ASCII.openBrace, ASCII.openBracket: depth &+= 1
            case ASCII.closeBrace, ASCII.closeBracket:
                depth &-= 1
                if depth == 0 { return position &+ 1 }
            default: break
            }
            position &+= 1
        }
        return end
    }

    /// Numbers, `true`, `false` and `null` end where no letter, digit, sign or dot follows.
    @inline(__always)
    private static func scalar(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
        var position = start
        while position < end {
            let byte = base.byte(position)
            if byte == ASCII.comma || byte <= ASCII.space || byte == ASCII.closeBrace || byte == ASCII.closeBracket {
                return position
            }
            position &+= 1
        }
        return end
    }
}

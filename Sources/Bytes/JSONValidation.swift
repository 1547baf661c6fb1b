/// Checks of the values that hold no others. Each function takes the offset of the value's first byte and returns the
/// offset just past its last.
enum JSONValidation {
    @inline(__always)
    static func stringEnd(
        _ base: UnsafeRawPointer, _ start: Int, _ end: Int
    ) throws(JSONSyntaxError) -> Int {
        var position = start &+ 1
        while true {
            position = ByteScan.plainASCIIEnd(base, position, end)
            guard position < end else { throw JSONSyntaxError(reason: .unexpectedEnd, offset: end) }
            let byte = base.byte(position)
            if byte == ASCII.quote { return position &+ 1 }
            position = try unusualEnd(byte, base, position, end)
        }
    }

    /// Steps over an escape sequence or a run of multi-byte characters.
    @inline(__always)
    private static func unusualEnd(
        _ byte: UInt8, _ base: UnsafeRawPointer, _ position: Int, _ end: Int
    ) throws(JSONSyntaxError) -> Int {
        if byte == ASCII.backslash { return try escapeEnd(base, position, end) }
        if byte < 0x20 { throw JSONSyntaxError(reason: .controlCharacterInString, offset: position) }
        let next = UTF8Scan.multiByteRunEnd(base, position, end)
        if next < end, base.byte(next) >= 0x80 { throw JSONSyntaxError(reason: .invalidUTF8, offset: next) }
        return next
    }

    @inline(__always)
    private static func escapeEnd(
        _ base: UnsafeRawPointer, _ position: Int, _ end: Int
    ) throws(JSONSyntaxError) -> Int {
        guard position &+ 1 < end else { throw JSONSyntaxError(reason: .unexpectedEnd, offset: end) }
        switch base.byte(position &+ 1) {
        case ASCII.quote, ASCII.backslash, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return position &+ 2
        case ASCII.lowerU:
            guard position &+ 6 <= end else { throw JSONSyntaxError(reason: .unexpectedEnd, offset: end) }
            guard Hex.value(base, position &+ 2, digits: 4) != nil else { break }
            return position &+ 6
        default: break
        }
        throw JSONSyntaxError(reason: .invalidEscape, offset: position)
    }

    @inline(__always)
    static func literalEnd(
        _ base: UnsafeRawPointer, _ start: Int, _ end: Int
    ) throws(JSONSyntaxError) -> Int {
        // The words are "true", "null" and "alse" in little-endian order.
        switch base.byte(start) {
        case ASCII.lowerT where start &+ 4 <= end && base.word32(start) == 0x6575_7274: return start &+ 4
        case ASCII.lowerN where start &+ 4 <= end && base.word32(start) == 0x6C6C_756E: return start &+ 4
        case ASCII.lowerF where start &+ 5 <= end && base.word32(start &+ 1) == 0x6573_6C61: return start &+ 5
        case 0x61...0x7A: throw JSONSyntaxError(reason: .invalidLiteral, offset: start)
        default: throw JSONSyntaxError(reason: .expectedValue, offset: start)
        }
    }

    @inline(__always)
    static func numberEnd(
        _ base: UnsafeRawPointer, _ start: Int, _ end: Int
    ) throws(JSONSyntaxError) -> Int {
        var position = start
        if base.byte(position) == ASCII.minus { position &+= 1 }
        if position < end, base.byte(position) == ASCII.zero {
            position &+= 1
            if position < end, ASCII.isDigit(base.byte(position)) {
                throw JSONSyntaxError(reason: .invalidNumber, offset: position)
            }
        } else {
            position = try digitsEnd(base, position, end)
        }
        if position < end, base.byte(position) == ASCII.dot {
            position = try digitsEnd(base, position &+ 1, end)
        }
        if position < end, base.byte(position) | 0x20 == ASCII.lowerE {
            let hasSign =
                position &+ 1 < end
                && (base.byte(position &+ 1) == ASCII.plus || base.byte(position &+ 1) == ASCII.minus)
            position = try digitsEnd(base, position &+ (hasSign ? 2 : 1), end)
        }
        return position
    }

    /// Steps over one digit or more.
    @inline(__always)
    private static func digitsEnd(
        _ base: UnsafeRawPointer, _ start: Int, _ end: Int
    ) throws(JSONSyntaxError) -> Int {
        var position = start
        while position < end, ASCII.isDigit(base.byte(position)) { position &+= 1 }
        guard position > start else {
            throw JSONSyntaxError(reason: start < end ? .invalidNumber : .unexpectedEnd, offset: start)
        }
        return position
    }
}

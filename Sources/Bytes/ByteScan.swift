/// Searches that look at eight bytes at once.
///
/// A word's flag for a byte is that byte's highest bit. Subtraction borrows upwards, so a flag above another one may be
/// wrong; the lowest flag is always right, and only that one is used.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    private static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

    /// Flags for bytes below 0x20, quotes and backslashes; garbage in bytes of 0x80 and above.
    @inline(__always)
    private static func needsCare(_ word: UInt64) -> UInt64 {
        (word &- repeated(0x20)) | ((word ^ repeated(ASCII.quote)) &- ones)
            | ((word ^ repeated(ASCII.backslash)) &- ones)
    }

    @inline(__always)
    private static func flags(_ word: UInt64, equal byte: UInt8) -> UInt64 {
        let difference = word ^ repeated(byte)
        return (difference &- ones) & ~difference & highs
    }

    /// The first offset at or after `start` whose byte is a quote, a backslash, a control character or not ASCII;
    /// `end` if there is none.
    @inline(__always)
    static func plainASCIIEnd(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
        var position = start
        while position &+ 8 <= end {
            let word = base.word64(position)
            let found = (needsCare(word) | word) & highs
            if found != 0 { return position &+ found.trailingZeroBitCount &>> 3 }
            position &+= 8
        }
        while position < end {
            let byte = base.byte(position)
            if byte < 0x20 || byte == ASCII.quote || byte == ASCII.backslash || byte >= 0x80 { return position }
            position &+= 1
        }
        return end
    }

    /// The first offset whose byte is a quote, a backslash or a control character; `end` if there is none.
    @inline(__always)
    static func unescapedEnd(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
        var position = start
        while position &+ 8 <= end {
            let word = base.word64(position)
            let found = needsCare(word) & ~word & highs
            if found != 0 { return position &+ found.trailingZeroBitCount &>> 3 }
            position &+= 8
        }
        while position < end {
            let byte = base.byte(position)
            if byte < 0x20 || byte == ASCII.quote || byte == ASCII.backslash { return position }
            position &+= 1
        }
        return end
    }

    /// The first offset whose byte is `one` or `other`; `end` if there is none.
    @inline(__always)
    static func first(
        _ one: UInt8, or other: UInt8, _ base: UnsafeRawPointer, _ start: Int, _ end: Int
    ) -> Int {
        var position = start
        while position &+ 8 <= end {
            let word = base.word64(position)
            let found = flags(word, equal: one) | flags(word, equal: other)
            if found != 0 { return position &+ found.trailingZeroBitCount &>> 3 }
            position &+= 8
        }
        while position < end {
            let byte = base.byte(position)
            if byte == one || byte == other { return position }
            position &+= 1
        }
        return end
    }
}

/// Strict UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Scan {
    /// Length (2, 3 or 4) of the valid multi-byte sequence at `position`; 0 if there is none.
    ///
    /// The sequence is read as one little-endian word, so each test covers all its bytes at once.
    @inline(__always)
    static func multiByteLength(_ base: UnsafeRawPointer, _ position: Int, _ end: Int) -> Int {
        let word = position &+ 4 <= end ? base.word32(position) : paddedWord(base, position, end)
        if word & 0x00C0_C0F0 == 0x0080_80E0 {
            let discriminant = word & 0x200F
            return discriminant != 0 && discriminant != 0x200D ? 3 : 0  // overlong; surrogate
        }
        if word & 0xC0E0 == 0x80C0 {
            return word & 0x1E != 0 ? 2 : 0  // overlong
        }
        if word & 0xC0C0_C0F8 == 0x8080_80F0 {
            let discriminant = word & 0x3007
            return discriminant != 0 && (discriminant & 4 == 0 || discriminant & 0x3003 == 0) ? 4 : 0
        }
        return 0
    }

    /// The first offset at or after `start` that is ASCII or invalid; `end` if there is none.
    @inline(__always)
    static func multiByteRunEnd(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
        var position = start
        while position < end, base.byte(position) >= 0x80 {
            let length = multiByteLength(base, position, end)
            if length == 0 { return position }
            position &+= length
        }
        return position
    }

    // Bytes past the end read as zero, which is no continuation byte.
    private static func paddedWord(_ base: UnsafeRawPointer, _ position: Int, _ end: Int) -> UInt32 {
        var word: UInt32 = 0
        for index in position..<end { word |= UInt32(base.byte(index)) &<< UInt32((index - position) * 8) }
        return word
    }
}

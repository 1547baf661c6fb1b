/// Base64 text as in RFC 4648.
package enum Base64 {
    /// Which 64 characters are used, and whether the end is padded.
    package enum Variant: Sendable {
        /// `+` and `/`, padded with `=`.
        case standard
        /// `-` and `_`, no padding, for URLs and file names.
        case urlSafe
    }

    /// The text for `bytes`.
    package static func encode(_ bytes: some Collection<UInt8>, _ variant: Variant = .standard) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var held = 0
        for byte in bytes {
            group = group &<< 8 | UInt32(byte)
            held += 1
            guard held == 3 else { continue }
            for shift in [18, 12, 6, 0] as [UInt32] { output.append(character(group &>> shift & 63, variant)) }
            (group, held) = (0, 0)
        }
        if held > 0 { appendTail(group, held, variant, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes that `text` stands for, of either variant, padded or not; `nil` if it holds anything else, white space
    /// included, or if unused bits are not zero (so that a value has one text only).
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(text.count / 4 * 3 + 2)
        var (bits, count, characters, padding): (UInt32, Int, Int, Int) = (0, 0, 0, 0)
        for byte in text {
            if byte == 0x3D {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(byte) else { return nil }
            bits = bits &<< 6 | value
            (count, characters) = (count + 6, characters + 1)
            guard count >= 8 else { continue }
            count -= 8
            output.append(UInt8(truncatingIfNeeded: bits &>> UInt32(count)))
        }
        let unusedBits = bits & (1 &<< UInt32(count) &- 1)
        guard unusedBits == 0, characters % 4 != 1 else { return nil }
        guard padding == 0 || (characters + padding) % 4 == 0 && padding <= 2 else { return nil }
        return output
    }

    /// The bytes that `text` stands for; see the other `decode`.
    package static func decode(_ text: String) -> [UInt8]? { decode(text.utf8) }

    private static func appendTail(_ group: UInt32, _ held: Int, _ variant: Variant, to output: inout [UInt8]) {
        let aligned = group &<< (held == 1 ? 16 : 8)
        for index in 0...held {
            output.append(character(aligned &>> UInt32(18 - index * 6) & 63, variant))
        }
        guard variant == .standard else { return }
        for _ in held..<3 { output.append(0x3D) }
    }

    private static func character(_ value: UInt32, _ variant: Variant) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value)
        switch value {
        case 0..<26: return 0x41 + value
        case 26..<52: return 0x61 + value - 26
        case 52..<62: return ASCII.zero + value - 52
        case 62: return variant == .standard ? ASCII.plus : ASCII.minus
        default: return variant == .standard ? 0x2F : 0x5F
        }
    }

    private static func value(_ character: UInt8) -> UInt32? {
        switch character {
        case 0x41...0x5A: UInt32(character - 0x41)
        case 0x61...0x7A: UInt32(character - 0x61 + 26)
        case ASCII.zero...ASCII.nine: UInt32(character - ASCII.zero + 52)
        case ASCII.plus, ASCII.minus: 62
        case 0x2F, 0x5F: 63
        default: nil
        }
    }
}

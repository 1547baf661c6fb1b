import Bytes

/// Names and ids in the characters that Bedrock allows.
enum BedrockNames {
    private static let longestID = 64

    /// A call's id: letters, digits, `_.:-`, up to 64. Others are replaced, the same way in the call and its result.
    static func callID(_ id: String) -> String {
        let allowed = id.utf8.map { isWord($0) || [0x2E, 0x3A].contains($0) ? $0 : UInt8(ascii: "_") }
        guard allowed.count > longestID || allowed.isEmpty || !allowed.elementsEqual(id.utf8) else { return id }
        // What was cut or replaced could make two ids one; a hash of the whole keeps them apart.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: hash &>> UInt64(56 - $0 * 8)) }
        return String(decoding: allowed.prefix(longestID - 17), as: UTF8.self) + "_" + Hex.encode(bytes)
    }

    /// A document's name: letters, digits, single spaces, `-()[]`, up to 200, followed by what makes it unique.
    static func document(_ name: String?, number: Int) -> String {
        var text: [UInt8] = []
        for byte in (name ?? "").utf8.prefix(180) {
            let isKept = byte != UInt8(ascii: "_") && isWord(byte) || [0x28, 0x29, 0x5B, 0x5D].contains(byte)
            if isKept {
                text.append(byte)
            } else if text.last != UInt8(ascii: "-") {
                text.append(UInt8(ascii: "-"))
            }
        }
        if text.isEmpty { return "document-\(number)" }
        let base = String(decoding: text, as: UTF8.self)
        return number == 1 ? base : "\(base) (\(number))"
    }

    /// Letters, digits, `_` and `-`.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

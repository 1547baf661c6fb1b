import Bytes

/// JSON without white space between its tokens: text that goes into a string, or to a model, is paid for by the byte.
enum CompactJSON {
    /// The value's text without white space outside strings.
    static func bytes(_ view: JSONView) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(view.raw.count)
        var isInside = false
        var isEscaped = false
        for byte in view.raw {
            if isInside {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInside = false
                }
            } else if byte <= 0x20 {
                continue
            } else if byte == UInt8(ascii: "\"") {
                isInside = true
            }
            output.append(byte)
        }
        return output
    }

    /// The same for bytes; what is no JSON stays as it is.
    static func bytes(_ json: [UInt8]) -> [UInt8] { JSONText.read(json) { bytes($0) } ?? json }

    /// The same as text.
    static func text(_ view: JSONView) -> String { String(decoding: bytes(view), as: UTF8.self) }
}

/// `/model/<model>/converse` and `/model/<model>/converse-stream`; the model's colons and slashes are percent-encoded.
enum BedrockPath {
    /// `nil` for other paths.
    static func split(_ path: String) -> (model: String, streamed: Bool)? {
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == "model" else { return nil }
        let model = decoded(parts[1])
        switch parts[2] {
        case "converse": return (model, false)
        case "converse-stream": return (model, true)
        default: return nil
        }
    }

    static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            let digits = String(Substring(rest.prefix(2)))
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

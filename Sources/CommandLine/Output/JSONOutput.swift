import Bytes
package import SignalboxClient

/// Answers of the API for programs: as they came, only without bytes that a terminal would obey.
package enum JSONOutput {
    /// The elements of a list's `data`, one line each.
    package static func lines(ofList answer: [UInt8]) throws(SignalboxError) -> [UInt8] {
        let result = answer.withUnsafeBytes { buffer -> Result<[UInt8], SignalboxError> in
            guard let data = (try? JSONView.parse(buffer))?["data"], data.kind == .array else {
                return .failure(notJSON)
            }
            var out: [UInt8] = []
            data.forEachElement { out += line([UInt8]($0.raw)) }
            return .success(out)
        }
        return try result.get()
    }

    /// One JSON value on one line, with its line break.
    package static func line(_ json: [UInt8]) -> [UInt8] {
        // Line breaks can only stand between tokens: inside strings they are escaped.
        let flat = json.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0 }
        return escaped(flat) + [UInt8(ascii: "\n")]
    }

    /// The same JSON with every character that a terminal could obey written as `\uXXXX`. Such characters stand in
    /// strings only, so the value stays the same.
    static func escaped(_ json: [UInt8]) -> [UInt8] {
        guard json.contains(where: { $0 >= 0x7F }) else { return json }
        let text = String(decoding: json, as: UTF8.self)
        guard text.unicodeScalars.contains(where: { $0.value >= 0x7F && TerminalText.isDangerous($0) }) else {
            return json
        }
        var out: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.value >= 0x7F, TerminalText.isDangerous(scalar) {
                for unit in String(scalar).utf16 { out += Array("\\u".utf8) + hexadecimal(unit) }
            } else {
                out += Array(String(scalar).utf8)
            }
        }
        return out
    }

    private static func hexadecimal(_ unit: UInt16) -> [UInt8] {
        let digits = String(unit, radix: 16)
        return Array((String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
    }

    private static let notJSON = SignalboxError(
        status: 0, code: "invalid_answer", message: "The server's answer is no list. Is this its address?")
}

import Bytes

/// JSON that a model or tool wrote, and that a stricter format needs as an object.
enum LooseJSON {
    /// `text` if it is a JSON object; `{}` for nothing at all; otherwise an object that holds it as a string.
    ///
    /// - Parameter key: The name under which other text stands in the object.
    static func object(_ text: [UInt8], else key: StaticString) -> [UInt8] {
        if JSONText.isObject(text) { return text }
        return JSONText.written { writer in
            writer.object { writer in
                guard text.contains(where: { $0 > 0x20 }) else { return }
                writer.key(key)
                text.withUnsafeBytes { writer.string(utf8: $0) }
            }
        }
    }

    /// True if `text` is valid JSON with a member `key` at its top.
    static func has(_ key: StaticString, _ text: [UInt8]) -> Bool { JSONText.read(text) { $0[key] != nil } ?? false }
}

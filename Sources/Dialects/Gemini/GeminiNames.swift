import Bytes

extension JSONView {
    /// A member by its name in camelCase; Google's servers and clients also write it in snake_case.
    func camel(_ name: String) -> JSONView? {
        for (key, value) in members where GeminiNames.camel(key) == name {
            return value.unlessNull
        }
        return nil
    }

    /// The first element; `nil` if this is no array or has none.
    var firstElement: JSONView? { elements.first { _ in true } }
}

/// Spellings of Google's member names, and ids for calls that have none.
enum GeminiNames {
    static func camel(_ key: JSONKeyView) -> String { camel(key.string) }

    /// `response_mime_type` becomes `responseMimeType`; what has no underscore inside stays.
    static func camel(_ name: String) -> String {
        guard name.utf8.dropFirst().contains(UInt8(ascii: "_")) else { return name }
        var result = ""
        var raises = false
        for character in name {
            if character == "_", !result.isEmpty {
                raises = true
            } else {
                result += raises ? character.uppercased() : String(character)
                raises = false
            }
        }
        return result
    }

    /// An id for a call that came without one: the same for the same place, so that repeated reads agree.
    ///
    /// - Parameters:
    ///   - place: The choice of an answer, or the turn of a conversation.
    ///   - salt: What tells this answer from others, so that ids in one conversation differ.
    static func callID(place: Int, index: Int, name: String, salt: String) -> String {
        // FNV-1a with 32 bits: short, stable, and no secret depends on it.
        var hash: UInt32 = 0x811C_9DC5
        for byte in "\(salt)/\(name)/\(place)/\(index)".utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: hash &>> UInt32($0)) }
        return "call_\(place)_\(index)_\(Hex.encode(bytes))"
    }

    /// A model's name without the collection in front of it (`models/`, `publishers/google/models/`).
    static func model(_ name: String) -> String {
        guard let range = name.range(ofLast: "models/") else { return name }
        return String(name[range...])
    }
}

extension String {
    /// Where the text after the last `mark` begins; `nil` if it does not occur.
    fileprivate func range(ofLast mark: String) -> Index? {
        var start = startIndex
        var found: Index?
        while start < endIndex {
            if self[start...].hasPrefix(mark) { found = index(start, offsetBy: mark.count) }
            start = index(after: start)
        }
        return found
    }
}

/// Thinking that Gemini's format can't show, in the one place that comes back unread: a thought signature.
enum GeminiSignature {
    /// Hidden thinking as a signature. Google's clients take signatures as base64 and refuse anything else.
    static func hide(_ data: String, id: String?) -> String {
        Base64.encode(Array((ReasoningSeal.seal(Reasoning(encrypted: data, id: id)) ?? "").utf8))
    }

    /// The thought of an empty text with this signature: hidden thinking, or a signature alone.
    static func thought(_ signature: String) -> Reasoning {
        let token = Base64.decode(signature).map { String(decoding: $0, as: UTF8.self) }
        return token.flatMap { ReasoningSeal.open($0, text: "") } ?? Reasoning(signature: signature)
    }
}

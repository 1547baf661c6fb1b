extension JSONView {
    /// The text that a string stands for; lone surrogates become U+FFFD. `nil` if this is no string.
    package var string: String? {
        guard let content = stringContent else { return nil }
        if !content.isEscaped { return String(decoding: content.bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        JSONEscape.appendDecoded(content.bytes, to: &decoded)
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Appends the UTF-8 that a string stands for; lone surrogates become U+FFFD. False (and nothing appended) if this
    /// is no string.
    @discardableResult
    package func appendDecodedString(to output: inout [UInt8]) -> Bool {
        guard let content = stringContent else { return false }
        if content.isEscaped {
            JSONEscape.appendDecoded(content.bytes, to: &output)
        } else {
            output.append(contentsOf: content.bytes)
        }
        return true
    }

    /// True if this is a string that stands for exactly the bytes of `literal`.
    package func isString(_ literal: StaticString) -> Bool {
        guard let content = stringContent else { return false }
        if !content.isEscaped { return sameBytes(content.bytes, literal) }
        var decoded: [UInt8] = []
        JSONEscape.appendDecoded(content.bytes, to: &decoded)
        return decoded.withUnsafeBytes { sameBytes($0, literal) }
    }

    /// The value of a number that is integral (`12`, `12.0` and `1.2e1` all are) and fits; otherwise `nil`.
    package var int64: Int64? {
        guard kind == .number else { return nil }
        return JSONNumber.int64(raw)
    }

    /// The nearest value to a number; `nil` if this is no number or its magnitude is beyond the type's.
    package var double: Double? {
        guard kind == .number else { return nil }
        return JSONNumber.double(raw)
    }

    /// True or false; `nil` if this is neither.
    package var bool: Bool? {
        switch raw.first {
        case ASCII.lowerT: true
        case ASCII.lowerF: false
        default: nil
        }
    }

    /// True for `null`.
    package var isNull: Bool { kind == .null }

    /// True for `[]` and `{}`, with or without white space inside.
    package var isEmptyContainer: Bool {
        guard kind == .array || kind == .object, let base = text.baseAddress else { return false }
        let first = JSONSkip.space(base, range.lowerBound + 1, range.upperBound)
        return first + 1 == range.upperBound
    }

    /// The bytes between a string's quotes; `nil` if this is no string.
    private var stringContent: (bytes: UnsafeRawBufferPointer, isEscaped: Bool)? {
        guard range.count >= 2, let base = text.baseAddress, base.byte(range.lowerBound) == ASCII.quote else {
            return nil
        }
        let content = range.lowerBound + 1..<range.upperBound - 1
        let escape = ByteScan.first(ASCII.backslash, or: ASCII.backslash, base, content.lowerBound, content.upperBound)
        return (base.slice(content), escape < content.upperBound)
    }
}

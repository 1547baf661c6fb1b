import HTTPTypes

/// The pairs of a query string, decoded: `+` and `%20` are spaces.
struct QueryItems: Sendable, Equatable {
    private(set) var values: [String: String] = [:]

    /// - Parameters:
    ///   - query: What stands after the `?`; `nil` for none.
    ///   - known: The names that the endpoint takes.
    /// - Throws: for a name that is not known, is given twice, or cannot be decoded.
    init(_ query: Substring?, known: [String]) throws(APIError) {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1] : ""
            guard let name = formDecoded(parts[0]), let text = formDecoded(value) else {
                throw APIError(
                    status: .badRequest, code: "invalid_query",
                    message: "The query holds `%` without two hexadecimal digits, or bytes that are not UTF-8."
                )
            }
            try add(name, text, known: known)
        }
    }

    /// The same from the members of a body's object.
    init(pairs: [(String, String)], known: [String]) throws(APIError) {
        for (name, text) in pairs { try add(name, text, known: known) }
    }

    /// With further items, whose names the endpoint knows.
    func adding(_ pairs: [(String, String)]) -> QueryItems {
        var items = self
        for (name, text) in pairs { items.values[name] = text }
        return items
    }

    private mutating func add(_ name: String, _ text: String, known: [String]) throws(APIError) {
        guard known.contains(name) else { throw .unknownParameter(name, known: known) }
        guard values.updateValue(text, forKey: name) == nil else {
            throw .invalidParameter(name, expected: "given once only")
        }
    }
}

/// Undoes `application/x-www-form-urlencoded`; `nil` if it is damaged.
func formDecoded(_ text: Substring) -> String? { percentDecoded(text, plusIsSpace: true) }

/// Undoes percent-encoding; `nil` if it is damaged.
func percentDecoded(_ text: Substring, plusIsSpace: Bool = false) -> String? {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    var bytes = text.utf8.makeIterator()
    while let byte = bytes.next() {
        switch byte {
        case UInt8(ascii: "+") where plusIsSpace: out.append(UInt8(ascii: " "))
        case UInt8(ascii: "%"):
            guard let high = bytes.next().flatMap(hexDigit), let low = bytes.next().flatMap(hexDigit) else {
                return nil
            }
            out.append(high << 4 | low)
        default: out.append(byte)
        }
    }
    return String(validating: out, as: UTF8.self)
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

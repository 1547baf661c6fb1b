import Vocabulary

/// Reading values: each throws an error that names the parameter and what is expected.
extension QueryItems {
    /// Longest text that is compared with stored values, in bytes; nothing longer is ever stored in a filtered column.
    static let maximumTextLength = 1000

    /// A text that is not empty; `nil` if the parameter is not given.
    ///
    /// An empty one is refused: `?user=$USER_ID` with the variable unset must not list everybody's requests.
    func text(_ name: String) throws(APIError) -> String? {
        guard let value = values[name] else { return nil }
        guard !value.isEmpty, value.utf8.count <= Self.maximumTextLength else {
            throw .invalidParameter(
                name, expected: "1 to \(Self.maximumTextLength) bytes of text; leave it out for all")
        }
        return value
    }

    /// A whole number within a range.
    func integer<Number: FixedWidthInteger>(_ name: String, in range: ClosedRange<Number>) throws(APIError) -> Number? {
        guard let value = values[name] else { return nil }
        guard let number = Number(value), range.contains(number) else {
            let upper = range.upperBound == Number.max ? "or more" : "to \(range.upperBound)"
            throw .invalidParameter(name, expected: "a whole number, \(range.lowerBound) \(upper)")
        }
        return number
    }

    /// `true` or `false`.
    func flag(_ name: String) throws(APIError) -> Bool? {
        guard let value = values[name] else { return nil }
        guard let flag = Bool(value) else { throw .invalidParameter(name, expected: "`true` or `false`") }
        return flag
    }

    /// One of the raw values of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, as type: Choice.Type
    ) throws(APIError) -> Choice? where Choice.RawValue == String {
        guard let value = values[name] else { return nil }
        guard let choice = Choice(rawValue: value) else {
            let known = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            throw .invalidParameter(name, expected: "one of \(known)")
        }
        return choice
    }

    /// RFC 3339, or whole milliseconds since the epoch.
    func time(_ name: String) throws(APIError) -> UnixMicroseconds? {
        guard let value = values[name] else { return nil }
        if let time = RFC3339.parse(value) { return time }
        // Up to the year 9999; also keeps the product within 64 bits.
        if let milliseconds = Int64(value), (0...253_402_300_799_999).contains(milliseconds) {
            return milliseconds * 1_000
        }
        throw .invalidParameter(
            name,
            expected: "a time such as `2026-11-01T09:30:00Z` (an offset's `+` must be written `%2B`), "
                + "or milliseconds since the epoch"
        )
    }

    /// Milliseconds with up to three decimals, as microseconds.
    func milliseconds(_ name: String) throws(APIError) -> Microseconds? {
        guard let value = values[name] else { return nil }
        let parts = value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? parts[1] : "0"
        // Twelve digits are 31 years: longer than any call, shorter than an overflow.
        guard (1...12).contains(parts[0].utf8.count), (1...3).contains(fraction.utf8.count),
            let whole = digits(parts[0]), let thousandths = digits(fraction + "000".dropFirst(fraction.utf8.count))
        else { throw .invalidParameter(name, expected: "milliseconds, 0 or more, with up to three decimals") }
        return whole * 1_000 + thousandths
    }
}

/// The number that decimal digits stand for; `nil` if there is anything else, a sign included.
private func digits(_ text: some StringProtocol) -> Int64? {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
}

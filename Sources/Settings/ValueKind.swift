import Dialects
/// How one kind of value is read from text, shown in the reference, and asked for in errors.
struct ValueKind<Value: Sendable>: Sendable {
    /// A short name for the reference, for example `duration`.
    let name: String
    /// What to write, for an error: follows "expected".
    let expected: String
    /// False where an error may show what was written.
    var isSecret = false
    /// `nil` where the text is no such value.
    let parse: @Sendable (String) -> Value?
    /// Reads back as the same value.
    let show: @Sendable (Value) -> String
}

extension ValueKind where Value == String {
    /// Any text of at most `maximum` bytes that is not empty and has no control characters.
    static func text(_ name: String = "text", atMost maximum: Int = 1024) -> ValueKind {
        ValueKind(
            name: name, expected: "a text of 1 to \(maximum) bytes without control characters",
            parse: { !$0.isEmpty && $0.utf8.count <= maximum && isPrintable($0) ? $0 : nil }, show: { $0 }
        )
    }

    /// A name that stands in a URL path and in records.
    static let identifier = ValueKind(
        name: "name", expected: "1 to 64 letters, digits, `.`, `_` or `-`",
        parse: { (1...64).contains($0.utf8.count) && $0.utf8.allSatisfy(isIdentifierByte) ? $0 : nil }, show: { $0 }
    )

    /// A calendar day, `YYYY-MM-DD`.
    static let day = ValueKind(
        name: "day", expected: "a day such as 2026-01-31", parse: { isDay($0) ? $0 : nil }, show: { $0 }
    )

    /// A path under a URL, with its leading slash.
    static let urlPath = ValueKind(
        name: "path", expected: "a path that begins with a slash, such as /health",
        parse: { $0.hasPrefix("/") && BaseURL("http://x" + $0) != nil ? $0 : nil }, show: { $0 }
    )
}

extension ValueKind where Value == [String] {
    /// Names separated by commas; may be none.
    static let words = ValueKind(
        name: "names", expected: "names of letters, digits, `.`, `_` or `-`, separated by commas",
        parse: { text in
            let words = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
            return words.allSatisfy { ValueKind<String>.identifier.parse($0) != nil } ? words : nil
        },
        show: { $0.joined(separator: ",") }
    )
}

extension ValueKind where Value == String {
    /// A provider that this program knows.
    static let preset = ValueKind(
        name: "preset", expected: "one of " + ProviderPreset.all.map(\.name).sorted().joined(separator: ", "),
        parse: { ProviderPreset.named($0)?.name }, show: { $0 }
    )
}

extension ValueKind where Value == Duration {
    /// A duration of at least `minimum`.
    static func duration(atLeast minimum: Duration = .milliseconds(1)) -> ValueKind {
        let bound = minimum > .zero ? ", at least \(DurationText.show(minimum))" : ""
        return ValueKind(
            name: "duration", expected: "a duration such as 500ms, 5s, 2m or 1h\(bound)",
            parse: { text in DurationText.parse(text).flatMap { $0 >= minimum ? $0 : nil } }, show: DurationText.show
        )
    }
}

extension ValueKind where Value == Int {
    /// A size in bytes within `range`.
    static func size(_ range: ClosedRange<Int>) -> ValueKind {
        let bounds = "from \(SizeText.show(range.lowerBound)) to \(SizeText.show(range.upperBound))"
        return ValueKind(
            name: "size", expected: "a size such as 65536, 64KiB or 32MiB, \(bounds)",
            parse: { text in SizeText.parse(text).flatMap { range.contains($0) ? $0 : nil } }, show: SizeText.show
        )
    }

    /// A whole number within `range`.
    static func count(_ range: ClosedRange<Int>) -> ValueKind {
        ValueKind(
            name: "number", expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            parse: { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }, show: { String($0) }
        )
    }
}

extension ValueKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the type's raw values.
    static var choice: ValueKind {
        let names = Value.allCases.map(\.rawValue)
        return ValueKind(
            name: names.map { "`\($0)`" }.joined(separator: ", "), expected: "one of " + names.joined(separator: ", "),
            parse: { Value(rawValue: $0) }, show: { $0.rawValue }
        )
    }
}

extension ValueKind where Value == Secret {
    /// A secret. A line break in one comes from reading it from a file, and would break an HTTP header.
    static let secret = ValueKind(
        name: "secret", expected: "a text without line breaks and other control characters", isSecret: true,
        parse: { isPrintable($0) ? Secret($0) : nil }, show: { $0.description }
    )
}

extension ValueKind where Value == ListenAddress {
    static let address = ValueKind(
        name: "address", expected: "host:port, such as 127.0.0.1:8080 (0.0.0.0:8080 for every interface)",
        parse: { ListenAddress($0) }, show: { $0.description }
    )
}

extension ValueKind where Value == BaseURL {
    static let baseURL = ValueKind(
        name: "URL", expected: "a URL with its scheme and without query, such as https://api.openai.com/v1",
        parse: { BaseURL($0) }, show: { $0.description }
    )
}

extension ValueKind where Value == DollarsPerMillion {
    static let dollars = ValueKind(
        name: "dollars", expected: "dollars per million as a plain decimal with at most 9 places, such as 0.15",
        parse: { DollarsPerMillion($0) }, show: { "\($0.nanodollars) nano-dollars" }
    )
}

/// True if there is no control character in `text`.
func isPrintable(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }

/// Letters, digits, `.`, `_` and `-` in ASCII.
private func isIdentifierByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}

/// `YYYY-MM-DD` with a month and a day that exist in some year.
private func isDay(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
    guard bytes.enumerated().allSatisfy({ $0.offset == 4 || $0.offset == 7 || isDigit($0.element) }) else {
        return false
    }
    let month = Int(text.utf8.dropFirst(5).prefix(2).reduce(0) { $0 * 10 + Int($1 & 0xF) })
    let day = Int(text.utf8.dropFirst(8).reduce(0) { $0 * 10 + Int($1 & 0xF) })
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...lengths[month - 1]).contains(day)
}

/// Durations as operators write them: a whole number and `ms`, `s`, `m` or `h`.
enum DurationText {
    /// Milliseconds per unit, largest first.
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads `500ms`, `5s`, `2m` or `1h`; zero may go without a unit. `nil` for anything else and above a year, which
    /// is always a mistake.
    static func parse(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        guard let (number, suffix) = splitNumber(text), let unit = units.first(where: { $0.suffix == suffix })
        else { return nil }
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow, milliseconds <= 366 * 24 * 3_600_000 else { return nil }
        return .milliseconds(milliseconds)
    }

    /// The shortest text that reads back as `duration`; finer than a millisecond is dropped.
    static func show(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        // 90 s and 300 s are what people compare, "30m" is what they read: keep seconds below half an hour.
        if milliseconds % 3_600_000 == 0, milliseconds > 0 { return "\(milliseconds / 3_600_000)h" }
        if milliseconds % 60_000 == 0, milliseconds >= 1_800_000 { return "\(milliseconds / 60_000)m" }
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}

/// Sizes as operators write them: a whole number of bytes, or with `KiB`, `MiB`, `GiB` (powers of 1024) or `KB`, `MB`,
/// `GB` (powers of 1000).
enum SizeText {
    private static let units: [(suffix: String, bytes: Int64)] = [
        ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000),
        ("B", 1), ("", 1),
    ]

    /// Reads a size, letter case aside. `nil` for anything else and above 1 TiB, which is always a mistake.
    static func parse(_ text: String) -> Int? {
        guard let (number, suffix) = splitNumber(text),
            let unit = units.first(where: { $0.suffix.lowercased() == suffix.lowercased() })
        else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit.bytes)
        return overflow || bytes > 1 << 40 ? nil : Int(bytes)
    }

    /// With the largest binary unit that divides it, else as plain bytes.
    static func show(_ bytes: Int) -> String {
        for unit in units.prefix(3) where bytes > 0 && Int64(bytes) % unit.bytes == 0 {
            return "\(Int64(bytes) / unit.bytes)\(unit.suffix)"
        }
        return String(bytes)
    }
}

/// The leading whole number and what follows it, one space between them allowed. `nil` if there is no number.
private func splitNumber(_ text: String) -> (Int64, String)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int64(digits) else { return nil }
    var suffix = text[digits.endIndex...]
    if suffix.first == " " { suffix.removeFirst() }
    return (number, String(suffix))
}

/// Numbers as tables show them. None of them knows a locale: output is the same everywhere.
package enum Figures {
    /// What stands where nothing is known.
    static let unknown = "-"

    /// Dollars with six decimals, `$0.000123`; with nine where six would show nothing.
    package static func money(_ nanodollars: Int64?) -> String {
        guard let nanodollars else { return unknown }
        let magnitude = nanodollars.magnitude
        let isTiny = magnitude > 0 && magnitude < 500
        let units = isTiny ? magnitude : (magnitude + 500) / 1000
        let perDollar: UInt64 = isTiny ? 1_000_000_000 : 1_000_000
        let fraction = padded(units % perDollar, to: isTiny ? 9 : 6)
        return "\(nanodollars < 0 ? "-" : "")$\(units / perDollar).\(fraction)"
    }

    /// A price of nano-dollars per million units as dollars per million: `$0.15`, at least two decimals, none lost.
    package static func price(_ nanodollarsPerMillion: Int64?) -> String {
        guard let price = nanodollarsPerMillion else { return unknown }
        var fraction = padded(price.magnitude % 1_000_000_000, to: 9)
        while fraction.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(price < 0 ? "-" : "")$\(price.magnitude / 1_000_000_000).\(fraction)"
    }

    /// Milliseconds as `12.3ms`, `1.23s` or `2m05s`: three figures are what one compares.
    package static func duration(_ milliseconds: Double?) -> String {
        guard let milliseconds, milliseconds.isFinite, milliseconds >= 0, milliseconds < 1e12 else { return unknown }
        if milliseconds < 100 { return "\(decimal(milliseconds, places: 1))ms" }
        if milliseconds < 1000 { return "\(Int(milliseconds.rounded()))ms" }
        if milliseconds < 59_995 { return "\(decimal(milliseconds / 1000, places: 2))s" }
        let seconds = Int((milliseconds / 1000).rounded())
        return "\(seconds / 60)m\(padded(UInt64(seconds % 60), to: 2))s"
    }

    /// RFC 3339 in UTC as `2026-11-01 09:30:00`; anything else as it is.
    package static func time(_ text: String?) -> String {
        guard let text else { return unknown }
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes.last == UInt8(ascii: "Z") else { return text }
        return "\(String(decoding: bytes[..<10], as: UTF8.self)) \(String(decoding: bytes[11..<19], as: UTF8.self))"
    }

    private static func decimal(_ value: Double, places: Int) -> String {
        let scale: UInt64 = places == 1 ? 10 : 100
        let units = UInt64((value * Double(scale)).rounded())
        return "\(units / scale).\(padded(units % scale, to: places))"
    }

    private static func padded(_ value: UInt64, to digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

package import Vocabulary

/// Dollars as other products write them: decimal numbers in JSON. Read and written digit by digit, so that nothing is
/// rounded on the way through a double.
package enum Dollars {
    private static let places = 9
    private static let nanodollars: Int64 = 1_000_000_000

    /// The amount as a JSON number, for example `0.0000123`.
    package static func number(_ money: Money) -> JSONTree { .number(text(money.nanodollars)) }

    /// As `number`; null where there is no amount.
    package static func number(_ money: Money?) -> JSONTree { money.map { number($0) } ?? .null }

    /// The amount as a plain decimal, for example `0.0000123`.
    ///
    /// - Parameter scale: Decimal places that `value` is shifted by: 9 for nano-dollars, 15 for those per million.
    package static func text(_ value: Int64, scale: Int = places) -> String {
        let digits = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        let whole = padded.dropLast(scale)
        var fraction = padded.suffix(scale)
        while fraction.last == "0" { fraction.removeLast() }
        return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// Reads a number of dollars; `nil` for anything else, below nothing and above nine million.
    package static func money(_ tree: JSONTree) -> Money? {
        switch tree {
        case .int(let whole):
            guard (0...9_000_000).contains(whole) else { return nil }
            return Money(nanodollars: whole * nanodollars)
        case .number(let text), .string(let text): return money(text)
        default: return nil
        }
    }

    private static func money(_ text: String) -> Money? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? parts[1] : "0"
        guard parts[0].utf8.allSatisfy(isDigit), fraction.utf8.allSatisfy(isDigit), !fraction.isEmpty,
            let whole = Int64(parts[0]), whole <= 9_000_000,
            let rest = Int64(
                fraction.prefix(places) + String(repeating: "0", count: max(0, places - fraction.utf8.count)))
        else { return exponential(text) }
        return Money(nanodollars: whole * nanodollars + rest)
    }

    /// `1e-06` and its like, which Python writes for small amounts.
    private static func exponential(_ text: String) -> Money? {
        guard let value = Double(text), value.isFinite, (0...9_000_000).contains(value) else { return nil }
        return Money(nanodollars: Int64((value * Double(nanodollars)).rounded()))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

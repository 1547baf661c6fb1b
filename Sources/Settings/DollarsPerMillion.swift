/// A price as operators write it, dollars per million units, held exactly.
package struct DollarsPerMillion: Sendable, Hashable {
    /// Nano-dollars per million units: dollars times 10^9.
    package var nanodollars: Int64

    package init(nanodollars: Int64) { self.nanodollars = nanodollars }

    /// Reads a plain decimal such as `0.15`: digits, at most one point, at most nine places behind it, at most
    /// 9,000,000,000. `nil` for signs, exponents and anything else, because a rounded price is a wrong price.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : Substring("").utf8
        guard let whole = parts.first, !whole.isEmpty, whole.count <= 10, fraction.count <= 9,
            parts.count == 1 || !fraction.isEmpty, whole.allSatisfy(isDigit), fraction.allSatisfy(isDigit)
        else { return nil }
        var value: Int64 = 0
        for digit in whole { value = value * 10 + Int64(digit - UInt8(ascii: "0")) }
        guard value <= 9_000_000_000 else { return nil }
        for digit in fraction { value = value * 10 + Int64(digit - UInt8(ascii: "0")) }
        for _ in fraction.count..<9 { value *= 10 }
        nanodollars = value
    }
}

/// True for `0` to `9`.
func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// Measured numbers for reading, without a locale.
package enum DecimalText {
    /// With so many significant digits, never in powers of ten between a millionth and a billion: `0.0198`, `12.5`,
    /// `1234`. Digits before the point are all shown.
    package static func significant(
        _ value: Double, digits: Int = 3, rounding: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) -> String {
        guard value.isFinite else { return "\(value)" }
        guard value != 0 else { return "0" }
        let magnitude = value.magnitude
        guard magnitude >= 1e-6, magnitude < 1e9 else { return "\(value)" }
        var exponent = 0
        var scaled = magnitude
        while scaled >= 10 { (scaled, exponent) = (scaled / 10, exponent + 1) }
        while scaled < 1 { (scaled, exponent) = (scaled * 10, exponent - 1) }
        return fixed(value, places: max(0, digits - 1 - exponent), rounding: rounding)
    }

    /// With so many places behind the point, at most nine, and without zeros at the end. `rounding` is of the
    /// magnitude.
    package static func fixed(
        _ value: Double, places: Int, rounding: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) -> String {
        let places = min(9, max(0, places))
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        guard value.magnitude * scale < 1e18 else { return "\(value)" }
        let units = UInt64((value.magnitude * scale).rounded(rounding))
        let whole = units / UInt64(scale)
        var fraction = String(units % UInt64(scale))
        fraction = places > 0 ? String(repeating: "0", count: places - fraction.count) + fraction : ""
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = value < 0 && units > 0 ? "-" : ""
        return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
    }

    /// The same with its sign, for differences.
    package static func signed(_ value: Double, digits: Int = 3) -> String {
        (value > 0 ? "+" : "") + significant(value, digits: digits)
    }

    /// `95 %` for 0.95.
    package static func percent(
        _ share: Double, digits: Int = 3, rounding: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) -> String {
        significant(share * 100, digits: digits, rounding: rounding) + " %"
    }

    /// `p = 0.0085`; `p < 0.0001` below that, as smaller ones are never known that well.
    package static func pValue(_ p: Double) -> String {
        p < 0.0001 ? "p < 0.0001" : "p = " + significant(p, digits: 2)
    }
}

/// Durations as people write them: a whole number and its unit.
package enum DurationText {
    private static let units: [(name: String, nanoseconds: UInt64)] = [
        ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1000),
        ("ns", 1),
    ]

    /// Reads `500ms`, `5s`, `2m`, `1h`, also `us` and `ns`, in nanoseconds. `nil` for anything else.
    package static func nanoseconds(_ text: String) -> UInt64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = UInt64(digits), let unit = units.first(where: { $0.name == text.dropFirst(digits.count) })
        else {
            return nil
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit.nanoseconds)
        // Ten years: whatever is added to a clock then can't overflow.
        return overflow || product > 315_360_000_000_000_000 ? nil : product
    }

    /// The same in the largest unit that leaves a whole number.
    package static func text(_ nanoseconds: UInt64) -> String {
        guard nanoseconds > 0 else { return "0s" }
        for unit in units where nanoseconds % unit.nanoseconds == 0 {
            return "\(nanoseconds / unit.nanoseconds)\(unit.name)"
        }
        return "\(nanoseconds)ns"
    }
}

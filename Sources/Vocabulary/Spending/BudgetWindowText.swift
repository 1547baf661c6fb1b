extension BudgetWindow: CustomStringConvertible {
    /// What `init(_:from:)` reads back, for example `day`, `30d`, `36h@2026-11-01T00:00:00.000000Z`, `lifetime`.
    package var description: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .day: "day"
        case .week: "week"
        case .month: "month"
        case .every(let length, let from): Self.text(length) + (from == 0 ? "" : "@" + RFC3339.format(from))
        case .lifetime: "lifetime"
        }
    }

    /// Reads `minute`, `hour`, `day`, `week`, `month`, `lifetime`, or a number with `s`, `m`, `h`, `d` or `w`, for
    /// example `30d`, optionally with the moment it counts from: `30d@2026-11-01T00:00:00Z`. `1mo` is `month`.
    ///
    /// - Parameter from: The moment that a length without one counts from.
    /// - Returns: `nil` for anything else, for less than a second and for more than 100 years.
    package init?(_ text: String, from: UnixMicroseconds = 0) {
        if let named = Self.named[text] {
            self = named
            return
        }
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let length = Self.length(parts[0]) else { return nil }
        guard parts.count == 2 else {
            self = .every(length, from: from)
            return
        }
        guard let anchor = RFC3339.parse(parts[1]) else { return nil }
        self = .every(length, from: anchor)
    }

    private static let named: [String: BudgetWindow] = [
        "minute": .minute, "hour": .hour, "day": .day, "week": .week, "month": .month, "lifetime": .lifetime,
        "1mo": .month,
    ]

    /// Longest first, so that text is as short as it can be.
    private static let units: [(letter: Character, length: Microseconds)] = [
        ("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000),
    ]
    private static let longestSeconds: Int64 = 100 * 366 * 86_400

    private static func text(_ length: Microseconds) -> String {
        // Weeks are written as days: `30d` and `35d` should not look different in kind.
        for unit in units.dropFirst() where length % unit.length == 0 { return "\(length / unit.length)\(unit.letter)" }
        return "\(length / 1_000_000)s"
    }

    private static func length(_ text: Substring) -> Microseconds? {
        guard let last = text.last, let unit = units.first(where: { $0.letter == last }), text.utf8.count <= 12,
            text.dropLast().allSatisfy({ ("0"..."9").contains($0) }), let count = Int64(text.dropLast()), count > 0,
            count <= longestSeconds / (unit.length / 1_000_000)
        else { return nil }
        return count * unit.length
    }
}

/// How long a budget counts before it begins anew. Calendar windows follow UTC.
package enum BudgetWindow: Hashable, Sendable {
    case minute
    case hour
    case day
    /// Begins on Monday.
    case week
    case month
    /// Windows of one length, counted in both directions from a moment. The length is at least one second.
    case every(Microseconds, from: UnixMicroseconds)
    /// Never begins anew.
    case lifetime

    /// The start that sums of a `lifetime` window are kept under.
    package static let lifetimeStart: UnixMicroseconds = 0

    /// The window that holds `now`: its first microsecond, and the first microsecond after it.
    package func span(at now: UnixMicroseconds) -> WindowSpan {
        let now = min(max(now, -Self.farthest), Self.farthest)
        switch self {
        case .minute: return Self.span(of: 60_000_000, from: 0, at: now)
        case .hour: return Self.span(of: 3_600_000_000, from: 0, at: now)
        case .day: return Self.span(of: Self.dayLength, from: 0, at: now)
        case .week: return Self.span(of: 7 * Self.dayLength, from: Self.firstMonday, at: now)
        case .month: return Self.month(at: now)
        case .every(let length, let from): return Self.span(of: max(length, 1_000_000), from: from, at: now)
        case .lifetime: return WindowSpan(start: Self.lifetimeStart, end: .max)
        }
    }

    /// Times beyond this (about 36,000 years from 1970) are taken as this, so that no sum below can overflow.
    private static let farthest: UnixMicroseconds = 1 << 60
    private static let dayLength: Microseconds = 86_400_000_000
    /// 5 January 1970; the epoch itself was a Thursday.
    private static let firstMonday: UnixMicroseconds = 4 * dayLength

    private static func span(of length: Microseconds, from: UnixMicroseconds, at now: UnixMicroseconds) -> WindowSpan {
        let length = min(length, farthest)
        let from = min(max(from, -farthest), farthest)
        let start = from + floored(now - from, by: length) * length
        return WindowSpan(start: start, end: start + length)
    }

    private static func month(at now: UnixMicroseconds) -> WindowSpan {
        let (year, month) = CivilMonth.containing(day: floored(now, by: dayLength))
        let next = month == 12 ? (year + 1, 1) : (year, month + 1)
        return WindowSpan(
            start: CivilMonth.firstDay(year: year, month: month) * dayLength,
            end: CivilMonth.firstDay(year: next.0, month: next.1) * dayLength
        )
    }

    /// Division that rounds towards minus infinity.
    private static func floored(_ value: Int64, by divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value + 1) / divisor - 1
    }
}

/// One window of a budget: `start ..< end`.
package struct WindowSpan: Hashable, Sendable {
    package var start: UnixMicroseconds
    /// `.max` if it never ends.
    package var end: UnixMicroseconds

    package init(start: UnixMicroseconds, end: UnixMicroseconds) {
        self.start = start
        self.end = end
    }
}

/// Months of the proleptic Gregorian calendar, in days since the epoch.
///
/// After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years are counted from March, in eras of 400
/// years (146,097 days).
private enum CivilMonth {
    static func containing(day: Int64) -> (year: Int64, month: Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month)
    }

    static func firstDay(year: Int64, month: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

package import Vocabulary

/// Days of the Gregorian calendar as `YYYY-MM-DD`, without a calendar library.
package enum CalendarDay {
    /// Microseconds since the Unix epoch at the day's first instant, UTC; `nil` if `text` is not a real day.
    ///
    /// Days are counted by Howard Hinnant's `days_from_civil` (years begin in March, so that the leap day is last).
    package static func start(of text: String) -> UnixMicroseconds? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2]),
            year >= 1970, (1...12).contains(month), day >= 1, day <= lastDay(of: month, year: year)
        else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * 86_400_000_000
    }

    private static func lastDay(of month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Points in time as text (RFC 3339), by integer arithmetic: no calendar library, no locale, no rounding.
///
/// Written always in UTC with six decimals, for example `2026-11-01T09:30:00.000000Z`, so that texts sort like times.
package enum RFC3339 {
    /// The text of a moment. Years before 0 or after 9999, which the standard cannot write, become its first or last.
    package static func format(_ time: UnixMicroseconds) -> String {
        let bounded = min(max(time, earliest), latest)
        let seconds = bounded.flooredQuotient(1_000_000)
        let days = seconds.flooredQuotient(86_400)
        let date = CivilDate(daysSinceEpoch: days)
        let second = seconds - days * 86_400
        var out: [UInt8] = []
        out.reserveCapacity(27)
        out.appendDigits(date.year, width: 4)
        out.appendDigits(date.month, width: 2, after: "-")
        out.appendDigits(date.day, width: 2, after: "-")
        out.appendDigits(second / 3600, width: 2, after: "T")
        out.appendDigits(second / 60 % 60, width: 2, after: ":")
        out.appendDigits(second % 60, width: 2, after: ":")
        out.appendDigits(bounded - seconds * 1_000_000, width: 6, after: ".")
        out.append(UInt8(ascii: "Z"))
        return String(decoding: out, as: UTF8.self)
    }

    /// Reads `date "T" time [fraction] ("Z" | offset)`. `nil` for anything else, including days that do not exist.
    ///
    /// A fraction may have up to 18 digits; those beyond microseconds are cut. Second 60 counts as the next minute's
    /// first, which is how Unix time sees a leap second.
    package static func parse(_ text: some StringProtocol) -> UnixMicroseconds? {
        var scanner = DigitScanner(text.utf8)
        guard let date = scanner.date(), scanner.skip("T", or: "t"),
            let second = scanner.timeOfDay(), let fraction = scanner.fraction(),
            let offset = scanner.offset(), scanner.isAtEnd
        else { return nil }
        return ((date.daysSinceEpoch * 86_400 + second) - offset) * 1_000_000 + fraction
    }

    /// 0000-01-01T00:00:00Z.
    private static let earliest: UnixMicroseconds = -62_167_219_200_000_000
    /// 9999-12-31T23:59:59.999999Z.
    private static let latest: UnixMicroseconds = 253_402_300_799_999_999
}

/// A day of the proleptic Gregorian calendar.
///
/// Both directions after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years are counted from March,
/// so that the leap day is the last of its year, in eras of 400 years (146,097 days).
private struct CivilDate {
    var year: Int64
    var month: Int64
    var day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSinceEpoch days: Int64) {
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.flooredQuotient(400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// False for months and days that the calendar does not have.
    var exists: Bool {
        guard (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day <= lengths[Int(month) - 1]
    }
}

/// Walks the bytes of a timestamp.
private struct DigitScanner<Bytes: Collection<UInt8>> {
    private var rest: Bytes.SubSequence

    init(_ bytes: Bytes) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ a: Unicode.Scalar, or b: Unicode.Scalar? = nil) -> Bool {
        guard let first = rest.first, first == UInt8(ascii: a) || b.map(UInt8.init(ascii:)) == first else {
            return false
        }
        rest = rest.dropFirst()
        return true
    }

    /// Exactly `count` digits.
    mutating func number(_ count: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<count {
            guard let digit = nextDigit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    mutating func date() -> CivilDate? {
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2) else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        return date.exists ? date : nil
    }

    /// Seconds since midnight.
    mutating func timeOfDay() -> Int64? {
        guard let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60, skip(":"),
            let second = number(2), second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Microseconds; 0 if there is no fraction, `nil` if there is a point and no digit after it.
    mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        var value: Int64 = 0
        var digits = 0
        while digits <= 18, let digit = nextDigit() {
            if digits < 6 { value = value * 10 + digit }
            digits += 1
        }
        guard (1...18).contains(digits) else { return nil }
        for _ in digits..<max(6, digits) { value *= 10 }
        return value
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int64? {
        if skip("Z", or: "z") { return 0 }
        let sign: Int64 = skip("+") ? 1 : -1
        guard sign == 1 || skip("-"), let hours = number(2), hours < 24, skip(":"),
            let minutes = number(2), minutes < 60
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private mutating func nextDigit() -> Int64? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest = rest.dropFirst()
        return Int64(byte - UInt8(ascii: "0"))
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity, for times before 1970.
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self + 1) / divisor - 1
    }
}

extension [UInt8] {
    /// Appends `separator`, then `value` (not negative) with leading zeros.
    fileprivate mutating func appendDigits(_ value: Int64, width: Int, after separator: Unicode.Scalar? = nil) {
        if let separator { append(UInt8(ascii: separator)) }
        var power: Int64 = 1
        for _ in 1..<width { power *= 10 }
        while power > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / power % 10))
            power /= 10
        }
    }
}

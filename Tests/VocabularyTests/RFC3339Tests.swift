import Testing
import Vocabulary

struct RFC3339Tests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (1_709_164_800_000_001, "2024-02-29T00:00:00.000001Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (4_107_542_399_999_999, "2100-02-28T23:59:59.999999Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func writesAndReadsTheSameMoment(time: Int64, text: String) {
        #expect(RFC3339.format(time) == text)
        #expect(RFC3339.parse(text) == time)
    }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() {
        var (year, month, day) = (1904, 1, 1)
        for dayNumber in Int64(-24_107)..<(-24_107 + 146_097) {
            let text = RFC3339.format(dayNumber * 86_400_000_000).prefix(10)
            #expect(text == "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))")
            (year, month, day) = next(year, month, day)
        }
        #expect((year, month, day) == (2304, 1, 1))
    }

    @Test func timesBeyondTheCalendarOfTheStandardAreHeldAtItsEnds() {
        #expect(RFC3339.format(.max) == "9999-12-31T23:59:59.999999Z")
        #expect(RFC3339.format(.min) == "0000-01-01T00:00:00.000000Z")
    }

    @Test(arguments: [
        ("2026-11-01T00:00:00+02:30", "2026-10-31T21:30:00.000000Z"),
        ("2026-11-01T00:00:00-00:30", "2026-11-01T00:30:00.000000Z"),
        ("2026-11-01t10:20:30.5z", "2026-11-01T10:20:30.500000Z"),
        ("2026-11-01T10:20:30.123456789Z", "2026-11-01T10:20:30.123456Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"),
    ])
    func readsOffsetsFractionsAndLeapSeconds(text: String, canonical: String) {
        #expect(RFC3339.parse(text).map(RFC3339.format) == canonical)
    }

    @Test(arguments: [
        "", "2026", "2026-11-01", "2026-11-01T10:20:30", "2026-11-01 10:20:30Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z", "2023-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z", "2026-11-01T24:00:00Z", "2026-11-01T00:60:00Z", "2026-11-01T00:00:61Z",
        "2026-11-01T00:00:00.Z", "2026-11-01T00:00:00.1234567890123456789Z", "2026-11-01T00:00:00+24:00",
        "2026-11-01T00:00:00+0100", "2026-11-01T00:00:00ZZ", "+026-11-01T00:00:00Z", "２026-11-01T00:00:00Z",
    ])
    func refusesWhatTheStandardDoesNotKnow(text: String) {
        #expect(RFC3339.parse(text) == nil)
    }

    private func pad(_ number: Int, _ width: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: width - digits.count) + digits
    }

    private func next(_ year: Int, _ month: Int, _ day: Int) -> (Int, Int, Int) {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        if day < length { return (year, month, day + 1) }
        return month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1)
    }
}

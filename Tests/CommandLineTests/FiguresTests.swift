import CommandLine
import Testing

@Suite struct FiguresTests {
    @Test(arguments: [
        (123_456, "$0.000123"), (0, "$0.000000"), (1_234_567_890_123, "$1234.567890"), (499, "$0.000000499"),
        (500, "$0.000001"), (999_999_500, "$1.000000"), (-2_000_000, "-$0.002000"), (1, "$0.000000001"),
        (Int64.max, "$9223372036.854776"), (Int64.min, "-$9223372036.854776"),
    ])
    func moneyHasSixDecimals(nanodollars: Int64, shown: String) {
        #expect(Figures.money(nanodollars) == shown)
    }

    @Test func whatIsNotKnownIsADash() {
        #expect(Figures.money(nil) == "-" && Figures.price(nil) == "-" && Figures.duration(nil) == "-")
        #expect(Figures.duration(.nan) == "-" && Figures.duration(-1) == "-" && Figures.time(nil) == "-")
    }

    @Test(arguments: [(150_000_000, "$0.15"), (3_000_000_000, "$3.00"), (1, "$0.000000001"), (37_500_000, "$0.0375")])
    func pricesLoseNothing(nanodollars: Int64, shown: String) {
        #expect(Figures.price(nanodollars) == shown)
    }

    @Test(arguments: [
        (0.0, "0.0ms"), (12.345, "12.3ms"), (123.4, "123ms"), (1234, "1.23s"), (59_994, "59.99s"), (59_996, "1m00s"),
        (125_000, "2m05s"), (3_725_000, "62m05s"),
    ])
    func durationsHaveThreeFigures(milliseconds: Double, shown: String) {
        #expect(Figures.duration(milliseconds) == shown)
    }

    @Test func timesAreShortened() {
        #expect(Figures.time("2026-11-01T09:30:00.000123Z") == "2026-11-01 09:30:00")
        #expect(Figures.time("yesterday") == "yesterday")
    }
}

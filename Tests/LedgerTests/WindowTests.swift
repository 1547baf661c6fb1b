import Ledger
import Testing
import Vocabulary

/// Windows begin and end to the microsecond, and a call belongs to the one it began in.
@Suite struct Windows {
    private static func time(_ text: String) -> Int64 { RFC3339.parse(text) ?? 0 }

    @Test(arguments: [
        ("minute", "2026-11-23T12:34:00Z", "2026-11-23T12:35:00Z"),
        ("hour", "2026-11-23T12:00:00Z", "2026-11-23T13:00:00Z"),
        ("day", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"),
        ("week", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"),
        ("month", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
        ("30d@2026-11-02T06:00:00Z", "2026-11-02T06:00:00Z", "2026-12-02T06:00:00Z"),
    ])
    func areExactAtTheirBorders(text: String, start: String, end: String) throws {
        let window = try #require(BudgetWindow(text))
        let span = WindowSpan(start: Self.time(start), end: Self.time(end))
        #expect(window.span(at: span.start) == span && window.span(at: span.end - 1) == span)
        #expect(window.span(at: Self.time("2026-11-23T12:34:56Z")) == span)
        #expect(window.span(at: span.end).start == span.end && window.span(at: span.start - 1).end == span.start)

        let desk = Desk(BudgetRule(id: "b", limit: 10, window: window))
        #expect(desk.spend(10, at: span.end - 1))
        let refusal = try #require(desk.reserve(1, at: span.end - 1).refusal)
        #expect(refusal.resetsAt == span.end && refusal.retryAfter == 1 && refusal.retryAfterSeconds == 1)
        #expect(desk.spend(10, at: span.end))
    }

    @Test(arguments: [
        ("2024-02-29T23:59:59Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"),
        ("2025-12-31T23:59:59Z", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("1969-12-31T23:59:59Z", "1969-12-01T00:00:00Z", "1970-01-01T00:00:00Z"),
    ])
    func monthsFollowTheCalendar(now: String, start: String, end: String) {
        let span = BudgetWindow.month.span(at: Self.time(now))
        #expect(span.start == Self.time(start) && span.end == Self.time(end))
    }

    @Test func aCallThatEndsAfterItsWindowIsChargedToTheWindowItBeganIn() throws {
        let desk = Desk(BudgetRule(id: "daily", limit: 100, window: .day))
        let midnight = Self.time("2026-11-24T00:00:00Z")
        let grant = try #require(desk.reserve(80, at: midnight - 1).grant)
        #expect(desk.spend(70, at: midnight))
        let charges = desk.settle(grant, 60, at: midnight + 5)
        #expect(charges.map(\.windowStart) == [midnight - 86_400 * Desk.second])
        #expect(try desk.state(at: midnight).used == 70)
        #expect(try desk.state(at: midnight - 1).used == 60)
    }

    @Test func aNewWindowLosesNothingThatIsStillOpen() throws {
        let desk = Desk(BudgetRule(id: "m", limit: 100, window: .minute))
        let grant = try #require(desk.reserve(80).grant)
        for minute in 1...50 { #expect(desk.spend(100, at: Desk.noon + Int64(minute) * 60 * Desk.second)) }
        #expect(desk.settle(grant, 30, at: Desk.noon + 3_600 * Desk.second).map(\.before) == [0])
        #expect(try desk.state().used == 30)
    }

    @Test func aClockThatJumpsNeitherLosesNorDoublesACharge() throws {
        let desk = Desk(BudgetRule(id: "daily", limit: 100, window: .day))
        let grant = try #require(desk.reserve(10).grant)
        #expect(desk.spend(40))
        let farAhead = Desk.noon + 400 * 86_400 * Desk.second
        #expect(desk.spend(100, at: farAhead))
        desk.settle(grant, 10, at: farAhead)
        #expect(try desk.state().used == 50)
        #expect(desk.reserve(51).refusal?.used == 50)
        #expect(desk.spend(50))
    }

    @Test func timesAtTheEndOfTheWorldDoNotTrap() {
        for rule in ["minute", "month", "week", "30d", "lifetime"] {
            let desk = Desk(BudgetRule(id: "b", limit: 10, window: BudgetWindow(rule) ?? .day))
            for now: Int64 in [.min, .max, 0, -1, .max - 1] { desk.spend(1, at: now) }
            #expect(desk.ledger.size.openCalls == 0)
        }
        let desk = Desk(LimitRule(id: "l", unit: .tokens, limit: 10))
        for now: Int64 in [.max, .min, .max, .min, 0] { desk.spend(0, tokens: 1, at: now) }
        #expect(desk.ledger.size.openCalls == 0)
    }

    @Test func textsReadBackAsTheyWereWritten() {
        let anchored = BudgetWindow.every(36 * 3_600 * Desk.second, from: Desk.noon)
        let named: [BudgetWindow] = [.minute, .hour, .day, .week, .month, .lifetime]
        for window in named + [.every(90_000_000, from: 0), anchored] {
            #expect(BudgetWindow(window.description) == window)
        }
        #expect(BudgetWindow("30d")?.description == "30d" && BudgetWindow("1mo") == .month)
        #expect(BudgetWindow("5m", from: 9) == .every(300_000_000, from: 9))
        for bad in ["", "d", "0d", "-1d", "1.5h", "30", "2mo", "1y", "99999999999d", "1d@yesterday", "+5m"] {
            #expect(BudgetWindow(bad) == nil, "\(bad)")
        }
    }
}

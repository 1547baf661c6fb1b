import Testing
import Vocabulary
import WhatIf

@Suite struct ReplayedCacheTests {
    /// Calls one second apart with these bodies.
    private func total(ttl: Microseconds, bodies: [UInt64?], outcome: CallOutcome = .ok) -> WhatIfReport {
        var plan = Traffic.plan(nil)
        plan.cacheTTL = ["smart": ttl]
        var replay = Replay(plan, seed: 1)
        for (number, body) in bodies.enumerated() { replay.add(Traffic.call(number, outcome: outcome, body: body)) }
        return replay.report(recorded: bodies.count)
    }

    @Test func theSameBodyIsAHitUntilItsTimeIsOver() {
        let report = total(ttl: 2_500_000, bodies: [1, 1, 1, 1, 2])
        // Stored at 0, hits at 1 and 2, too old at 3, where it is stored again.
        #expect(report.total.cacheHits == 2)
        #expect(report.total.changed.cost == Money(nanodollars: 30_000_000_000))
        #expect(report.total.p50Delta?.value == 0)
    }

    @Test func hitsTakeAsLongAsBeingLetIn() {
        let report = total(ttl: 600_000_000, bodies: Array(repeating: 1, count: 100))
        #expect(report.total.cacheHits == 99)
        #expect(report.total.changed.p50 == 500)
    }

    @Test func failedCallsAreNotStored() {
        #expect(total(ttl: 60_000_000, bodies: [1, 1, 1], outcome: .error).total.cacheHits == 0)
    }

    @Test func unknownBodiesAreNoHitsAndSaySo() {
        let report = total(ttl: 60_000_000, bodies: [nil, nil])
        #expect(report.total.cacheHits == 0)
        #expect(report.coverage.contains { $0.hasPrefix("2 calls had no body to compare") })
    }
}

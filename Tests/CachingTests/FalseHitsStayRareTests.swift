import Caching
import Testing

@Suite struct FalseHitsStayRareTests {
    /// A world in which hits of similarity `s` are false with probability `(1 - s) * steepness`, and similarities are
    /// spread evenly between the threshold and 1. Gives the true rate of false hits at a threshold.
    private func trueRate(_ threshold: Double, _ steepness: Double) -> Double { (1 - threshold) / 2 * steepness }

    private func run(
        _ meter: inout FalseHitMeter, hits: Int, steepness: Double, _ random: inout Seeded
    ) -> (hits: Int, wrong: Int) {
        var wrong = 0
        for step in 0..<hits {
            let similarity = Double.random(in: meter.threshold...1, using: &random)
            let isFalse = Double.random(in: 0..<1, using: &random) < (1 - similarity) * steepness
            if isFalse { wrong += 1 }
            if meter.samples(random: random.next()) {
                meter.judge(isFalse: isFalse, used: meter.threshold, at: Int64(step))
            }
        }
        return (hits, wrong)
    }

    @Test(arguments: [2.0, 5.0, 10.0, 20.0], [1, 2, 3] as [UInt64])
    func theRateConvergesBelowTheTarget(steepness: Double, seed: UInt64) {
        var random = Seeded(state: seed)
        var meter = FalseHitMeter(configured: 0.8, goals: .init(target: 0.05, sample: 0.2))
        _ = run(&meter, hits: 20_000, steepness: steepness, &random)
        let late = run(&meter, hits: 20_000, steepness: steepness, &random)
        #expect(Double(late.wrong) / Double(late.hits) < 0.05)
        #expect(meter.threshold <= FalseHitMeter.highest && meter.threshold >= 0.8)
        for change in meter.history { #expect(!change.reason.isEmpty && change.from != change.to) }
    }

    @Test func aGoodRouteIsLeftAlone() {
        var random = Seeded(state: 1)
        var meter = FalseHitMeter(configured: 0.95, goals: .init(target: 0.02, sample: 1))
        let all = run(&meter, hits: 5_000, steepness: 0.02, &random)
        #expect(all.wrong < 20)
        #expect(meter.threshold < 0.965)
    }

    @Test func itGoesBackWhenThingsAreGoodAgain() {
        var meter = FalseHitMeter(configured: 0.9, goals: .init(target: 0.05, sample: 1))
        for _ in 0..<2 { meter.judge(isFalse: true, used: 0.9, at: 0) }
        #expect(meter.threshold == 0.925)
        for step in 0..<100_000 { meter.judge(isFalse: false, used: meter.threshold, at: Int64(step)) }
        #expect(meter.threshold < 0.902)
        let first = meter.history.first { $0.to < $0.from }
        #expect(first?.reason.contains("at most") == true)
    }

    @Test func theFirstOnesAreAllJudged() {
        var meter = FalseHitMeter(configured: 0.9, goals: .init(target: 0.05, sample: 0.02))
        let first = (0..<20).map { _ in meter.samples(random: .max) }
        #expect(first.allSatisfy { $0 })
        let later = meter.samples(random: .max)
        #expect(!later)
        meter.couldNotJudge()
        let instead = meter.samples(random: .max)
        #expect(instead)
    }

    @Test func lateJudgementsCountForAllTimeOnly() {
        var meter = FalseHitMeter(configured: 0.9, goals: .init())
        meter.judge(isFalse: true, used: 0.8, at: 0)
        #expect(meter.judged == 0 && meter.judgedInAll == 1 && meter.wrongInAll == 1)
    }

    @Test func aNewConfigurationHolds() {
        var meter = FalseHitMeter(configured: 0.9, goals: .init())
        meter.configure(0.97, at: 5)
        #expect(meter.threshold == 0.97 && meter.configured == 0.97)
        meter.configure(0.97, at: 6)
        #expect(meter.history.count == 1)
    }
}

import Caching
import Testing

@Suite struct WilsonIntervalTests {
    /// Figures of Brown, Cai and DasGupta's definition, computed independently.
    @Test func knownFigures() {
        let interval = WilsonInterval(hits: 10, trials: 100)
        #expect(abs(interval.lower - 0.0552291) < 1e-6)
        #expect(abs(interval.upper - 0.1743657) < 1e-6)
    }

    @Test func nothingSeenSaysNothing() {
        #expect(WilsonInterval(hits: 0, trials: 0) == WilsonInterval(hits: 0, trials: 0))
        #expect(WilsonInterval(hits: 0, trials: 0).lower == 0)
        #expect(WilsonInterval(hits: 0, trials: 0).upper == 1)
    }

    @Test func noHitsLeaveAnUpperBound() {
        let interval = WilsonInterval(hits: 0, trials: 20)
        #expect(interval.lower == 0)
        #expect(abs(interval.upper - 0.1611248) < 1e-6)
    }
}

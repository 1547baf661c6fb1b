import Routing
import Testing

@Suite struct ProbeTests {
    private func view(_ breaker: BreakerPhase, last: FailureKind? = nil) -> HealthView {
        HealthView(brief: HealthBrief(breaker: breaker), lastFailure: last)
    }

    @Test func failuresOfTheProviderCountAgainstItsTargets() {
        let well = view(.closed)
        #expect(well.sample(of: .notReached)?.outcome == .failure(.connect))
        #expect(well.sample(of: .timedOut(after: 5))?.outcome == .failure(.timeout))
        #expect(well.sample(of: .answered(status: 503, after: 5))?.outcome == .failure(.serverError))
        #expect(well.sample(of: .answered(status: 401, after: 5))?.outcome == .failure(.authentication))
    }

    @Test func anAnswerSaysNothingOfATargetThatIsWell() {
        #expect(view(.closed).sample(of: .answered(status: 200, after: 5)) == nil)
        #expect(view(.closed).sample(of: .answered(status: 429, after: 5)) == nil)
    }

    @Test func anAnswerBringsBackOnlyWhatCouldNotBeReached() {
        let open = BreakerPhase.halfOpen(probesLeft: 1)
        let answer = ProbeFinding.answered(status: 404, after: 7)
        #expect(view(open, last: .connect).sample(of: answer)?.outcome == .success)
        #expect(view(open, last: .timeout).sample(of: answer)?.outcome == .success)
        #expect(view(open, last: .serverError).sample(of: answer) == nil)
    }

    @Test func aProbeOpensTheBreakerAndClosesItAgain() {
        let health = TargetHealth()
        for now in 1...5 as ClosedRange<UInt64> { health.probed(HealthSample(.failure(.connect)), now: now) }
        #expect(health.brief(now: 6).ruledOut(now: 6) != nil)
        let later: UInt64 = 10_000_000_000
        let sample = health.snapshot(now: later).sample(of: .answered(status: 200, after: 1))
        #expect(sample != nil)
        if let sample { health.probed(sample, now: later) }
        #expect(health.brief(now: later).breaker == .closed)
    }
}

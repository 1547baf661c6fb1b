import Routing
import Testing

@Suite struct BreakersOpenAndClose {
    private let rules = BreakerRules(
        consecutiveFailures: 3, failureShare: 0.5, minimumRequests: 10, window: 30 * second, cooldown: 5 * second,
        maximumCooldown: 12 * second, probes: 1)

    private func call(_ health: TargetHealth, _ outcome: HealthSample.Outcome, now: UInt64) {
        health.ended(health.began(now: now), HealthSample(outcome, total: 1), now: now)
    }

    private func fail(_ health: TargetHealth, times: Int, now: UInt64) {
        for _ in 0..<times { call(health, .failure(.serverError), now: now) }
    }

    @Test func failuresInARowOpen() {
        let health = TargetHealth(rules: rules)
        fail(health, times: 2, now: 0)
        #expect(health.brief(now: 0).breaker == .closed)
        call(health, .success, now: 0)
        fail(health, times: 2, now: 0)
        #expect(health.brief(now: 0).breaker == .closed)
        fail(health, times: 1, now: 0)
        #expect(health.brief(now: 0).breaker == .open(until: 5 * second))
        #expect(health.brief(now: 0).ruledOut(now: 0) == .breakerOpen(until: 5 * second))
    }

    @Test func soDoesAShareOfFailuresInTheWindow() {
        let health = TargetHealth(rules: rules)
        for _ in 0..<5 {
            call(health, .success, now: second)
            call(health, .failure(.timeout), now: second)
        }
        #expect(health.brief(now: second).breaker == .open(until: 6 * second))
        #expect(health.brief(now: second).errorRate == 0.5)
    }

    @Test func oldFailuresDoNotCount() {
        let health = TargetHealth(rules: rules)
        for _ in 0..<4 {
            call(health, .success, now: second)
            call(health, .failure(.timeout), now: second)
        }
        call(health, .failure(.timeout), now: 40 * second)
        #expect(health.brief(now: 40 * second).breaker == .closed)
        #expect(health.brief(now: 40 * second).errorRate == 1)
    }

    @Test func whatIsNotTheTargetsFaultDoesNotCount() {
        let health = TargetHealth(rules: rules)
        for kind in [FailureKind.badRequest, .contentPolicy, .contextWindow] {
            for _ in 0..<10 { call(health, .failure(kind), now: 0) }
        }
        for _ in 0..<10 { call(health, .cancelled, now: 0) }
        #expect(health.brief(now: 0).breaker == .closed)
        #expect(health.snapshot(now: 0).lastFailure == nil)
    }

    @Test func halfOpenLetsOneProbeThroughAndASuccessCloses() {
        let health = TargetHealth(rules: rules)
        fail(health, times: 3, now: 0)
        #expect(health.brief(now: 5 * second).breaker == .halfOpen(probesLeft: 1))
        let probe = health.began(now: 5 * second)
        #expect(probe.isProbe)
        #expect(health.brief(now: 5 * second).ruledOut(now: 5 * second) != nil)
        health.ended(probe, HealthSample(.success), now: 6 * second)
        #expect(health.brief(now: 6 * second).breaker == .closed)
    }

    @Test func failedProbesDoubleTheCooldownUpToTheMost() {
        let health = TargetHealth(rules: rules)
        fail(health, times: 3, now: 0)
        fail(health, times: 1, now: 5 * second)
        #expect(health.brief(now: 5 * second).breaker == .open(until: 15 * second))
        fail(health, times: 1, now: 15 * second)
        #expect(health.brief(now: 15 * second).breaker == .open(until: 27 * second))
        call(health, .success, now: 27 * second)
        fail(health, times: 3, now: 28 * second)
        #expect(health.brief(now: 28 * second).breaker == .open(until: 33 * second))
    }

    @Test func aProbeThatIsCancelledGivesItsPlaceBack() {
        let health = TargetHealth(rules: rules)
        fail(health, times: 3, now: 0)
        for _ in 0..<5 { call(health, .cancelled, now: 5 * second) }
        #expect(health.brief(now: 5 * second).breaker == .halfOpen(probesLeft: 1))
        #expect(health.brief(now: 5 * second).inFlight == 0)
    }

    @Test func answersToOldCallsDoNotCloseIt() {
        let health = TargetHealth(rules: rules)
        let old = health.began(now: 0)
        fail(health, times: 3, now: second)
        health.ended(old, HealthSample(.success), now: 2 * second)
        #expect(health.brief(now: 2 * second).breaker == .open(until: 6 * second))
    }

    @Test func rateLimitsCoolDownWithoutOpening() {
        let health = TargetHealth(rules: rules)
        for _ in 0..<20 { call(health, .rateLimited(retryAfter: 3 * second), now: 0) }
        #expect(health.brief(now: 0).breaker == .closed)
        #expect(health.brief(now: second).ruledOut(now: second) == .coolingDown(until: 3 * second))
        #expect(health.brief(now: 3 * second).ruledOut(now: 3 * second) == nil)
        call(health, .rateLimited(retryAfter: .max), now: 0)
        #expect(health.brief(now: 0).cooldownUntil == 300 * second)
    }

    @Test func activeProbesCount() {
        let health = TargetHealth(rules: rules)
        for _ in 0..<3 { health.probed(HealthSample(.failure(.connect)), now: 0) }
        #expect(health.brief(now: 0).breaker == .open(until: 5 * second))
        health.probed(HealthSample(.success), now: 6 * second)
        #expect(health.brief(now: 6 * second).breaker == .closed)
    }

    @Test func healthOutlivesAReloadAndIsForgottenWithItsTarget() {
        let board = HealthBoard()
        fail(board.health(for: "a", rules: rules), times: 3, now: 0)
        #expect(board.health(for: "a", rules: BreakerRules()).brief(now: 0).breaker == .open(until: 5 * second))
        board.keep(only: ["b"])
        #expect(board.health(for: "a").brief(now: 0).breaker == .closed)
        #expect(board.snapshots(now: 0).map(\.id) == ["a"])
    }

    @Test func allOpenIsBypassedLeastBadFirst() throws {
        let world = World()
        world.breakDown("a")
        let b = world.board.health(for: "b")
        for _ in 0..<10 { b.ended(b.began(now: 0), HealthSample(.success), now: 0) }
        world.breakDown("b")
        let route = try world.compile(#"{"name":"m","targets":[{"provider":"a"},{"provider":"b"}]}"#)
        let decision = route.decide()
        #expect(decision.isBreakerBypassed)
        #expect(route.labels(decision) == ["b", "a"])
        #expect(!route.decide(now: 60 * second).isBreakerBypassed)
    }

    @Test func oneTargetAloneIsBypassedToo() throws {
        let world = World()
        let route = try world.compile(#"{"name":"m","targets":[{"provider":"a"}]}"#)
        #expect(!route.decide().isBreakerBypassed)
        world.breakDown("a", now: second)
        let decision = route.decide()
        #expect(decision.isBreakerBypassed)
        #expect(route.labels(decision) == ["a"])
    }
}

@Suite struct LatencyIsFollowed {
    private func answer(_ health: TargetHealth, _ milliseconds: UInt64, now: UInt64) {
        let sample = HealthSample(
            .success, firstByte: milliseconds * 1_000_000, total: milliseconds * 1_000_000 + second, outputTokens: 50)
        health.ended(health.began(now: now), sample, now: now)
    }

    @Test func itJumpsUpAtOnceAndComesDownByHalves() {
        let health = TargetHealth()
        answer(health, 100, now: 0)
        answer(health, 900, now: 0)
        #expect(health.brief(now: 0).latency == 900_000_000)
        answer(health, 100, now: 10 * second)
        #expect(health.brief(now: 10 * second).latency == 500_000_000)
        #expect(health.brief(now: 20 * second).latency == 250_000_000)
    }

    @Test func percentilesAreThoseOfFiveMinutes() throws {
        let health = TargetHealth()
        for _ in 0..<90 { answer(health, 100, now: second) }
        for _ in 0..<10 { answer(health, 1000, now: second) }
        let view = health.snapshot(now: 2 * second)
        #expect(view.requests == 100)
        // Bins are up to 12.5 % wide and give their upper edge.
        #expect((100_000_000...113_000_000).contains(try #require(view.latencyP50)))
        #expect((1_000_000_000...1_130_000_000).contains(try #require(view.latencyP95)))
        #expect((50.0...57).contains(try #require(view.throughputP50)))
        #expect(health.snapshot(now: 400 * second).requests == 0)
        #expect(health.snapshot(now: 400 * second).latencyP50 == nil)
    }
}

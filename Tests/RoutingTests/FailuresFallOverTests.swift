import Routing
import Testing

@Suite struct FailuresFallOver {
    private func walk(_ text: String, _ world: World = World()) throws -> (AttemptWalk, CompiledRoute) {
        let route = try world.compile(text)
        return (AttemptWalk(route.decide()), route)
    }

    /// What a chain of failures leads to, as text.
    private func steps(_ text: String, _ failures: [RouteFailure], world: World = World()) throws -> [String] {
        var (walk, route) = try walk(text, world)
        var random = SeededGenerator(seed: 3)
        return failures.map { failure in
            switch walk.next(after: failure, budget: nil, now: second, random: &random) {
            case .retry(let attempt, _): "retry \(route.targets[attempt.target].reference.label)"
            case .fallOver(let attempt): route.targets[attempt.target].reference.label
            case .giveUp(let reason): reason.rawValue
            }
        }
    }

    private let chain = #"{"name":"m","targets":[{"provider":"a"},{"provider":"b"},{"provider":"c"}]}"#

    @Test func everyFailureOfATargetGoesToTheNext() throws {
        for status in [401, 403, 404, 408, 429, 500, 503, 529] {
            #expect(try steps(chain, [RouteFailure(status: status)]) == ["b"])
        }
        #expect(
            try steps(chain, [RouteFailure(.connect), RouteFailure(.timeout), RouteFailure(.streamBroken)]) == [
                "b", "c", "no_more_targets",
            ])
    }

    @Test func theCallersOwnMistakesDoNot() throws {
        #expect(try steps(chain, [RouteFailure(status: 400)]) == ["not_on_this_failure"])
        #expect(try steps(chain, [RouteFailure(.contentPolicy, status: 400)]) == ["not_on_this_failure"])
    }

    @Test func theGroupsStatusesDecideWhereItHasSome() throws {
        let text = #"{"name":"m","on_status":[400,503],"targets":[{"provider":"a"},{"provider":"b"}]}"#
        #expect(try steps(text, [RouteFailure(status: 400)]) == ["b"])
        #expect(try steps(text, [RouteFailure(status: 429)]) == ["not_on_this_failure"])
        #expect(try steps(text, [RouteFailure(.connect)]) == ["b"])
    }

    @Test func aFailureThatTheInnerGroupStopsAtGoesToTheOuterOne() throws {
        let text = #"""
            {"name":"m","on_status":["5xx"],"targets":[
              {"on_status":[429],"strategy":"fallback","targets":[{"provider":"a"},{"provider":"b"}]},
              {"provider":"c"}]}
            """#
        #expect(try steps(text, [RouteFailure(status: 429)]) == ["b"])
        #expect(try steps(text, [RouteFailure(status: 500)]) == ["c"])
        #expect(try steps(text, [RouteFailure(status: 404)]) == ["not_on_this_failure"])
    }

    @Test func retriesComeFirstAndAreCounted() throws {
        let text = #"{"name":"m","retry":2,"targets":[{"provider":"a"},{"provider":"b"}]}"#
        let failures = Array(repeating: RouteFailure(status: 503), count: 6)
        #expect(try steps(text, failures) == ["retry a", "retry a", "b", "retry b", "retry b", "no_more_targets"])
        #expect(try steps(text, [RouteFailure(status: 401)]) == ["b"])
    }

    @Test func retryAfterIsHonouredUpToItsMost() throws {
        let text = #"{"name":"m","retry":{"attempts":2,"maximum_retry_after":"10s"},"targets":[{"provider":"a"}]}"#
        var (walk, _) = try walk(text)
        var random = SeededGenerator(seed: 3)
        let step = walk.next(
            after: RouteFailure(status: 429, retryAfter: 7 * second), budget: nil, now: 0, random: &random)
        guard case .retry(_, let delay) = step else {
            Issue.record("no retry: \(step)")
            return
        }
        #expect(delay == 7 * second)
        let late = walk.next(
            after: RouteFailure(status: 429, retryAfter: 11 * second), budget: nil, now: 0, random: &random)
        #expect(late == .giveUp(.noMoreTargets))
    }

    @Test func anotherTargetIsBetterThanALongWait() throws {
        let text = #"{"name":"m","retry":2,"targets":[{"provider":"a"},{"provider":"b"}]}"#
        #expect(try steps(text, [RouteFailure(status: 429, retryAfter: 8 * second)]) == ["b"])
    }

    @Test func waitsDoubleUnderTheirBound() {
        let rules = RetryRules(attempts: 9, backoffBase: 100, backoffMaximum: 1000, jitter: 0)
        var random = SeededGenerator(seed: 1)
        let waits = (0..<6).map { rules.delay(attempt: $0, after: RouteFailure(.connect), using: &random) }
        #expect(waits == [100, 200, 400, 800, 1000, 1000])
        let jittered = RetryRules(attempts: 9, backoffBase: 100, backoffMaximum: 1000, jitter: 1)
        let drawn = (0..<200).compactMap { _ in
            jittered.delay(attempt: 2, after: RouteFailure(.connect), using: &random)
        }
        #expect(drawn.allSatisfy { $0 <= 400 })
        #expect(Set(drawn).count > 50)
    }

    @Test func tooLongAnInputGoesToALargerModelOnly() throws {
        let world = World()
        world.facts["a"] = TargetFacts(contextWindow: 8000)
        world.facts["b"] = TargetFacts(contextWindow: 8000)
        world.facts["c"] = TargetFacts(contextWindow: 32_000)
        #expect(try steps(chain, [RouteFailure(.contextWindow, status: 400)], world: world) == ["c"])
    }

    @Test func fallbacksForLongInputAndRefusedContentAreTheirOwn() throws {
        let text = #"""
            {"name":"m","targets":[{"provider":"a"},{"provider":"b"}],
             "context_window_fallback":[{"provider":"long"}], "content_policy_fallback":[{"provider":"lax"},{"provider":"a"}]}
            """#
        #expect(try steps(text, [RouteFailure(.contextWindow, status: 400)]) == ["long"])
        let refused = RouteFailure(.contentPolicy, status: 400)
        #expect(try steps(text, [refused, refused]) == ["lax", "no_more_targets"])
        #expect(try steps(text, [RouteFailure(status: 500), refused]) == ["b", "lax"])
    }

    @Test func anEmptyRetryBudgetMeansTheNextTarget() throws {
        let text = #"{"name":"m","retry":5,"targets":[{"provider":"a"},{"provider":"b"}]}"#
        let budget = RetryBudget(RetryBudgetState(shareThousandths: 0, perSecond: 1))
        var (walk, _) = try walk(text)
        var random = SeededGenerator(seed: 3)
        var made: [Bool] = []
        for _ in 0..<3 {
            if case .retry = walk.next(after: RouteFailure(status: 500), budget: budget, now: 0, random: &random) {
                made.append(true)
            } else {
                made.append(false)
            }
        }
        #expect(made == [true, false, false])
        #expect(walk.fallbacksMade == 1)
    }

    @Test func aHedgeGoesToTheFollowingTarget() throws {
        var (walk, route) = try walk(chain)
        let following = try #require(walk.following)
        #expect(route.targets[following.target].reference.label == "b")
        let turned = walk.turnToFollowing()
        #expect(turned == following)
        #expect(walk.current == following)
    }
}

@Suite struct RetryBudgets {
    @Test func allowAShareOfTheCalls() {
        var state = RetryBudgetState(shareThousandths: 200, perSecond: 0)
        var taken = 0
        for _ in 0..<1000 {
            state.called(now: 0)
            if state.take(now: 0) { taken += 1 }
        }
        #expect(taken == 200)
    }

    @Test func payByTheSecondWithoutSavingUp() {
        var state = RetryBudgetState(shareThousandths: 0, perSecond: 10)
        func drain(_ state: inout RetryBudgetState, now: UInt64) -> Int {
            var taken = 0
            while state.take(now: now) { taken += 1 }
            return taken
        }
        #expect(drain(&state, now: 0) == 10)
        #expect(drain(&state, now: second / 2) == 5)
        #expect(drain(&state, now: 3600 * second) == 10)
        #expect(drain(&state, now: second) == 0)
    }
}

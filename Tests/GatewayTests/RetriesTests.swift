import Gateway
import Routing
import Testing

/// Waits between tries, the budget for them, and the deadlines around them.
@Suite struct Retries {
    private let overloaded = RouteFailure(status: 503)
    private let limited = [admitted, connected(), began(429, .whole)]

    @Test func theProvidersRetryAfterIsWaited() throws {
        var (exchange, now) = exchange(limited, policy: try routed(targets: 1, retries: 1))
        let asked = refused(RouteFailure(status: 429, retryAfter: 3 * second))
        #expect(exchange.receive(asked, at: now) == [])
        #expect(exchange.deadline?.at == now + 3 * second)
        #expect(exchange.receive(.tick, at: now + 3 * second - 1) == [])
        #expect(exchange.receive(.tick, at: now + 3 * second) == [.startAttempt])
    }

    @Test func whoAsksForTooLongAWaitIsNotWaitedFor() throws {
        var (alone, now) = exchange(limited, policy: try routed(targets: 1, retries: 1))
        let asked = refused(RouteFailure(status: 429, retryAfter: 11 * second))
        #expect(alone.receive(asked, at: now).contains(.forwardHead))
        var (other, later) = exchange(limited, policy: try routed(targets: 2, retries: 1))
        let shorter = refused(RouteFailure(status: 429, retryAfter: 2 * second))
        #expect(other.receive(shorter, at: later) == [.startAttempt])
        #expect(other.lead?.target == 1, "nobody waits longer than a backoff where another target is left")
    }

    @Test func noWaitOutlastsTheCall() throws {
        var policy = try routed(targets: 1, retries: 1)
        policy.total = 3 * second
        var (exchange, now) = exchange([admitted, connected(), began(503, .whole)], policy: policy)
        // Admitted after a second, so a second's wait now would end as the call's time does.
        let actions: ExchangeActions = [.settle, .forwardHead, .forwardData, .endAnswer]
        #expect(exchange.receive(refused(overloaded), at: now) == actions)
    }

    @Test func theTotalHoldsOverAllTries() throws {
        var policy = try routed(targets: 1, retries: 10)
        policy.total = 10 * second
        var (exchange, now) = exchange([admitted], policy: policy)
        let begun = now
        var number = 1
        while !exchange.hasEnded {
            _ = exchange.receive(failed(.connect("refused"), attempt: number), at: now)
            guard let deadline = exchange.deadline else { break }
            now = deadline.at
            _ = exchange.receive(.tick, at: now)
            number += 1
        }
        #expect(exchange.hasEnded && now <= begun + 10 * second && exchange.attempts == 10)
        #expect(exchange.failure?.code == .upstreamConnect)
    }

    @Test func anEmptyBudgetTurnsToTheNextTarget() throws {
        var policy = try routed(targets: 2, retries: 5)
        policy.retryBudget = RetryBudget(RetryBudgetState(shareThousandths: 0, perSecond: 0))
        var (exchange, now) = exchange([admitted, connected(), began(503, .whole)], policy: policy)
        #expect(exchange.receive(refused(overloaded), at: now) == [.startAttempt])
        #expect(exchange.lead?.target == 1)
    }

    @Test func anEmptyBudgetAndNoTargetIsTheEnd() throws {
        var policy = try routed(targets: 1, retries: 5)
        policy.retryBudget = RetryBudget(RetryBudgetState(shareThousandths: 0, perSecond: 0))
        var (exchange, now) = exchange([admitted, connected(), began(503, .whole)], policy: policy)
        #expect(exchange.receive(refused(overloaded), at: now).contains(.forwardHead))
        #expect(exchange.status == 503)
    }

    @Test func theBudgetIsSharedByCalls() throws {
        var policy = try routed(targets: 1, retries: 5)
        policy.retryBudget = RetryBudget(RetryBudgetState(shareThousandths: 0, perSecond: 2))
        let ended = (0..<4).map { _ in
            var (exchange, now) = exchange([admitted, connected(), began(503, .whole)], policy: policy)
            _ = exchange.receive(refused(overloaded), at: now)
            return exchange.hasEnded
        }
        #expect(ended == [false, false, true, true])
    }

    @Test func retriesComeBeforeTheNextTargetAndEachTargetHasItsOwn() throws {
        var (exchange, now) = exchange([admitted], policy: try routed(targets: 2, retries: 1))
        for number in [1, 3] {
            #expect(exchange.receive(failed(.busy, attempt: number), at: now) == [])
            now += second
            #expect(exchange.receive(.tick, at: now) == [.startAttempt])
            let actions = exchange.receive(failed(.busy, attempt: number + 1), at: now)
            #expect(actions == (number == 1 ? [.startAttempt] : [.settle, .failAnswer]))
        }
        #expect(exchange.failedAttempts.map(\.target) == [0, 0, 1, 1])
    }

    @Test func theFirstTokenHasADeadline() throws {
        for targets in [1, 2] {
            let policy = try routed(targets: targets) { $0.timeouts = AttemptTimeouts(firstToken: 5 * second) }
            var (exchange, now) = exchange([admitted, connected(), began()], policy: policy)
            _ = exchange.receive(data(content: false), at: now)
            #expect(exchange.deadline?.at == 7 * second, "five seconds after it was sent")
            let actions = exchange.receive(.tick, at: 7 * second)
            let expected: ExchangeActions =
                targets == 2 ? [.cancelAttempt, .startAttempt] : [.cancelAttempt, .settle, .breakAnswer]
            #expect(actions == expected)
            #expect(exchange.failedAttempts.map(\.cause.code) == ["upstream_first_token_timeout"])
        }
    }

    @Test func contentEndsTheFirstTokensDeadline() throws {
        let policy = try routed(targets: 1) { $0.timeouts = AttemptTimeouts(firstToken: 5 * second) }
        let (exchange, now) = exchange(streaming, policy: policy)
        #expect(exchange.deadline?.at == now + 10 * second)
    }

    @Test func anAttemptHasATotalOfItsOwn() throws {
        let policy = try routed(targets: 2) { $0.timeouts = AttemptTimeouts(total: 4 * second) }
        var (exchange, _) = exchange([admitted, connected(), began()], policy: policy)
        #expect(exchange.deadline?.at == 5 * second)
        #expect(exchange.receive(.tick, at: 5 * second) == [.cancelAttempt, .startAttempt])
        #expect(exchange.failedAttempts.map(\.cause.code) == ["upstream_total_timeout"])
    }

    @Test func aStaleConnectionIsReplacedAtTheSameTargetOutsideAllRules() throws {
        let stale = AttemptFailure.closed(reused: true, answered: false)
        var (exchange, now) = exchange([admitted, connected()], policy: try routed(targets: 2))
        #expect(exchange.receive(failed(stale), at: now) == [.startAttempt, .useFreshConnection])
        #expect(exchange.lead?.target == 0 && exchange.failedAttempts.isEmpty)
        #expect(exchange.receive(failed(stale, attempt: 2), at: now) == [.startAttempt])
        #expect(exchange.lead?.target == 1)
    }
}

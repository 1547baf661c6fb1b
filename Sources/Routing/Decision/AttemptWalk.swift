/// Walks one decision's attempts: what to do after each failure. A value; the driver of the call keeps it.
package struct AttemptWalk: Sendable {
    private let decision: RoutingDecision
    private var list: [PlannedAttempt]
    private var position = 0
    /// Targets that have been tried.
    private var tried: [Int] = []
    /// Tries of the current target after its first.
    package private(set) var retries = 0
    /// Retries of all targets so far.
    package private(set) var retriesMade = 0
    /// How often another target was turned to.
    package private(set) var fallbacksMade = 0

    package init(_ decision: RoutingDecision) {
        self.decision = decision
        list = decision.attempts
    }

    /// The attempt to make now; `nil` where no target may take the call.
    package var current: PlannedAttempt? { position < list.count ? list[position] : nil }

    /// The target that would be turned to if the current one failed by itself: where a hedge goes.
    package var following: PlannedAttempt? { nextPosition(after: RouteFailure(.timeout)).map { list[$0] } }

    /// True where some failure of the current attempt would be followed by another: its answer is then worth holding
    /// back until it is known to be good.
    package var hasAlternative: Bool {
        guard let current else { return false }
        return retries < current.retry.attempts || position + 1 < list.count
            || decision.contextWindowAttempts.contains { isFresh($0) }
            || decision.contentPolicyAttempts.contains { isFresh($0) }
    }

    private func isFresh(_ attempt: PlannedAttempt) -> Bool {
        attempt.target != list[position].target && !tried.contains(attempt.target)
    }

    /// What to do after the current attempt has failed, or after the last step's attempt has.
    ///
    /// - Parameters:
    ///   - budget: Asked before each retry; turning to another target is free.
    ///   - now: Monotonic nanoseconds.
    package mutating func next(
        after failure: RouteFailure, budget: RetryBudget?, now: UInt64, random: inout some RandomNumberGenerator
    ) -> AttemptStep {
        guard let current else { return .giveUp(.noTarget) }
        if let special = turnToSpecialList(after: failure) { return special }
        let next = nextPosition(after: failure)
        if retries < current.retry.attempts, current.retry.allows(failure),
            let delay = current.retry.delay(attempt: retries, after: failure, using: &random),
            next == nil || delay <= current.retry.backoffMaximum
        {
            if budget?.take(now: now) ?? true {
                retries += 1
                retriesMade += 1
                return .retry(current, after: delay)
            }
            if next == nil { return .giveUp(.retryBudgetEmpty) }
        }
        guard let next else { return .giveUp(list.count > position + 1 ? .notOnThisFailure : .noMoreTargets) }
        return turn(to: next)
    }

    /// The hedge has been sent: `following` becomes the current attempt.
    package mutating func turnToFollowing() -> PlannedAttempt? {
        guard let next = nextPosition(after: RouteFailure(.timeout)) else { return nil }
        _ = turn(to: next)
        return current
    }

    private mutating func turn(to next: Int) -> AttemptStep {
        tried.append(list[position].target)
        position = next
        retries = 0
        fallbacksMade += 1
        return .fallOver(list[position])
    }

    /// Too long an input and refused content have lists of their own, where the route has them.
    private mutating func turnToSpecialList(after failure: RouteFailure) -> AttemptStep? {
        let special: [PlannedAttempt]
        switch failure.kind {
        case .contextWindow: special = decision.contextWindowAttempts
        case .contentPolicy: special = decision.contentPolicyAttempts
        default: return nil
        }
        let fresh = special.filter { isFresh($0) }
        guard !fresh.isEmpty else { return nil }
        tried.append(list[position].target)
        list = fresh
        position = 0
        retries = 0
        fallbacksMade += 1
        return .fallOver(fresh[0])
    }

    private func nextPosition(after failure: RouteFailure) -> Int? {
        guard let current else { return nil }
        return list.indices.dropFirst(position + 1).first { place in
            !tried.contains(list[place].target) && current.fallsOver(to: list[place], after: failure)
        }
    }
}

/// What to do after a failure.
package enum AttemptStep: Sendable, Hashable {
    /// Try the same target again, after that many nanoseconds.
    case retry(PlannedAttempt, after: UInt64)
    /// Try another target at once.
    case fallOver(PlannedAttempt)
    /// The failure is the answer.
    case giveUp(GiveUpReason)
}

/// Why no further attempt is made.
package enum GiveUpReason: String, Sendable, Hashable {
    case noTarget = "no_target"
    case noMoreTargets = "no_more_targets"
    /// There are more targets, but not for this kind of failure.
    case notOnThisFailure = "not_on_this_failure"
    case retryBudgetEmpty = "retry_budget_empty"
}

extension PlannedAttempt {
    /// Whether `other` is tried after this one has failed so: the innermost group that holds both decides.
    func fallsOver(to other: PlannedAttempt, after failure: RouteFailure) -> Bool {
        if failure.kind == .contextWindow, let mine = contextWindow, let theirs = other.contextWindow, theirs <= mine {
            return false
        }
        guard let codes = commonGroup(with: other)?.onStatusCodes, let status = failure.status else {
            return failure.kind.fallsOverByDefault
        }
        return codes.contains(status)
    }

    private func commonGroup(with other: PlannedAttempt) -> LineageStep? {
        for (mine, theirs) in zip(lineage, other.lineage) {
            guard mine.group == theirs.group else { return nil }
            if mine.member != theirs.member { return mine }
        }
        return nil
    }
}

extension FailureKind {
    /// Another target would most likely refuse a wrong request too, and refused content is not carried from provider to
    /// provider unless the route says so.
    var fallsOverByDefault: Bool { self != .badRequest && self != .contentPolicy }
}

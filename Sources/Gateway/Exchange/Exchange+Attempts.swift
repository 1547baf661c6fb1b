import Routing
import Runtime
import Vocabulary

// Towards the upstreams: which target is tried when.

extension Exchange {
    mutating func lookingUp(_ now: UInt64) -> ExchangeActions {
        guard phase == .fresh else { return [] }
        phase = .lookingUp
        waitingSince = now
        admittedAt = now
        return []
    }

    mutating func found(_ now: UInt64) -> ExchangeActions {
        guard phase == .fresh || phase == .lookingUp else { return [] }
        timing.admittedAfter = offset(now)
        answerStatus = 200
        var actions = settle(now)
        phase = .ended
        if !clientIsGone { actions.insert(.serveStored) }
        return actions
    }

    mutating func admitted(_ hasRoom: Bool, _ now: UInt64) -> ExchangeActions {
        guard phase == .fresh || phase == .lookingUp else { return [] }
        admittedAt = now
        timing.admittedAfter = offset(now)
        if hasRoom { return startFirst(now) }
        phase = .waiting
        waitingSince = now
        return []
    }

    mutating func startFirst(_ now: UInt64) -> ExchangeActions {
        lead = lane(walk?.current, now)
        return [.startAttempt]
    }

    /// A new attempt at a target; at the only one where there is no walk.
    func lane(_ planned: PlannedAttempt?, number: Int, _ now: UInt64) -> Lane {
        let target = planned?.target ?? 0
        let rules = policy.attempts[target]
        return Lane(
            number: number, target: target, rules: planned.map { rules.overridden(by: $0.timeouts) } ?? rules,
            startedAfter: offset(now), startedAt: now, stage: .connecting, since: now
        )
    }

    mutating func lane(_ planned: PlannedAttempt?, _ now: UInt64) -> Lane {
        phase = .trying
        attempts += 1
        return lane(planned, number: attempts, now)
    }

    mutating func connected(_ attempt: Int, _ now: UInt64) -> ExchangeActions {
        let after = offset(now)
        withLane(attempt) { lane in
            guard lane.stage == .connecting else { return }
            lane.stage = .awaitingAnswer
            lane.since = now
            lane.sentAt = now
            lane.connectedAfter = after
        }
        if timing.connectedAfter == nil { timing.connectedAfter = after }
        return []
    }

    /// True for the lead, false for the rival, `nil` for an attempt that is over.
    func isLead(_ attempt: Int) -> Bool? {
        if lead?.number == attempt { return true }
        return rival?.number == attempt ? false : nil
    }

    /// Changes one of the lanes; nothing happens for an attempt that is over.
    mutating func withLane(_ attempt: Int, _ body: (inout Lane) -> Void) {
        if lead?.number == attempt {
            if var lane = lead {
                body(&lane)
                lead = lane
            }
        } else if rival?.number == attempt, var lane = rival {
            body(&lane)
            rival = lane
        }
    }

    // MARK: An attempt came to nothing

    mutating func failed(
        _ attempt: Int, _ reason: AttemptFailure, _ now: UInt64, _ random: UInt64
    ) -> ExchangeActions {
        if let actions = replaceStale(attempt, reason, now) { return actions }
        return ended(attempt, .failed(reason), now, random: random)
    }

    /// A kept-alive connection that the provider closed just as it was used again: nothing was answered, so the same
    /// request goes out on a fresh one, outside of all retry rules.
    private mutating func replaceStale(
        _ attempt: Int, _ reason: AttemptFailure, _ now: UInt64
    ) -> ExchangeActions? {
        guard case .closed(let reused, let answered) = reason, reused, !answered, raceRetriesLeft > 0, !clientIsGone,
            phase == .trying, rival == nil, let stale = lead, stale.number == attempt, stale.stage != .answering
        else { return nil }
        raceRetriesLeft -= 1
        attempts += 1
        var fresh = Lane(
            number: attempts, target: stale.target, rules: stale.rules, startedAfter: offset(now), startedAt: now,
            stage: .connecting, since: now
        )
        fresh.isContinuation = stale.isContinuation
        lead = fresh
        return stale.isContinuation
            ? [.startAttempt, .useFreshConnection, .continueAnswer] : [.startAttempt, .useFreshConnection]
    }

    /// What happens after an attempt is over: the rival takes over, another try, the next target, or the end.
    ///
    /// - Parameter cancels: The attempt is still running and must be given up.
    mutating func ended(
        _ attempt: Int, _ cause: AttemptCause, _ now: UInt64, cancels: Bool = false, random: UInt64
    ) -> ExchangeActions {
        guard phase == .trying, let isLead = isLead(attempt), let lane = isLead ? lead : rival else { return [] }
        if sawTerminal { return finish(now).union(cancels ? .cancelAttempt : []) }
        note(lane, cause, isHedge: !isLead, now)
        if !isLead {
            rival = nil
            hedgeCause = cause
            return cancels ? [.cancelRival] : []
        }
        let cancel: ExchangeActions = cancels ? .cancelAttempt : []
        if let rival, lane.stage != .answering {
            lead = rival
            self.rival = nil
            return cancel.union(.promoteRival)
        }
        if clientIsGone { return giveUp(cause, lane, now, cancels: cancels) }
        if lane.stage == .answering, !mayGoOn { return giveUp(cause, lane, now, cancels: cancels) }
        return cancel.union(next(after: cause, lane, now, cancels: cancels, random))
    }

    /// True where a broken stream may go on at another target.
    private var mayGoOn: Bool { policy.continuesBrokenStreams && hasSentContent && canContinue }

    mutating func note(_ lane: Lane, _ cause: AttemptCause, isHedge: Bool, _ now: UInt64) {
        failedAttempts.append(
            AttemptTrace(
                target: lane.target, startedAfter: lane.startedAfter, endedAfter: offset(now), cause: cause,
                isHedge: isHedge
            )
        )
    }

    private mutating func next(
        after cause: AttemptCause, _ lane: Lane, _ now: UInt64, cancels: Bool, _ random: UInt64
    ) -> ExchangeActions {
        switch step(after: cause, now, random) {
        case .retry(_, let wait) where now &+ wait < admittedAt &+ policy.total:
            phase = .backingOff(until: now &+ wait)
            return []
        case .fallOver(let planned):
            raceRetriesLeft = policy.raceRetries
            var lane = self.lane(planned, now)
            lane.isContinuation = hasSentContent
            lead = lane
            guard hasSentContent else { return .startAttempt }
            wasContinued = true
            return [.startAttempt, .continueAnswer]
        case .retry, .giveUp, nil:
            return giveUp(cause, lane, now, cancels: cancels)
        }
    }

    /// What the walk says. It stands at the hedge's target once there was a hedge: how that one failed counts then.
    private mutating func step(after cause: AttemptCause, _ now: UInt64, _ random: UInt64) -> AttemptStep? {
        // A broken stream never goes back to the target that broke it.
        if hasSentContent { return walk?.turnToFollowing().map { .fallOver($0) } }
        var generator = FastRandom(seed: random)
        defer { hedgeCause = nil }
        return walk?.next(
            after: (hedgeCause ?? cause).failure, budget: policy.retryBudget, now: now, random: &generator
        )
    }

    /// Nothing more is tried: the caller gets the provider's error as it is, or is told ours.
    private mutating func giveUp(
        _ cause: AttemptCause, _ lane: Lane, _ now: UInt64, cancels: Bool
    ) -> ExchangeActions {
        switch cause {
        case .refused(let refusal):
            if lane.stage == .refusing, !hasAnswerBegun { return passOn(lane, now) }
            return fail(hasAnswerBegun ? .brokenByProvider(refusal) : .refusedInStream(refusal), now, cancel: cancels)
        case .failed(let reason): return fail(reason.failure(afterAnswer: hasAnswerBegun), now, cancel: cancels)
        case .timedOut(let failure): return fail(failure, now, cancel: cancels)
        case .outrun: return []
        }
    }

    private mutating func passOn(_ lane: Lane, _ now: UInt64) -> ExchangeActions {
        answerStatus = lane.status
        var actions = settle(now)
        phase = .ended
        if !clientIsGone { actions.formUnion([.forwardHead, .forwardData, .endAnswer]) }
        return actions
    }

    /// True while a failure of the lead could still be hidden from the caller.
    var hasAlternative: Bool { rival != nil || walk?.hasAlternative == true }
}

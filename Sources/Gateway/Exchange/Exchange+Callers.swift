import Routing
import Vocabulary

// The caller's side, time, and failure.

extension Exchange {
    mutating func clientLeft(_ now: UInt64) -> ExchangeActions {
        guard !clientIsGone else { return [] }
        clientIsGone = true
        // The wait for the caller does not count as the provider's.
        if blockedSince != nil { lead?.since = now }
        blockedSince = nil
        if !sawTerminal, failure == nil { failure = .clientLeft }
        var actions: ExchangeActions = rival == nil ? [] : .cancelRival
        rival = nil
        if policy.departure == .drain || isAwaitedByOthers, isUnderWay, !sawTerminal {
            return actions.union(.resumeUpstream)
        }
        let hadAttempt = phase == .trying && lead != nil
        actions.formUnion(settle(now))
        phase = .ended
        if hadAttempt { actions.insert(.cancelAttempt) }
        return actions
    }

    /// True while an upstream works on an answer.
    private var isUnderWay: Bool {
        guard phase == .trying, let lead else { return false }
        return lead.stage != .connecting && lead.stage != .refusing
    }

    mutating func clientBlocked(_ now: UInt64) -> ExchangeActions {
        guard phase == .trying, lead?.stage == .answering, !clientIsGone, blockedSince == nil else { return [] }
        blockedSince = now
        return [.pauseUpstream]
    }

    mutating func clientReady(_ now: UInt64) -> ExchangeActions {
        guard blockedSince != nil else { return [] }
        blockedSince = nil
        lead?.since = now
        return [.resumeUpstream]
    }
}

// MARK: - Time

extension Exchange {
    /// The next moment at which something is overdue, and what that would mean.
    package var deadline: (at: UInt64, failure: GatewayFailure)? {
        switch phase {
        case .fresh, .ended: return nil
        case .lookingUp: return (waitingSince &+ policy.lookupWait, .totalTimeout)
        case .waiting: return (waitingSince &+ policy.admissionWait, .overloaded)
        case .backingOff(let until): return earliest(until, .totalTimeout)
        case .trying: break
        }
        guard let lead else { return nil }
        var next = deadline(of: lead)
        if let rival {
            let other = deadline(of: rival)
            if other.at < next.at { next = other }
        } else if let hedge = hedgeMoment(lead), hedge < next.at {
            next = (hedge, .totalTimeout)
        }
        return earliest(next.at, next.failure)
    }

    private func deadline(of lane: Lane) -> (at: UInt64, failure: GatewayFailure) {
        let next = stageDeadline(of: lane)
        guard let total = lane.rules.total, lane.stage != .answering, lane.startedAt &+ total < next.at else {
            return next
        }
        return (lane.startedAt &+ total, .totalTimeout)
    }

    private func stageDeadline(of lane: Lane) -> (at: UInt64, failure: GatewayFailure) {
        let rules = lane.rules
        switch lane.stage {
        case .connecting: return (lane.since &+ rules.connect, .connectTimeout)
        case .awaitingAnswer:
            let first = lane.since &+ rules.firstByte
            if let token = rules.firstToken, lane.sentAt &+ token < first {
                return (lane.sentAt &+ token, .firstTokenTimeout)
            }
            return (first, .firstByteTimeout)
        case .holding: return contentDeadline(of: lane, orElse: lane.since &+ rules.idle)
        case .refusing: return (lane.since &+ rules.idle, .idleTimeout)
        case .answering:
            if let blockedSince { return (blockedSince &+ policy.clientStall, .clientStalled) }
            return contentDeadline(of: lane, orElse: lane.since &+ rules.idle)
        }
    }

    /// Between two reads; and a stream's first content has a deadline of its own.
    private func contentDeadline(of lane: Lane, orElse idle: UInt64) -> (at: UInt64, failure: GatewayFailure) {
        guard lane.awaitsContent, let token = lane.rules.firstToken, lane.sentAt &+ token < idle else {
            return (idle, .idleTimeout)
        }
        return (lane.sentAt &+ token, .firstTokenTimeout)
    }

    /// When a second attempt joins; `nil` where none does.
    private func hedgeMoment(_ lane: Lane) -> UInt64? {
        guard let hedge = policy.hedge, hedgesSent < hedge.maximum, !clientIsGone, lane.stage == .awaitingAnswer,
            !hasAnswerBegun, walk?.following != nil
        else { return nil }
        return lane.sentAt &+ hedge.after
    }

    private func earliest(_ at: UInt64, _ failure: GatewayFailure) -> (at: UInt64, failure: GatewayFailure) {
        let end = admittedAt &+ policy.total
        return end < at ? (end, .totalTimeout) : (at, failure)
    }

    mutating func tick(_ now: UInt64, _ random: UInt64) -> ExchangeActions {
        guard let deadline, now >= deadline.at else { return [] }
        switch phase {
        case .fresh, .ended: return []
        case .lookingUp: return admitted(true, now)
        case .waiting: return fail(deadline.failure, now)
        case .backingOff(let until): return now >= until ? tryAgain(now) : fail(.totalTimeout, now)
        case .trying: return overdue(deadline.failure, now, random)
        }
    }

    private mutating func overdue(
        _ reason: GatewayFailure, _ now: UInt64, _ random: UInt64
    ) -> ExchangeActions {
        guard let lead, now < admittedAt &+ policy.total, reason.code != .clientStalled else {
            return fail(reason, now)
        }
        if let rival, now >= self.deadline(of: rival).at {
            return ended(
                rival.number, .timedOut(self.deadline(of: rival).failure), now, cancels: true, random: random
            )
        }
        if rival == nil, let hedge = hedgeMoment(lead), now >= hedge, now < self.deadline(of: lead).at {
            return startRival(now)
        }
        return ended(lead.number, .timedOut(reason), now, cancels: true, random: random)
    }

    private mutating func startRival(_ now: UInt64) -> ExchangeActions {
        guard let planned = walk?.turnToFollowing() else { return [] }
        hedgesSent += 1
        hedgeCause = nil
        rival = lane(planned, now)
        return [.startRival]
    }

    private mutating func tryAgain(_ now: UInt64) -> ExchangeActions {
        lead = lane(walk?.current, now)
        return [.startAttempt]
    }

    mutating func fail(_ reason: GatewayFailure, _ now: UInt64, cancel: Bool = true) -> ExchangeActions {
        // The caller has the whole answer: only the connection's end is missing.
        if sawTerminal { return finish(now).union(.cancelAttempt) }
        if failure == nil { failure = reason }
        let hadAttempt = phase == .trying && lead != nil
        var actions = settle(now)
        phase = .ended
        if cancel, hadAttempt { actions.insert(.cancelAttempt) }
        if rival != nil { actions.insert(.cancelRival) }
        if !clientIsGone { actions.insert(answerStatus == 0 ? .failAnswer : .breakAnswer) }
        return actions
    }
}

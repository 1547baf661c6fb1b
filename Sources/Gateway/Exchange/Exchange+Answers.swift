import Vocabulary

// The answer on its way to the caller.

extension Exchange {
    mutating func answerBegan(_ attempt: Int, _ status: Int, _ hold: Hold, _ now: UInt64) -> ExchangeActions {
        guard phase == .trying, let isLead = isLead(attempt), let lane = isLead ? lead : rival,
            lane.stage == .awaitingAnswer || lane.stage == .connecting
        else { return [] }
        let isGood = status < 400
        let firstByteAfter = offset(now)
        withLane(attempt) { lane in
            lane.status = status
            lane.since = now
            lane.firstByteAfter = firstByteAfter
            lane.stage = isGood ? .holding(hold) : .refusing
            lane.awaitsContent = isGood && hold == .untilContent
        }
        guard isGood else { return refusalBegan(attempt, hold, now) }
        var actions: ExchangeActions = []
        // The first good answer wins the race.
        if let rival, let lead {
            note(isLead ? rival : lead, .outrun, isHedge: isLead, now)
            if isLead {
                actions.insert(.cancelRival)
            } else {
                actions.formUnion([.cancelAttempt, .promoteRival])
                self.lead = rival
            }
            self.rival = nil
        }
        guard let lane = lead else { return actions }
        if lane.isContinuation {
            lead?.stage = .answering
            // The caller still does not read: the new upstream has to wait as the broken one had to.
            return blockedSince == nil ? actions : actions.union(.pauseUpstream)
        }
        if hold == .whole || hasAlternative { return actions }
        return actions.union(commit(now))
    }

    /// An error answer is passed on as it comes where nothing else could be tried and nothing has to be rewritten.
    private mutating func refusalBegan(_ attempt: Int, _ hold: Hold, _ now: UInt64) -> ExchangeActions {
        guard let lane = lead, lane.number == attempt, hold != .whole, !hasAlternative, !lane.isContinuation
        else { return [] }
        return commit(now)
    }

    /// From here on the caller gets this answer.
    private mutating func commit(_ now: UInt64) -> ExchangeActions {
        guard let lane = lead else { return [] }
        lead?.stage = .answering
        answerStatus = lane.status
        timing.connectedAfter = lane.connectedAfter
        timing.firstByteAfter = lane.firstByteAfter
        return clientIsGone ? [] : [.forwardHead]
    }

    mutating func answerData(_ content: Bool, _ bytes: Int, _ now: UInt64) -> ExchangeActions {
        guard phase == .trying, let lane = lead else { return [] }
        if content { lead?.awaitsContent = false }
        if content, timing.firstTokenAfter == nil { timing.firstTokenAfter = offset(now) }
        switch lane.stage {
        case .answering:
            lead?.since = now
            if content { hasSentContent = true }
            return clientIsGone ? [] : [.forwardData]
        case .holding(let hold):
            lead?.since = now
            lead?.held += bytes
            guard endsHold(hold, content, lane.held + bytes) else { return [] }
            if content { hasSentContent = true }
            return commit(now).union(clientIsGone ? [] : [.forwardData])
        case .refusing:
            lead?.since = now
            return []
        case .connecting, .awaitingAnswer: return []
        }
    }

    private func endsHold(_ hold: Hold, _ content: Bool, _ held: Int) -> Bool {
        switch hold {
        case .untilContent: content || held > policy.holdLimit
        case .untilEnd: held > policy.holdLimit
        case .whole: false
        }
    }

    mutating func terminal(_ content: Bool, _ now: UInt64) -> ExchangeActions {
        guard phase == .trying, let lane = lead, !sawTerminal else { return [] }
        if content, timing.firstTokenAfter == nil { timing.firstTokenAfter = offset(now) }
        switch lane.stage {
        case .answering:
            sawTerminal = true
            return settle(now)
        case .holding:
            sawTerminal = true
            let head = commit(now)
            return settle(now).union(head)
        case .connecting, .awaitingAnswer, .refusing:
            return []
        }
    }

    mutating func answerEnded(_ now: UInt64) -> ExchangeActions {
        guard phase == .trying, let lane = lead else { return [] }
        switch lane.stage {
        case .answering: return finish(now)
        case .holding:
            let head = commit(now)
            return finish(now).union(head).union(clientIsGone ? [] : [.forwardData])
        case .connecting, .awaitingAnswer, .refusing: return []
        }
    }

    mutating func finish(_ now: UInt64) -> ExchangeActions {
        var actions = settle(now)
        phase = .ended
        if !clientIsGone { actions.insert(.endAnswer) }
        return actions
    }

    mutating func settle(_ now: UInt64) -> ExchangeActions {
        guard !isSettled else { return [] }
        isSettled = true
        timing.endedAfter = offset(now)
        return [.settle]
    }
}

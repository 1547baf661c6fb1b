package import Vocabulary

/// One call between a caller and an upstream, as a state machine without I/O.
///
/// A driver reports what happened with `receive` and carries out the actions that come back, in the order in which
/// `ExchangeActions` lists them. Time is passed in, in monotonic nanoseconds; `deadline` says when to report `.tick`.
package struct Exchange: Sendable {
    /// What the driver saw.
    package enum Event: Sendable, Equatable {
        /// The request is complete and checked; `false` if the journal has no room for it yet.
        case admitted(hasRoom: Bool)
        case roomFreed
        case connected
        /// The head of the answer, with its status.
        case answerBegan(status: Int)
        /// Bytes of the answer; `content` where they hold something a person would see.
        case answerData(content: Bool)
        /// The stream said that it is complete, though the connection may not have ended yet.
        case terminal
        case answerEnded
        case attemptFailed(AttemptFailure)
        /// The caller's connection is gone.
        case clientLeft
        /// The caller does not read: its socket buffer is full.
        case clientBlocked
        case clientReady
        /// The server stops, and the time for finishing is over.
        case stopped
        case tick
    }

    private enum Phase: Sendable, Equatable {
        case fresh, waiting, connecting, awaitingAnswer, answering, ended
    }

    private let policy: ExchangePolicy
    private var phase = Phase.fresh
    private var raceRetriesLeft: Int
    private var isSettled = false
    private var clientIsGone = false
    private var blockedSince: UInt64?
    private var sawTerminal = false
    /// When the current phase began to wait, and when the exchange was admitted.
    private var waitingSince: UInt64 = 0
    private var admittedAt: UInt64 = 0
    private let startedAt: UInt64
    private var answerStatus = 0

    /// How it went so far, for the record.
    package private(set) var timing = CallTiming()
    package private(set) var attempts = 0
    /// Why the call failed, once it has.
    package private(set) var failure: GatewayFailure?

    /// - Parameters:
    ///   - policy: Deadlines and rules.
    ///   - startedAt: When the request's head arrived, monotonic nanoseconds.
    ///   - wallClock: The same moment in microseconds since the Unix epoch.
    package init(policy: ExchangePolicy, startedAt: UInt64, wallClock: UnixMicroseconds) {
        self.policy = policy
        self.startedAt = startedAt
        raceRetriesLeft = policy.raceRetries
        timing.startedAt = wallClock
    }

    /// How the call ended, from the caller's point of view.
    package var outcome: CallOutcome {
        if failure?.code == .clientLeft { return .cancelled }
        return failure != nil || !(200..<400).contains(answerStatus) ? .error : .ok
    }

    /// The status for the record: the caller's, or 499 where the caller left first.
    package var status: Int {
        failure?.code == .clientLeft ? 499 : (answerStatus != 0 ? answerStatus : failure?.status ?? 0)
    }

    /// True once the head of an answer has been sent to the caller.
    package var hasAnswerBegun: Bool { answerStatus != 0 }

    /// True while the call waits for room in the journal.
    package var isWaitingForRoom: Bool { phase == .waiting }

    /// True when nothing more will happen.
    package var hasEnded: Bool { phase == .ended }

    /// Takes in what happened at `now` (monotonic nanoseconds) and says what to do about it.
    package mutating func receive(_ event: Event, at now: UInt64) -> ExchangeActions {
        guard phase != .ended else { return [] }
        switch event {
        case .admitted(let hasRoom): return admitted(hasRoom, now)
        case .roomFreed: return phase == .waiting ? startAttempt(now) : []
        case .connected: return connected(now)
        case .answerBegan(let status): return answerBegan(status, now)
        case .answerData(let content): return answerData(content, now)
        case .terminal: return terminal(now)
        case .answerEnded: return answerEnded(now)
        case .attemptFailed(let reason): return attemptFailed(reason, now)
        case .clientLeft: return clientLeft(now)
        case .clientBlocked: return clientBlocked(now)
        case .clientReady: return clientReady(now)
        case .stopped: return fail(.stopped, now)
        case .tick: return tick(now)
        }
    }
}

// MARK: - Towards the upstream

extension Exchange {
    private mutating func admitted(_ hasRoom: Bool, _ now: UInt64) -> ExchangeActions {
        admittedAt = now
        timing.admittedAfter = offset(now)
        if hasRoom { return startAttempt(now) }
        phase = .waiting
        waitingSince = now
        return []
    }

    private mutating func startAttempt(_ now: UInt64) -> ExchangeActions {
        phase = .connecting
        waitingSince = now
        attempts += 1
        return attempts > 1 ? [.startAttempt, .useFreshConnection] : [.startAttempt]
    }

    private mutating func connected(_ now: UInt64) -> ExchangeActions {
        guard phase == .connecting else { return [] }
        phase = .awaitingAnswer
        waitingSince = now
        timing.connectedAfter = offset(now)
        return []
    }

    private mutating func attemptFailed(_ reason: AttemptFailure, _ now: UInt64) -> ExchangeActions {
        if sawTerminal { return finish(now) }
        if case .closed(let reused, let answered) = reason, reused, !answered, raceRetriesLeft > 0, !clientIsGone {
            raceRetriesLeft -= 1
            return startAttempt(now)
        }
        return fail(reason.failure(afterAnswer: hasAnswerBegun), now, cancel: false)
    }
}

// MARK: - The answer

extension Exchange {
    private mutating func answerBegan(_ status: Int, _ now: UInt64) -> ExchangeActions {
        guard phase == .awaitingAnswer || phase == .connecting else { return [] }
        phase = .answering
        waitingSince = now
        answerStatus = status
        timing.firstByteAfter = offset(now)
        return clientIsGone ? [] : [.forwardHead]
    }

    private mutating func answerData(_ content: Bool, _ now: UInt64) -> ExchangeActions {
        guard phase == .answering else { return [] }
        waitingSince = now
        if content, timing.firstTokenAfter == nil { timing.firstTokenAfter = offset(now) }
        return clientIsGone ? [] : [.forwardData]
    }

    private mutating func terminal(_ now: UInt64) -> ExchangeActions {
        guard phase == .answering, !sawTerminal else { return [] }
        sawTerminal = true
        return settle(now)
    }

    private mutating func answerEnded(_ now: UInt64) -> ExchangeActions {
        guard phase == .answering else { return [] }
        return finish(now)
    }

    private mutating func finish(_ now: UInt64) -> ExchangeActions {
        var actions = settle(now)
        phase = .ended
        if !clientIsGone { actions.insert(.endAnswer) }
        return actions
    }

    private mutating func settle(_ now: UInt64) -> ExchangeActions {
        guard !isSettled else { return [] }
        isSettled = true
        timing.endedAfter = offset(now)
        return [.settle]
    }
}

// MARK: - The caller

extension Exchange {
    private mutating func clientLeft(_ now: UInt64) -> ExchangeActions {
        guard !clientIsGone else { return [] }
        clientIsGone = true
        blockedSince = nil
        if !sawTerminal, failure == nil { failure = .clientLeft }
        let isOpen = phase == .awaitingAnswer || phase == .answering
        if policy.departure == .drain, isOpen, !sawTerminal { return [.resumeUpstream] }
        let hadAttempt = isOpen || phase == .connecting
        var actions = settle(now)
        phase = .ended
        if hadAttempt { actions.insert(.cancelAttempt) }
        return actions
    }

    private mutating func clientBlocked(_ now: UInt64) -> ExchangeActions {
        guard phase == .answering, !clientIsGone, blockedSince == nil else { return [] }
        blockedSince = now
        return [.pauseUpstream]
    }

    private mutating func clientReady(_ now: UInt64) -> ExchangeActions {
        guard blockedSince != nil else { return [] }
        blockedSince = nil
        waitingSince = now
        return [.resumeUpstream]
    }
}

// MARK: - Time and failure

extension Exchange {
    /// The next moment at which something is overdue, and what that would mean.
    package var deadline: (at: UInt64, failure: GatewayFailure)? {
        switch phase {
        case .fresh, .ended: nil
        case .waiting: (waitingSince &+ policy.admissionWait, .overloaded)
        case .connecting: earliest(waitingSince &+ policy.connect, .connectTimeout)
        case .awaitingAnswer: earliest(waitingSince &+ policy.firstByte, .firstByteTimeout)
        case .answering:
            if let blockedSince {
                earliest(blockedSince &+ policy.clientStall, .clientStalled)
            } else {
                earliest(waitingSince &+ policy.idle, .idleTimeout)
            }
        }
    }

    private func earliest(_ at: UInt64, _ failure: GatewayFailure) -> (at: UInt64, failure: GatewayFailure) {
        let end = admittedAt &+ policy.total
        return end < at ? (end, .totalTimeout) : (at, failure)
    }

    private mutating func tick(_ now: UInt64) -> ExchangeActions {
        guard let deadline, now >= deadline.at else { return [] }
        if sawTerminal { return finish(now).union(.cancelAttempt) }
        return fail(deadline.failure, now)
    }

    private mutating func fail(
        _ reason: GatewayFailure, _ now: UInt64, cancel: Bool = true
    ) -> ExchangeActions {
        if failure == nil, !sawTerminal { failure = reason }
        let hadAttempt = phase == .connecting || phase == .awaitingAnswer || phase == .answering
        var actions = settle(now)
        phase = .ended
        if cancel, hadAttempt { actions.insert(.cancelAttempt) }
        if !clientIsGone { actions.insert(answerStatus == 0 ? .failAnswer : .breakAnswer) }
        return actions
    }

    private func offset(_ now: UInt64) -> Microseconds { Microseconds((now &- startedAt) / 1_000) }
}

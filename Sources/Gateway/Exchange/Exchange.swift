import Routing
package import Vocabulary

/// One call between a caller and its upstreams, as a state machine without I/O.
///
/// A driver reports what happened with `receive` and carries out the actions that come back, in the order in which
/// `ExchangeActions` lists them. Time is passed in, in monotonic nanoseconds; `deadline` says when to report `.tick`.
///
/// Until the first content byte was sent to the caller, every failure moves the call to the next try or target; an
/// answer is therefore held back as long as another could still take its place. At most two attempts run at once (a
/// race).
package struct Exchange: Sendable {
    /// What the driver saw. `attempt` is the number that `Lane` gave it.
    package enum Event: Sendable, Equatable {
        /// The cache is being asked; `.found` or `.notFound` follows.
        case lookingUp
        case found
        case notFound
        /// The request is complete and checked; `false` if the journal has no room for it yet.
        case admitted(hasRoom: Bool)
        case roomFreed
        case connected(attempt: Int)
        /// The head of an answer, with its status.
        case answerBegan(attempt: Int, status: Int, hold: Hold)
        /// Bytes of the leading answer; `content` where they hold something a person would see.
        case answerData(content: Bool, bytes: Int)
        /// The stream said that it is complete, though the connection may not have ended yet; `content` where the same
        /// bytes hold something a person would see.
        case terminal(content: Bool)
        case answerEnded
        /// The provider's error answer is complete and understood, or its stream reported an error.
        case answerRefused(attempt: Int, ProviderRefusal)
        case attemptFailed(attempt: Int, AttemptFailure)
        /// The caller's connection is gone.
        case clientLeft
        /// The caller does not read: its socket buffer is full.
        case clientBlocked
        case clientReady
        /// The server stops, and the time for finishing is over.
        case stopped
        case tick

        /// True for what may be the end of the leading attempt.
        package var mayEndAttempt: Bool {
            switch self {
            case .tick, .attemptFailed, .answerRefused: true
            default: false
            }
        }
    }

    /// Until when a good answer is kept from the caller.
    package enum Hold: Sendable, Equatable {
        /// Until its first content, if another target could still take over: streams.
        case untilContent
        /// Until its end or `holdLimit`, if another target could still take over: whole answers.
        case untilEnd
        /// Until its end, always: it is rewritten as a whole.
        case whole
    }

    /// One attempt that is under way.
    package struct Lane: Sendable, Equatable {
        enum Stage: Sendable, Equatable {
            case connecting, awaitingAnswer
            /// A good answer began, and nothing of it has been sent on.
            case holding(Hold)
            /// An error answer is being read.
            case refusing
            case answering
        }

        /// Counts the attempts of a call from 1.
        package let number: Int
        /// The target's place among those of the call.
        package let target: Int
        let rules: AttemptRules
        let startedAfter: Microseconds
        let startedAt: UInt64
        var stage: Stage
        /// When the current stage began to wait.
        var since: UInt64
        var sentAt: UInt64 = 0
        var held = 0
        var status = 0
        var connectedAfter: Microseconds?
        var firstByteAfter: Microseconds?
        var isContinuation = false
        /// A good stream has shown no content yet.
        var awaitsContent = false
    }

    enum Phase: Sendable, Equatable {
        case fresh, lookingUp, waiting
        /// Before the next try at the same target.
        case backingOff(until: UInt64)
        case trying, ended
    }

    let policy: ExchangePolicy
    var phase = Phase.fresh
    var raceRetriesLeft: Int
    var isSettled = false
    var clientIsGone = false
    var blockedSince: UInt64?
    var sawTerminal = false
    /// When the current phase began to wait, and when the exchange was admitted.
    var waitingSince: UInt64 = 0
    var admittedAt: UInt64 = 0
    let startedAt: UInt64
    var answerStatus = 0
    /// Which target is tried when; `nil` where there is only the first, once.
    var walk: AttemptWalk?
    var hedgesSent = 0
    var hasSentContent = false
    /// How the hedge failed, while the attempt that it raced goes on.
    var hedgeCause: AttemptCause?

    /// The attempt whose answer would be sent on.
    package internal(set) var lead: Lane?
    /// A second attempt that races it.
    package internal(set) var rival: Lane?
    /// How it went so far, for the record.
    package internal(set) var timing = CallTiming()
    package internal(set) var attempts = 0
    /// Attempts that came to nothing, in the order in which they ended.
    package internal(set) var failedAttempts: [AttemptTrace] = []
    /// True where the answer was put together from more than one target.
    package internal(set) var wasContinued = false
    /// Other callers wait for this call's answer: it is read to its end even if its own caller leaves.
    package var isAwaitedByOthers = false
    /// False where what was sent can't be gone on with by another target, such as half a tool call.
    package var canContinue = true
    /// Why the call failed, once it has.
    package internal(set) var failure: GatewayFailure?

    /// - Parameters:
    ///   - policy: Deadlines and rules.
    ///   - startedAt: When the request's head arrived, monotonic nanoseconds.
    ///   - wallClock: The same moment in microseconds since the Unix epoch.
    package init(policy: ExchangePolicy, startedAt: UInt64, wallClock: UnixMicroseconds) {
        self.policy = policy
        self.startedAt = startedAt
        raceRetriesLeft = policy.raceRetries
        walk = policy.walk
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

    /// True while this attempt's error answer is read to be understood.
    package func isRefusing(_ attempt: Int) -> Bool {
        let lane = lead?.number == attempt ? lead : rival
        return lane?.number == attempt && lane?.stage == .refusing
    }

    /// True where a failure now would be hidden from the caller: another try or target takes over.
    package var canReplaceAnswer: Bool {
        guard phase == .trying, let lead else { return false }
        if hasSentContent { return policy.continuesBrokenStreams && canContinue && walk?.following != nil }
        return lead.stage != .answering
    }

    /// True while the cache is being asked.
    package var isLookingUp: Bool { phase == .lookingUp }

    /// True when nothing more will happen.
    package var hasEnded: Bool { phase == .ended }

    /// Takes in what happened at `now` (monotonic nanoseconds) and says what to do about it.
    ///
    /// - Parameter random: Any random number, for the jitter of backoffs.
    package mutating func receive(_ event: Event, at now: UInt64, random: UInt64 = 0) -> ExchangeActions {
        guard phase != .ended else { return [] }
        switch event {
        case .lookingUp: return lookingUp(now)
        case .found: return found(now)
        case .notFound: return []
        case .admitted(let hasRoom): return admitted(hasRoom, now)
        case .roomFreed: return phase == .waiting ? startFirst(now) : []
        case .connected(let attempt): return connected(attempt, now)
        case .answerBegan(let attempt, let status, let hold): return answerBegan(attempt, status, hold, now)
        case .answerData(let content, let bytes): return answerData(content, bytes, now)
        case .terminal(let content): return terminal(content, now)
        case .answerEnded: return answerEnded(now)
        case .answerRefused(let attempt, let refusal):
            return ended(attempt, .refused(refusal), now, random: random)
        case .attemptFailed(let attempt, let reason): return failed(attempt, reason, now, random)
        case .clientLeft: return clientLeft(now)
        case .clientBlocked: return clientBlocked(now)
        case .clientReady: return clientReady(now)
        case .stopped: return fail(.stopped, now)
        case .tick: return tick(now, random)
        }
    }

    func offset(_ now: UInt64) -> Microseconds { Microseconds((now &- startedAt) / 1_000) }
}

import Statistics
import Vocabulary

/// One call and what the change makes of it, small enough to keep some hundred thousand.
struct ReplayedCall: Sendable {
    /// What becomes of it.
    enum Fate: Sendable {
        /// It goes where it went.
        case same(cost: Money?)
        /// The changed cache answers it.
        case cached
        /// It goes to the first of these; where that fails, to the next.
        case moved([Step])
        /// No target would take it.
        case refused
    }

    struct Step: Sendable {
        var target: Int
        var cost: Money?
    }

    var group: Int
    var target: Int?
    var cost: Money?
    var duration: Microseconds
    var admitted: Microseconds
    var outcome: CallOutcome
    var fate = Fate.same(cost: nil)
}

/// Both sides of one call: as it was, and as it would have been. `nil` is not known.
struct ReplayedPair: Sendable {
    var group: Int
    var baselineTarget: Int?
    var changedTarget: Int?
    var baselineCost: Money?
    var changedCost: Money?
    /// `nil` also for calls whose caller left: they say nothing about latency and errors.
    var baselineDuration: Microseconds?
    var changedDuration: Microseconds?
    var baselineFailed: Bool?
    var changedFailed: Bool?
    var isMoved = false
    var isRefused = false
    var isCached = false

    init(_ call: ReplayedCall, histories: [TargetHistory], random: inout SeededGenerator) {
        group = call.group
        baselineTarget = call.target
        baselineCost = call.cost
        if call.outcome != .cancelled {
            baselineDuration = call.duration
            baselineFailed = call.outcome == .error
        }
        switch call.fate {
        case .same(let cost):
            changedTarget = call.target
            changedCost = cost
            changedDuration = baselineDuration
            changedFailed = baselineFailed
        case .cached: settle(cost: .zero, duration: call.admitted, failed: false, call)
            isCached = true
        case .refused: settle(cost: .zero, duration: call.admitted, failed: true, call)
            isRefused = true
        case .moved(let chain):
            isMoved = true
            walk(chain, call, histories, random: &random)
        }
    }

    private mutating func settle(cost: Money?, duration: Microseconds, failed: Bool, _ call: ReplayedCall) {
        changedCost = cost
        guard call.outcome != .cancelled else { return }
        changedDuration = duration
        changedFailed = failed
    }

    /// Draws target after target until one answers. The last failure is the answer where none does.
    private mutating func walk(
        _ chain: [ReplayedCall.Step], _ call: ReplayedCall, _ histories: [TargetHistory],
        random: inout SeededGenerator
    ) {
        var total: Microseconds = 0
        for step in chain {
            changedTarget = step.target
            changedCost = step.cost
            guard let drawn = histories[step.target].draw(random: &random) else { return forget() }
            total += drawn.duration
            settle(cost: drawn.isError ? .zero : step.cost, duration: total, failed: drawn.isError, call)
            if !drawn.isError { return }
        }
    }

    private mutating func forget() {
        changedDuration = nil
        changedFailed = nil
    }
}

/// Which bodies the changed cache holds, by route.
struct ReplayedCache: Sendable {
    private struct Key: Hashable {
        var group: Int
        var body: ID128
    }

    private var stored: [Key: UnixMicroseconds] = [:]

    /// Whether an answer is held; if not, this call's own is held from now on where it is one to store.
    mutating func serves(
        _ body: ID128, of group: Int, at time: UnixMicroseconds, ttl: Microseconds, stores: Bool
    ) -> Bool {
        let key = Key(group: group, body: body)
        if let since = stored[key], time - since < ttl { return true }
        if stores { stored[key] = time }
        return false
    }
}

import Routing
import Statistics
import Vocabulary

/// Replays recorded calls through a changed plan: decides each again, prices it again, and draws latency and failure of
/// targets that it did not go to from what other calls saw there. Pure: the same calls, plan and seed give the same
/// report.
package struct Replay: Sendable {
    private let plan: ChangedPlan
    private let seed: UInt64
    private var random: SeededGenerator
    private var groups = Numbering<String>()
    private var targets = Numbering<ReplayTarget>()
    private var histories: [TargetHistory] = []
    private var calls: [ReplayedCall] = []
    private var cache = ReplayedCache()
    /// Calls of a route with a changed cache whose body is not known.
    private var withoutBody = 0

    package init(_ plan: ChangedPlan, seed: UInt64) {
        self.plan = plan
        self.seed = seed
        random = SeededGenerator(seed: seed)
    }

    /// Adds the next call. Calls must come in the order of their time: the cache remembers the ones before.
    package mutating func add(_ call: RecordedCall) {
        let target = call.target.map { number(of: $0) }
        if let target, !call.isServedByCache, call.outcome != .cancelled {
            histories[target].add(call.duration, isError: call.outcome == .error, random: &random)
        }
        var replayed = ReplayedCall(
            group: groups.number(of: call.route), target: target, cost: call.cost, duration: call.duration,
            admitted: call.admitted, outcome: call.outcome)
        replayed.fate = fate(of: call)
        calls.append(replayed)
    }

    /// The figures of all calls that were added.
    ///
    /// - Parameter recorded: How many calls match the filter, added or not.
    package func report(recorded: Int) -> WhatIfReport {
        var random = SeededGenerator(seed: seed).stream(1)
        var sides: [ReplayedPair] = []
        sides.reserveCapacity(calls.count)
        for call in calls { sides.append(ReplayedPair(call, histories: histories, random: &random)) }
        var report = WhatIfReport(calls: calls.count, recorded: recorded, seed: seed)
        report.total = WhatIfFigures(route: nil, sides, seed: seed)
        report.routes = figures(sides)
        report.targets = shares(sides)
        report.coverage = coverage(sides, recorded: recorded)
        return report
    }

    private mutating func number(of target: ReplayTarget) -> Int {
        let number = targets.number(of: target)
        if number == histories.count { histories.append(TargetHistory()) }
        return number
    }

    // MARK: What becomes of a call

    private mutating func fate(of call: RecordedCall) -> ReplayedCall.Fate {
        guard !call.isServedByCache else { return .same(cost: call.cost) }
        if let ttl = plan.cacheTTL[call.route], isCached(call, ttl: ttl) { return .cached }
        guard let route = plan.routes[call.request.model] else { return .same(cost: repriced(call)) }
        // Calls that were refused before anybody was asked would be refused again.
        guard call.target != nil else { return .same(cost: call.cost) }
        let decision = Router.decide(
            call.request, facts: CallFacts(call.request), route: route.compiled, now: 0, random: &random)
        guard let first = decision.attempts.first else { return .refused }
        if route.targets[first.target] == call.target { return .same(cost: repriced(call)) }
        return .moved(chain(decision.attempts.map { route.targets[$0.target] }, call))
    }

    private mutating func isCached(_ call: RecordedCall, ttl: Microseconds) -> Bool {
        guard let key = call.bodyKey else {
            withoutBody += 1
            return false
        }
        return cache.serves(key, of: groups.number(of: call.route), at: call.at, ttl: ttl, stores: call.outcome == .ok)
    }

    private func repriced(_ call: RecordedCall) -> Money? {
        guard let target = call.target, plan.repriced.contains(target) else { return call.cost }
        return plan.cost(of: call, at: target)
    }

    /// The first targets of the chain: that three in a row fail is rare enough to be left out.
    private mutating func chain(_ order: [ReplayTarget], _ call: RecordedCall) -> [ReplayedCall.Step] {
        order.prefix(4).map { target in
            let cost = target == call.target ? repriced(call) : plan.cost(of: call, at: target)
            return ReplayedCall.Step(target: number(of: target), cost: cost)
        }
    }
}

// What the report is made of.
extension Replay {
    /// The most routes that are shown apart, those with the most calls.
    private static let mostRoutes = 100

    private func figures(_ sides: [ReplayedPair]) -> [WhatIfFigures] {
        var places: [[Int]] = Array(repeating: [], count: groups.values.count)
        for (place, side) in sides.enumerated() { places[side.group].append(place) }
        let order = places.indices.sorted { (places[$1].count, $0) < (places[$0].count, $1) }
        return order.prefix(Self.mostRoutes).map { group in
            WhatIfFigures(route: groups.values[group], places[group].map { sides[$0] }, seed: seed)
        }
    }

    private func shares(_ sides: [ReplayedPair]) -> [WhatIfReport.TargetShare] {
        var shares = targets.values.map { WhatIfReport.TargetShare(target: $0.label, baseline: 0, changed: 0) }
        for side in sides {
            if let target = side.baselineTarget { shares[target].baseline += 1 }
            if let target = side.changedTarget { shares[target].changed += 1 }
        }
        return shares.sorted { ($1.changed, $1.baseline, $0.target) < ($0.changed, $0.baseline, $1.target) }
    }

    private func coverage(_ sides: [ReplayedPair], recorded: Int) -> [String] {
        var lines: [String] = []
        if recorded > sides.count {
            lines.append("\(sides.count) of \(recorded) calls were replayed, spread over the time.")
        }
        if withoutBody > 0 {
            lines.append("\(withoutBody) calls had no body to compare, so the changed cache does not answer them.")
        }
        let untimed = sides.count { $0.isMoved && $0.changedDuration == nil }
        if untimed > 0 {
            lines.append(
                "\(untimed) calls would go to targets that answered no call in the window: latency and errors leave "
                    + "them out.")
        }
        let unpriced = sides.count { $0.changedCost == nil }
        if unpriced > 0 { lines.append("\(unpriced) calls have no known price under the change.") }
        for (number, history) in histories.enumerated() where (1..<30).contains(history.calls) {
            let isUsed = sides.contains { $0.isMoved && $0.changedTarget == number }
            if isUsed {
                lines.append("\(targets.values[number].label) answered only \(history.calls) calls in the window.")
            }
        }
        if groups.values.count > Self.mostRoutes {
            lines.append("Only the \(Self.mostRoutes) busiest of \(groups.values.count) routes are shown apart.")
        }
        return lines
    }
}

/// Numbers values from 0 in the order in which they come.
struct Numbering<Value: Hashable & Sendable>: Sendable {
    private(set) var values: [Value] = []
    private var numbers: [Value: Int] = [:]

    mutating func number(of value: Value) -> Int {
        if let number = numbers[value] { return number }
        numbers[value] = values.count
        values.append(value)
        return values.count - 1
    }
}

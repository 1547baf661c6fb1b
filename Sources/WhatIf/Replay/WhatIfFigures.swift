package import Statistics
package import Vocabulary

/// The figures of one route, or of all.
package struct WhatIfFigures: Sendable, Equatable {
    /// One side of the comparison. Durations are microseconds; `nil` where no call says.
    package struct Side: Sendable, Equatable {
        package var cost = Money.zero
        package var unpriced = 0
        package var p50: Double?
        package var p95: Double?
        package var errorRate: Double?
    }

    /// Changed minus baseline, over the calls that both sides know, with a 95 % interval where there is one.
    package struct Delta: Sendable, Equatable {
        package var value: Double
        package var interval: Interval?
        package var calls: Int
    }

    /// `nil` for all routes together.
    package var route: String?
    package var calls: Int
    /// Calls that another target would answer.
    package var moved: Int
    /// Calls that no target would take.
    package var refused: Int
    package var cacheHits: Int
    /// Calls whose latency is known on both sides.
    package var timed: Int
    package var baseline = Side()
    package var changed = Side()
    package var costDelta: Delta?
    package var p50Delta: Delta?
    package var p95Delta: Delta?
    package var errorDelta: Delta?

    init(route: String?, _ pairs: [ReplayedPair], seed: UInt64) {
        self.route = route
        calls = pairs.count
        moved = pairs.count(where: \.isMoved)
        refused = pairs.count(where: \.isRefused)
        cacheHits = pairs.count(where: \.isCached)
        baseline = Side(pairs, \.baselineCost, \.baselineDuration, \.baselineFailed)
        changed = Side(pairs, \.changedCost, \.changedDuration, \.changedFailed)
        let durations = pairs.compactMap { pair -> (Double, Double)? in
            guard let before = pair.baselineDuration, let after = pair.changedDuration else { return nil }
            return (Double(before), Double(after))
        }
        timed = durations.count
        p50Delta = PairedQuantile(durations, 0.5, seed: seed).delta
        p95Delta = PairedQuantile(durations, 0.95, seed: seed).delta
        costDelta = Self.cost(pairs, seed: seed)
        errorDelta = Self.errors(pairs, seed: seed)
    }

    /// The sum of the differences: the mean's interval times the number of calls.
    private static func cost(_ pairs: [ReplayedPair], seed: UInt64) -> Delta? {
        let differences = pairs.compactMap { pair -> Double? in
            guard let before = pair.baselineCost, let after = pair.changedCost else { return nil }
            return Double(after.nanodollars - before.nanodollars)
        }
        guard var delta = PairedMean.delta(differences, seed: seed) else { return nil }
        let count = Double(differences.count)
        delta.value = differences.reduce(0, +)
        delta.interval = delta.interval.map {
            Interval(lower: $0.lower * count, upper: $0.upper * count, level: $0.level)
        }
        return delta
    }

    private static func errors(_ pairs: [ReplayedPair], seed: UInt64) -> Delta? {
        let differences = pairs.compactMap { pair -> Double? in
            guard let before = pair.baselineFailed, let after = pair.changedFailed else { return nil }
            return (after ? 1 : 0) - (before ? 1 : 0)
        }
        return PairedMean.delta(differences, seed: seed)
    }
}

extension WhatIfFigures.Side {
    fileprivate init(
        _ pairs: [ReplayedPair], _ cost: (ReplayedPair) -> Money?, _ duration: (ReplayedPair) -> Microseconds?,
        _ failed: (ReplayedPair) -> Bool?
    ) {
        for pair in pairs {
            if let cost = cost(pair) { self.cost += cost } else { unpriced += 1 }
        }
        let durations = pairs.compactMap(duration).map(Double.init).sorted()
        p50 = durations.quantile(0.5)
        p95 = durations.quantile(0.95)
        let outcomes = pairs.compactMap(failed)
        errorRate = outcomes.isEmpty ? nil : Double(outcomes.count { $0 }) / Double(outcomes.count)
    }
}

extension [Double] {
    /// The nearest-rank quantile of a sorted list: a value that was there; `nil` of an empty one.
    func quantile(_ q: Double) -> Double? {
        isEmpty ? nil : self[Swift.min(count - 1, Swift.max(0, Int((q * Double(count)).rounded(.up)) - 1))]
    }
}

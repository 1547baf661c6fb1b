import Statistics

/// The mean of paired differences with its bootstrap interval.
enum PairedMean {
    /// Above this many, random blocks are resampled instead of single calls: the interval is the same, and its cost
    /// does not grow with the traffic.
    private static let mostUnits = 2_000
    private static let plan = BootstrapPlan(resamples: 1_000, interval: .percentile)

    /// `nil` where there are no differences.
    static func delta(_ differences: [Double], seed: UInt64) -> WhatIfFigures.Delta? {
        guard !differences.isEmpty else { return nil }
        let random = SeededGenerator(seed: seed).stream(2)
        let value = differences.reduce(0, +) / Double(differences.count)
        guard differences.contains(where: { $0 != differences[0] }) else {
            let interval = differences.count > 1 ? Interval(lower: value, upper: value, level: plan.level) : nil
            return WhatIfFigures.Delta(value: value, interval: interval, calls: differences.count)
        }
        let interval = interval(differences, random: random)
        return WhatIfFigures.Delta(value: value, interval: interval, calls: differences.count)
    }

    private static func interval(_ differences: [Double], random: SeededGenerator) -> Interval? {
        var random = random
        guard differences.count > mostUnits else {
            return try? Bootstrap.mean(differences, plan: plan, using: &random).interval
        }
        let blocks = differences.indices.map { _ in random.index(below: mostUnits) }
        return try? Bootstrap.clusteredMean(differences, clusters: blocks, plan: plan, using: &random).interval
    }
}

/// The difference of a quantile on both sides of the same calls, with its bootstrap interval.
struct PairedQuantile {
    /// The interval is made of at most so many calls, taken evenly: with fewer it would only be wider.
    private static let mostUnits = 2_000
    private static let plan = BootstrapPlan(resamples: 400, interval: .percentile)

    /// `nil` where there are no pairs.
    let delta: WhatIfFigures.Delta?

    init(_ pairs: [(Double, Double)], _ q: Double, seed: UInt64) {
        guard let value = Self.difference(pairs, q) else {
            delta = nil
            return
        }
        var result = WhatIfFigures.Delta(value: value, interval: nil, calls: pairs.count)
        if pairs.allSatisfy({ $0.0 == $0.1 }) {
            result.interval = pairs.count > 1 ? Interval(lower: 0, upper: 0, level: Self.plan.level) : nil
        } else {
            result.interval = Self.interval(pairs, q, around: value, seed: seed)
        }
        delta = result
    }

    private static func interval(_ pairs: [(Double, Double)], _ q: Double, around value: Double, seed: UInt64)
        -> Interval?
    {
        var random = SeededGenerator(seed: seed).stream(3)
        let stride = max(1, (pairs.count + mostUnits - 1) / mostUnits)
        let offset = random.index(below: stride)
        let units = Swift.stride(from: min(offset, pairs.count - 1), to: pairs.count, by: stride).map { pairs[$0] }
        let estimate = try? Bootstrap.statistic(count: units.count, plan: plan, using: &random) { places in
            difference(places.map { units[$0] }, q)
        }
        // Moved from the sample's own difference to that of all calls.
        guard let estimate, let interval = estimate.interval else { return nil }
        let shift = value - estimate.value
        return Interval(lower: interval.lower + shift, upper: interval.upper + shift, level: interval.level)
    }

    private static func difference(_ pairs: [(Double, Double)], _ q: Double) -> Double? {
        guard let before = pairs.map(\.0).sorted().quantile(q), let after = pairs.map(\.1).sorted().quantile(q) else {
            return nil
        }
        return after - before
    }
}

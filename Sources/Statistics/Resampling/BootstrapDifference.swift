extension Bootstrap {
    /// The difference of the means of two separate samples, candidate (b) minus baseline (a), each resampled by itself.
    ///
    /// A side with one case, or two sides without spread: no interval. Throws where a side is empty.
    package static func difference(
        _ a: [Double], _ b: [Double], plan: BootstrapPlan = BootstrapPlan(),
        using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Estimate {
        try plan.check()
        let sides = (try Moments(a), try Moments(b))
        guard let first = sides.0.mean, let second = sides.1.mean else {
            throw .empty(what: "cases on one of the sides")
        }
        var result = Estimate(value: second - first, method: .bootstrapPercentile, n: a.count + b.count)
        let source = SeededGenerator(seed: generator.next())
        guard a.count > 1, b.count > 1 else { return result.with(.oneCase) }
        guard !sides.0.isConstant || !sides.1.isConstant else {
            result.standardError = 0
            return result.with(.allEqual)
        }
        let units = [a, b].map { ResampledMeans(totals: $0, sizes: nil) }
        let draws = units.indices.map { side in
            var stream = source.stream(UInt64(side))
            return units[side].draw(plan.resamples, seed: stream.next())
        }
        let replicates = zip(draws[0], draws[1]).map { $1 - $0 }
        // Leaving out a case of one side moves the difference by as much as that side's mean.
        let jackknives = plan.interval == .bca ? [units[0].leaveOneOut().map(-), units[1].leaveOneOut()] : []
        return BootstrapResult(replicates, jackknives: jackknives, plan)
            .applied(to: result, (.bootstrapPercentile, .bootstrapBCa))
    }

    /// The same where cases come in clusters, which may stand on both sides: whole clusters are resampled, with what
    /// they have on either side. Resamples in which a side is empty are left out and counted.
    package static func clusteredDifference<Key: Hashable>(
        _ a: [Double], clustersOfA: [Key], _ b: [Double], clustersOfB: [Key], plan: BootstrapPlan = BootstrapPlan(),
        using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Estimate {
        guard let first = try Moments(a).mean, let second = try Moments(b).mean else {
            throw .empty(what: "cases on one of the sides")
        }
        guard a.count == clustersOfA.count, b.count == clustersOfB.count else {
            throw .mismatch("Some values have no cluster. Give the cluster of every value.")
        }
        let groups = try Clusters.indices(of: a.count + b.count, by: clustersOfA + clustersOfB)
        let units = groups.map { SideTotals($0, a, b) }
        var result = try statistic(count: units.count, plan: plan, using: &generator) { places in
            SideTotals.difference(of: places, units)
        }
        result.value = second - first
        result.n = a.count + b.count
        result.method = result.method == .bootstrapBCa ? .clusteredBootstrapBCa : .clusteredBootstrapPercentile
        if units.count < ClusteredMean.fewClusters { result.notes.append(.fewClusters(units.count)) }
        return result
    }
}

/// What one cluster adds to both sides of a difference.
private struct SideTotals {
    /// Sum of a, cases of a, sum of b, cases of b.
    var sums: SIMD4<Double> = .zero

    init(_ places: [Int], _ a: [Double], _ b: [Double]) {
        for place in places {
            if place < a.count {
                sums += SIMD4(a[place], 1, 0, 0)
            } else {
                sums += SIMD4(0, 0, b[place - a.count], 1)
            }
        }
    }

    static func difference(of places: [Int], _ units: [SideTotals]) -> Double? {
        var sums = SIMD4<Double>.zero
        for place in places { sums += units[place].sums }
        return sums.y > 0 && sums.w > 0 ? sums.z / sums.w - sums.x / sums.y : nil
    }
}

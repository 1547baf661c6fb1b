/// Bootstrap intervals (Efron 1979): what resampling the cases says about a statistic's spread.
///
/// The generator is asked for one number only, which seeds a ``SeededGenerator``: the same seed gives the same interval
/// on every machine. The standard error is the resamples' standard deviation. One case (or cluster): no interval. All
/// equal: standard error 0 and no interval. Throws where there are no cases or a value is not finite.
package enum Bootstrap {
    /// The mean of independent cases.
    package static func mean(
        _ values: [Double], plan: BootstrapPlan = BootstrapPlan(), using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Estimate {
        let moments = try Moments(values)
        guard let mean = moments.mean else { throw .empty(what: "cases") }
        let units = ResampledMeans(totals: values, sizes: nil)
        let isConstant = moments.isConstant
        return try estimate(
            mean, units, plan, method: (.bootstrapPercentile, .bootstrapBCa), n: values.count, isConstant: isConstant,
            seed: generator.next())
    }

    /// The mean over all items where whole clusters are resampled, large ones counting more.
    package static func clusteredMean(
        _ values: [Double], clusters: [some Hashable], plan: BootstrapPlan = BootstrapPlan(),
        using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Estimate {
        let groups = try Clusters.group(values, by: clusters)
        let moments = try Moments(values)
        guard let mean = moments.mean else { throw .empty(what: "cases") }
        let units = ResampledMeans(totals: groups.map(\.sum.value), sizes: groups.map { Double($0.count) })
        var result = try estimate(
            mean, units, plan, method: (.clusteredBootstrapPercentile, .clusteredBootstrapBCa), n: values.count,
            isConstant: moments.isConstant, seed: generator.next())
        let isFew = groups.count > 1 && groups.count < ClusteredMean.fewClusters
        if isFew { result.notes.append(.fewClusters(groups.count)) }
        return result
    }

    /// Any statistic of `count` cases, given as a function of the places drawn. Where it returns `nil` for a resample
    /// (kappa of raters who all agree on one label), that one is left out and counted. Pass places of clusters to
    /// resample clusters.
    ///
    /// Throws where there are no cases, where the statistic has no answer for all of them, or for more than half of the
    /// resamples.
    package static func statistic(
        count: Int, plan: BootstrapPlan = BootstrapPlan(), using generator: inout some RandomNumberGenerator,
        _ statistic: ([Int]) -> Double?
    ) throws(StatisticsError) -> Estimate {
        try plan.check()
        guard count > 0 else { throw .empty(what: "cases") }
        guard let value = statistic(Array(0..<count)), value.isFinite else {
            throw .undefined("The statistic has no value for these cases.")
        }
        let result = Estimate(value: value, method: .bootstrapPercentile, n: count)
        guard count > 1 else { return result.with(.oneCase) }
        let replicates = resample(count, plan.resamples, seed: generator.next(), statistic)
        guard replicates.count * 2 >= plan.resamples else {
            throw .undefined("The statistic has no value in most resamples. Give more cases, or more different ones.")
        }
        var jackknife: [Double] = []
        if plan.interval == .bca { jackknife = leaveOneOut(count, statistic) }
        var ready = BootstrapResult(replicates, jackknives: [jackknife], plan)
        ready.dropped = plan.resamples - replicates.count
        return ready.applied(to: result, (.bootstrapPercentile, .bootstrapBCa))
    }

    private static func resample(
        _ count: Int, _ resamples: Int, seed: UInt64, _ statistic: ([Int]) -> Double?
    ) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        var places = [Int](repeating: 0, count: count)
        var replicates: [Double] = []
        replicates.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for index in 0..<count { places[index] = generator.index(below: count) }
            if let value = statistic(places), value.isFinite { replicates.append(value) }
        }
        return replicates
    }

    /// Empty where the statistic has no answer without one of the cases.
    private static func leaveOneOut(_ count: Int, _ statistic: ([Int]) -> Double?) -> [Double] {
        var values: [Double] = []
        for left in 0..<count {
            let places = (0..<count).filter { $0 != left }
            guard let value = statistic(places), value.isFinite else { return [] }
            values.append(value)
        }
        return values
    }

    private static func estimate(
        _ mean: Double, _ units: ResampledMeans, _ plan: BootstrapPlan, method: (Method, Method), n: Int,
        isConstant: Bool, seed: UInt64
    ) throws(StatisticsError) -> Estimate {
        try plan.check()
        let result = Estimate(value: mean, method: method.0, n: n, clusters: units.count)
        guard units.count > 1 else { return result.with(n > 1 ? .oneCluster : .oneCase) }
        guard !isConstant else {
            var constant = result.with(.allEqual)
            constant.standardError = 0
            return constant
        }
        let replicates = units.draw(plan.resamples, seed: seed)
        let jackknife = plan.interval == .bca ? units.leaveOneOut() : []
        return BootstrapResult(replicates, jackknives: [jackknife], plan).applied(to: result, method)
    }
}

extension Estimate {
    /// The same with one more note.
    func with(_ note: Note) -> Estimate {
        var estimate = self
        estimate.notes.append(note)
        return estimate
    }
}

/// From resampled statistics to standard error and interval.
package struct BootstrapResult: Sendable, Hashable {
    /// The resamples' standard deviation.
    package private(set) var standardError: Double
    package private(set) var sorted: [Double]
    private let jackknives: [[Double]]
    private let plan: BootstrapPlan
    /// Resamples without an answer, which are not among the replicates.
    var dropped = 0

    /// - Parameters:
    ///   - replicates: the statistic of each resample, finite, at least two.
    ///   - jackknives: the statistic without one case each, a list for every sample; only BCa uses it.
    package init(_ replicates: [Double], jackknives: [[Double]], _ plan: BootstrapPlan) {
        sorted = replicates.sorted()
        standardError = Self.deviation(replicates)
        self.jackknives = jackknives
        self.plan = plan
    }

    /// The interval around `value`, and whether it is the BCa interval.
    package func interval(around value: Double) -> (interval: Interval, isBCa: Bool) {
        let tail = (1 - plan.level) / 2
        if plan.interval == .bca, let ends = correctedTails(tail, value: value) {
            return (Interval(lower: quantile(ends.lower), upper: quantile(ends.upper), level: plan.level), true)
        }
        return (Interval(lower: quantile(tail), upper: quantile(1 - tail), level: plan.level), false)
    }

    /// The estimate with standard error, interval, method and notes filled in.
    func applied(to estimate: Estimate, _ method: (percentile: Method, bca: Method)) -> Estimate {
        var result = estimate
        let made = interval(around: estimate.value)
        result.standardError = standardError
        result.interval = made.interval
        result.method = made.isBCa ? method.bca : method.percentile
        if plan.interval == .bca, !made.isBCa { result.notes.append(.fellBackToPercentile) }
        if dropped > 0 { result.notes.append(.droppedResamples(dropped)) }
        return result
    }

    /// Between the two nearest of the sorted, linearly (type 7 of Hyndman and Fan 1996, as numpy does it).
    private func quantile(_ p: Double) -> Double {
        let place = min(max(p, 0), 1) * Double(sorted.count - 1)
        let below = Int(place)
        guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }

    /// Efron's corrected tails (1987, equation 3.8 and 6.1); `nil` where bias or acceleration has no finite value.
    private func correctedTails(_ tail: Double, value: Double) -> (lower: Double, upper: Double)? {
        guard let acceleration, let bias = bias(value) else { return nil }
        let z = Normal.quantile(tail)
        let ends = [z, -z].map { z -> Double? in
            let denominator = 1 - acceleration * (bias + z)
            return denominator > 0 ? Normal.cdf(bias + (bias + z) / denominator) : nil
        }
        guard let lower = ends[0], let upper = ends[1], lower < upper else { return nil }
        return (lower, upper)
    }

    /// The normal quantile of the share of replicates below the value, ties counting half.
    private func bias(_ value: Double) -> Double? {
        let below = sorted.partition { $0 >= value }
        let upTo = sorted.partition { $0 > value }
        let share = Double(below + upTo) / Double(2 * sorted.count)
        return share > 0 && share < 1 ? Normal.quantile(share) : nil
    }

    /// A sixth of the skewness of the jackknife's influences, over all samples.
    private var acceleration: Double? {
        var cubes = 0.0
        var squares = 0.0
        for jackknife in jackknives where jackknife.count > 1 {
            let n = Double(jackknife.count)
            let mean = ExactSum(jackknife).value / n
            for left in jackknife {
                let influence = (n - 1) * (mean - left) / n
                cubes += influence * influence * influence
                squares += influence * influence
            }
        }
        guard squares > 0 else { return nil }
        let acceleration = cubes / (6 * squares * squares.squareRoot())
        return acceleration.isFinite ? acceleration : nil
    }

    private static func deviation(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }
}

extension [Double] {
    /// In a sorted list, the first place whose element meets `predicate`, which later ones then meet as well.
    fileprivate func partition(_ predicate: (Double) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

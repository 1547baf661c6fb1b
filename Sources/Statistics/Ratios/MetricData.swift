/// One arm's data for a metric, as additive sufficient statistics per unit (user, session, item).
package enum MetricData: Sendable, Hashable {
    /// A mean per unit.
    case mean(Moments)
    /// A rate of units.
    case proportion(ProportionCount)
    /// A ratio of two sums, by the delta method.
    case ratio(RatioMoments)
    /// A mean, adjusted by a quantity known before the experiment (CUPED: Deng, Xu, Kohavi and Walker 2013). The
    /// outcome is a, the earlier quantity b.
    case adjustedMean(PairMoments)
    /// A ratio, adjusted by an earlier ratio: outcome numerator, outcome denominator, earlier numerator, earlier
    /// denominator.
    case adjustedRatio(CrossMoments)

    /// Units.
    package var count: Int {
        switch self {
        case .mean(let moments): moments.count
        case .proportion(let count): count.n
        case .ratio(let moments): moments.count
        case .adjustedMean(let moments): moments.count
        case .adjustedRatio(let moments): moments.count
        }
    }

    /// Both samples as one. Throws for different kinds of metric.
    package func merging(_ other: MetricData) throws(StatisticsError) -> MetricData {
        switch (self, other) {
        case (.mean(let a), .mean(let b)): .mean(a.merging(b))
        case (.proportion(let a), .proportion(let b)): .proportion(a.merging(b))
        case (.ratio(let a), .ratio(let b)): .ratio(a.merging(b))
        case (.adjustedMean(let a), .adjustedMean(let b)): .adjustedMean(a.merging(b))
        case (.adjustedRatio(let a), .adjustedRatio(let b)): .adjustedRatio(try a.merging(b))
        default: throw .mismatch("Two kinds of metric can't be merged. Compute both arms alike.")
        }
    }

    /// The regression coefficient of the earlier quantity, from both arms; 0 for other metrics, and where the earlier
    /// quantity (or the outcome) has no spread, which leaves the metric unadjusted.
    package static func theta(_ a: MetricData, _ b: MetricData) -> Double {
        switch (a, b) {
        case (.adjustedMean(let a), .adjustedMean(let b)):
            let joint = a.merging(b)
            guard let spread = joint.b.variance, spread > 0, let covariance = joint.covariance else { return 0 }
            return covariance / spread
        case (.adjustedRatio, .adjustedRatio):
            let parts = [MetricPoint(a, theta: 0), MetricPoint(b, theta: 0)]
            let spread = parts.reduce(0) { $0 + $1.covariance($1.earlierGradient, $1.earlierGradient) }
            let shared = parts.reduce(0) { $0 + $1.covariance($1.plainGradient, $1.earlierGradient) }
            return spread > 0 ? shared / spread : 0
        default: return 0
        }
    }
}

/// A metric as a function of the means of an arm: its value, its gradient, and the covariance of the quantities.
struct MetricPoint {
    let n: Int
    /// Adjusted; and as it was without adjustment.
    let value: Double
    let plain: Double
    /// Of the adjusted and of the plain value by each mean.
    let gradient: [Double]
    let plainGradient: [Double]
    /// Of the earlier quantity, which the adjustment subtracts theta times.
    let earlierGradient: [Double]
    private let covariances: [[Double]]

    init(_ data: MetricData, theta: Double) {
        let parts = Self.parts(data)
        n = data.count
        covariances = parts.covariances
        plain = parts.outcome.value
        plainGradient = parts.outcome.gradient
        earlierGradient = parts.earlier.gradient
        value = parts.outcome.value - theta * parts.earlier.value
        gradient = zip(plainGradient, earlierGradient).map { $0 - theta * $1 }
    }

    /// The covariance of two linear functions of one unit's quantities.
    func covariance(_ first: [Double], _ second: [Double]) -> Double {
        var sum = 0.0
        for i in first.indices { for j in second.indices { sum += first[i] * covariances[i][j] * second[j] } }
        return sum
    }

    private typealias Part = (value: Double, gradient: [Double])

    private static func parts(_ data: MetricData) -> (outcome: Part, earlier: Part, covariances: [[Double]]) {
        switch data {
        case .mean(let moments):
            return ((moments.mean ?? 0, [1]), (0, [0]), [[moments.variance ?? 0]])
        case .proportion(let count):
            let p = count.proportion ?? 0
            return ((p, [1]), (0, [0]), [[p * (1 - p)]])
        case .ratio(let moments):
            let (over, under) = (moments.numerators.mean ?? 0, moments.denominators.mean ?? 0)
            let shared = moments.covariance ?? 0
            let spreads = (moments.numerators.variance ?? 0, moments.denominators.variance ?? 0)
            return (ratio(over, under, [1, 0], [0, 1]), (0, [0, 0]), [[spreads.0, shared], [shared, spreads.1]])
        case .adjustedMean(let moments):
            let shared = moments.covariance ?? 0
            let spreads = (moments.a.variance ?? 0, moments.b.variance ?? 0)
            return (
                (moments.a.mean ?? 0, [1, 0]), (moments.b.mean ?? 0, [0, 1]),
                [[spreads.0, shared], [shared, spreads.1]]
            )
        case .adjustedRatio(let moments):
            let means = moments.means + [0, 0, 0, 0]
            let covariances = (0..<4).map { i in
                (0..<4).map { max(i, $0) < moments.width ? moments.covariance(i, $0) : 0 }
            }
            return (
                ratio(means[0], means[1], [1, 0, 0, 0], [0, 1, 0, 0]),
                ratio(means[2], means[3], [0, 0, 1, 0], [0, 0, 0, 1]), covariances
            )
        }
    }

    /// A ratio and its gradient; zero where the denominator is, which the caller refuses.
    private static func ratio(_ over: Double, _ under: Double, _ first: [Double], _ second: [Double]) -> Part {
        guard under != 0 else { return (0, first.map { _ in 0 }) }
        let value = over / under
        return (value, zip(first, second).map { ($0 - value * $1) / under })
    }
}

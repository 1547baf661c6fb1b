#if canImport(Glibc)
import Glibc
#endif

/// Strengths that fit pairwise comparisons best, with their sandwich covariance.
package struct BradleyTerryFit<Competitor: Hashable & Sendable>: Sendable {
    /// In the order in which they first appear.
    package let competitors: [Competitor]
    /// Natural logarithms of strength, with sum 0.
    package let strengths: [Double]
    /// Log odds for one unit of each style covariate.
    package let styleCoefficients: [Double]
    /// Battles, by weight.
    package let battles: Double
    /// Groups of battles; `nil` where every battle is its own.
    package let clusters: Int?
    /// Of strengths, then coefficients; row by row.
    private let covariance: [Double]
    private let places: [Competitor: Int]
    private let notes: [Note]

    init(_ problem: BradleyTerryProblem<Competitor>, _ parameters: [Double]) {
        competitors = problem.competitors
        places = problem.places
        strengths = Array(parameters.prefix(problem.competitors.count))
        styleCoefficients = Array(parameters.dropFirst(problem.competitors.count))
        battles = problem.weights.reduce(0, +)
        clusters = problem.clusterCount
        covariance = problem.sandwich(parameters)
        notes = problem.ridge > 0 ? [.text("Strengths are pulled together by a ridge of \(problem.ridge).")] : []
    }

    /// Ratings with sandwich intervals (Huber 1967; White 1982), which hold also where the model is not quite true.
    package func ratings(
        level: Double = 0.95, scale: RatingScale = .arena
    ) throws(StatisticsError) -> [(competitor: Competitor, rating: Estimate)] {
        try Check.level(level)
        return competitors.indices.map { place in
            var contrast = [Double](repeating: 0, count: width)
            contrast[place] = 1
            let error = deviation(contrast) * scale.factor
            return (competitors[place], estimate(scale.rating(strengths[place]), error, level))
        }
    }

    /// The difference of two ratings (a - b) in points, which is what decides whether one is better: the intervals of
    /// two ratings may overlap where that of their difference does not hold zero. `nil` for someone unknown.
    package func difference(
        _ a: Competitor, _ b: Competitor, level: Double = 0.95, scale: RatingScale = .arena
    ) throws(StatisticsError) -> Estimate? {
        try Check.level(level)
        guard let first = places[a], let second = places[b] else { return nil }
        var contrast = [Double](repeating: 0, count: width)
        contrast[first] += 1
        contrast[second] -= 1
        let points = (strengths[first] - strengths[second]) * scale.factor
        return estimate(points, deviation(contrast) * scale.factor, level)
    }

    /// The style coefficients with their intervals, in log odds.
    package func styleEffects(level: Double = 0.95) throws(StatisticsError) -> [Estimate] {
        try Check.level(level)
        return styleCoefficients.indices.map { place in
            var contrast = [Double](repeating: 0, count: width)
            contrast[competitors.count + place] = 1
            return estimate(styleCoefficients[place], deviation(contrast), level)
        }
    }

    /// The probability that a beats b at equal style, ties counting half; `nil` for someone unknown.
    package func winProbability(_ a: Competitor, over b: Competitor) -> Double? {
        guard let first = places[a], let second = places[b] else { return nil }
        return Logistic.probability(strengths[first] - strengths[second])
    }

    private var width: Int { competitors.count + styleCoefficients.count }

    private func deviation(_ contrast: [Double]) -> Double {
        var sum = 0.0
        for i in contrast.indices where contrast[i] != 0 {
            for j in contrast.indices where contrast[j] != 0 {
                sum += contrast[i] * covariance[i * width + j] * contrast[j]
            }
        }
        return max(0, sum).squareRoot()
    }

    private func estimate(_ value: Double, _ error: Double, _ level: Double) -> Estimate {
        let half = Normal.factor(level: level) * error
        let n = Int(battles.rounded())
        return Estimate(
            value: value, standardError: error,
            interval: Interval(lower: value - half, upper: value + half, level: level),
            method: .bradleyTerry, n: n, clusters: clusters ?? n, notes: notes)
    }
}

/// The logistic function, without overflow.
enum Logistic {
    static func probability(_ odds: Double) -> Double {
        odds >= 0 ? 1 / (1 + exp(-odds)) : exp(odds) / (1 + exp(odds))
    }

    /// log(1 + e^x).
    static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
}

#if canImport(Glibc)
import Glibc
#endif

/// The Bradley-Terry model (1952) by maximum likelihood: strengths from pairwise comparisons, a tie counting half for
/// each.
///
/// log odds that a beats b = strength(a) - strength(b) + coefficients times style(a, b). With style covariates the
/// strengths are what remains for answers of equal style (the Arena's style control; the length control of AlpacaEval
/// 2).
package enum BradleyTerry {
    /// Newton's method settles in under ten rounds where an answer exists.
    static let mostRounds = 100

    /// Fits the model.
    ///
    /// - Parameters:
    ///   - ridge: a penalty of ridge / 2 times the squared strengths, which gives answers where maximum likelihood has
    ///     none; 0 for none. A ridge pulls strengths together, and the intervals don't know of it.
    ///   - clusters: for each battle the group it comes from (the prompt), where battles of a group are not
    ///     independent.
    ///
    /// Throws where there are no battles, one has no finite style or a score outside 0...1, the style's width differs,
    /// or someone has won or lost every comparison with the rest (no finite strength fits; the message names them).
    package static func fit<Competitor>(
        _ battles: [PairwiseBattle<Competitor>], ridge: Double = 0, clusters: [Int]? = nil
    ) throws(StatisticsError) -> BradleyTerryFit<Competitor> {
        let problem = try BradleyTerryProblem(battles, clusters: clusters, ridge: ridge)
        if ridge == 0 { try problem.checkConnected(weights: problem.weights) }
        let parameters = try problem.solve(weights: problem.weights, from: nil)
        return BradleyTerryFit(problem, parameters)
    }

    /// Fits the model, with percentile bootstrap intervals: battles (or whole clusters) are drawn anew.
    ///
    /// Resamples in which someone won or lost everything have no answer and are left out, with a note; where that
    /// happens often, prefer the sandwich intervals or more battles. Weights are drawn as numbers of battles.
    package static func bootstrap<Competitor>(
        _ battles: [PairwiseBattle<Competitor>], ridge: Double = 0, clusters: [Int]? = nil,
        plan: BootstrapPlan = BootstrapPlan(resamples: 1_000), using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> [(competitor: Competitor, rating: Estimate)] {
        try plan.check()
        let problem = try BradleyTerryProblem(battles, clusters: clusters, ridge: ridge)
        if ridge == 0 { try problem.checkConnected(weights: problem.weights) }
        let best = try problem.solve(weights: problem.weights, from: nil)
        let fit = BradleyTerryFit(problem, best)
        var draws = SeededGenerator(seed: generator.next())
        var replicates = [[Double]](repeating: [], count: fit.competitors.count)
        for _ in 0..<plan.resamples {
            guard let strengths = problem.replicate(from: best, &draws) else { continue }
            for index in replicates.indices { replicates[index].append(RatingScale.arena.rating(strengths[index])) }
        }
        let kept = replicates[0].count
        guard kept * 2 > plan.resamples else {
            throw .undefined("In most resamples someone wins or loses everything. Compare more, or give a ridge.")
        }
        let percentile = BootstrapPlan(resamples: plan.resamples, level: plan.level, interval: .percentile)
        return try fit.ratings(level: plan.level).enumerated().map { index, rated in
            let made = BootstrapResult(replicates[index], jackknives: [], percentile)
            var rating = rated.rating
            rating.standardError = made.standardError
            rating.interval = made.interval(around: rating.value).interval
            rating.method = .bootstrapPercentile
            if kept < plan.resamples { rating.notes.append(.droppedResamples(plan.resamples - kept)) }
            return (rated.competitor, rating)
        }
    }
}

/// From log strengths to the numbers people read.
package struct RatingScale: Sendable, Hashable {
    /// Points for odds of 10 to 1.
    package var pointsPerTenfoldOdds: Double
    /// The rating of average strength.
    package var centre: Double

    package init(pointsPerTenfoldOdds: Double, centre: Double) {
        self.pointsPerTenfoldOdds = pointsPerTenfoldOdds
        self.centre = centre
    }

    /// Elo's: strength times 400 / ln 10, plus 1000.
    package static let arena = RatingScale(pointsPerTenfoldOdds: 400, centre: 1_000)

    /// Points for a log strength of 1.
    package var factor: Double { pointsPerTenfoldOdds / log(10.0) }
    /// The rating of a log strength.
    package func rating(_ strength: Double) -> Double { strength * factor + centre }
}

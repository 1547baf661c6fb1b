#if canImport(Glibc)
import Glibc
#endif

/// The score a judge expects, from the probabilities of its score tokens (G-Eval: Liu and others 2023): finer than the
/// one token it printed, with fewer ties.
package enum ExpectedScore {
    /// The mean score under the tokens' probabilities, scaled to sum to one.
    ///
    /// - Parameter logProbabilities: natural logarithms, for the tokens that are scores; the same score may come
    ///   several times ("4" and " 4"). Minus infinity counts as zero.
    ///
    /// Throws where nothing is given, a score is not finite, or every probability is zero.
    package static func mean(
        _ logProbabilities: [(score: Double, logProbability: Double)]
    ) throws(StatisticsError) -> Double {
        guard !logProbabilities.isEmpty else { throw .empty(what: "score tokens") }
        try Check.finite(logProbabilities.map(\.score), "scores")
        let highest = logProbabilities.reduce(-Double.infinity) { max($0, $1.logProbability) }
        guard highest.isFinite, !logProbabilities.contains(where: { $0.logProbability.isNaN }) else {
            throw .undefined("No score token has a probability. Ask for more of them, or use the printed score.")
        }
        var (sum, total) = (0.0, 0.0)
        for token in logProbabilities {
            let weight = exp(token.logProbability - highest)
            sum += weight * token.score
            total += weight
        }
        return sum / total
    }

    /// The probability that the given tokens hold together, 0...1: a low one says that the judge wanted to say
    /// something other than a score.
    package static func coverage(_ logProbabilities: [(score: Double, logProbability: Double)]) -> Double {
        min(1, logProbabilities.reduce(0) { $0 + ($1.logProbability.isNaN ? 0 : exp($1.logProbability)) })
    }
}

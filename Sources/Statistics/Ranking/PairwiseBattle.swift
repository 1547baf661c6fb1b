#if canImport(Glibc)
import Glibc
#endif

/// One comparison of two competitors.
package struct PairwiseBattle<Competitor: Hashable & Sendable>: Sendable, Hashable {
    package var a: Competitor
    package var b: Competitor
    /// What a got: 1 for a win, 0 for a loss, 0.5 for a tie.
    package var score: Double
    /// How often it happened, or how much it counts; more than 0.
    package var weight: Double
    /// Style of a's answer minus that of b's, one number for each covariate; see ``StyleDifference``.
    package var style: [Double]

    package init(_ a: Competitor, _ b: Competitor, score: Double, weight: Double = 1, style: [Double] = []) {
        self.a = a
        self.b = b
        self.score = score
        self.weight = weight
        self.style = style
    }
}

/// Covariates that let a ranking control for style: how much of a win was length or markup.
package enum StyleDifference {
    /// (a - b) / (a + b) for counts such as tokens, headers or list items; 0 where both are 0 (the Arena's style
    /// control).
    package static func share(_ a: Double, _ b: Double) -> Double {
        let total = a + b
        return total > 0 ? (a - b) / total : 0
    }

    /// tanh of the standardised differences (AlpacaEval's length control): a few huge differences can't lead the fit.
    /// All differences equal to zero stay zeros.
    package static func bounded(_ differences: [Double]) throws(StatisticsError) -> [Double] {
        try Check.finite(differences, "differences")
        let squares = differences.reduce(0) { $0 + $1 * $1 }
        guard squares > 0 else { return differences }
        let scale = (squares / Double(differences.count)).squareRoot()
        return differences.map { tanh($0 / scale) }
    }

    /// Covariates with mean 0 and standard deviation 1, so that their coefficients can be compared; a constant one
    /// turns 0.
    package static func standardized(_ values: [Double]) throws(StatisticsError) -> [Double] {
        let moments = try Moments(values)
        guard let mean = moments.mean, let spread = moments.populationVariance, spread > 0 else {
            return values.map { _ in 0 }
        }
        return values.map { ($0 - mean) / spread.squareRoot() }
    }
}

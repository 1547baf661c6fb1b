/// McNemar's test (1947): do two systems pass the same cases equally often? Only discordant cases count.
///
/// Without a discordant case nothing speaks against equality: p is 1 and the note says ``Note/allEqual``.
package enum McNemar {
    /// The exact conditional test: twice the smaller binomial tail, at most 1. Never rejects too often; use it for
    /// gates.
    package static func exact(_ outcomes: PairedOutcomes) -> TestResult {
        result(outcomes, pValue: min(1, 2 * tail(outcomes)), method: "mcnemar-exact")
    }

    /// The mid-p version (Lancaster 1961): counts half of the observed outcome's probability in each tail.
    ///
    /// Closer to the nominal level than the exact test, at the price of exceeding it by a little for some sample sizes.
    package static func midP(_ outcomes: PairedOutcomes) -> TestResult {
        guard outcomes.onlyA != outcomes.onlyB else { return result(outcomes, pValue: 1, method: "mcnemar-mid-p") }
        let smaller = min(outcomes.onlyA, outcomes.onlyB)
        let observed = Binomial.probability(smaller, trials: outcomes.discordant, p: 0.5)
        return result(outcomes, pValue: min(1, 2 * tail(outcomes) - observed), method: "mcnemar-mid-p")
    }

    /// The chi-squared approximation with 1 degree of freedom, for 25 or more discordant cases.
    ///
    /// - Parameter corrected: with Edwards' continuity correction (1948).
    package static func chiSquared(_ outcomes: PairedOutcomes, corrected: Bool = true) -> TestResult {
        let name = corrected ? "mcnemar-chi-squared-corrected" : "mcnemar-chi-squared"
        guard outcomes.discordant > 0 else { return result(outcomes, pValue: 1, method: name) }
        let distance = max(0, abs(Double(outcomes.onlyB - outcomes.onlyA)) - (corrected ? 1 : 0))
        let statistic = distance * distance / Double(outcomes.discordant)
        var result = result(
            outcomes, pValue: ChiSquared.survival(statistic, degreesOfFreedom: 1), method: name)
        result.statistic = statistic
        result.degreesOfFreedom = 1
        return result
    }

    /// P(X <= the smaller discordant count) for a fair coin.
    private static func tail(_ outcomes: PairedOutcomes) -> Double {
        Binomial.cdf(min(outcomes.onlyA, outcomes.onlyB), trials: outcomes.discordant, p: 0.5)
    }

    private static func result(_ outcomes: PairedOutcomes, pValue: Double, method: String) -> TestResult {
        TestResult(
            statistic: Double(min(outcomes.onlyA, outcomes.onlyB)), pValue: outcomes.discordant == 0 ? 1 : pValue,
            method: method, n: outcomes.n, notes: outcomes.discordant == 0 ? [.allEqual] : [])
    }
}

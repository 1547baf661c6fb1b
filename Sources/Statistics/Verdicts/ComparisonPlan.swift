/// How the interval of a difference is made.
package enum ComparisonMethod: String, Sendable, Hashable, CaseIterable {
    /// Newcombe for 0/1 scores without clusters, else t.
    case automatic
    /// The t interval: of paired differences, Welch's, or of clusters.
    case t
    /// Newcombe's score interval, for 0/1 scores without clusters.
    case newcombe
    /// The bootstrap's percentile interval, with a permutation test.
    case bootstrap
    /// The bootstrap's BCa interval, with a permutation test.
    case bca
}

/// How two systems are compared. Decide it before looking at the scores.
package struct ComparisonPlan: Sendable, Hashable {
    /// 0.95 for 95 %.
    package var level: Double
    /// The least difference that matters, in the scores' units; `nil` where none is named.
    package var margin: Double?
    package var method: ComparisonMethod
    /// False for scores such as cost, latency or violations.
    package var higherIsBetter: Bool
    /// Of the bootstrap.
    package var resamples: Int
    /// Of the permutation test, at most; above 4,000 cases fewer are made.
    package var draws: Int
    /// Of clustered standard errors.
    package var correction: ClusterCorrection
    /// The chance with which further cases shall decide an open question.
    package var power: Double

    package init(
        level: Double = 0.95, margin: Double? = nil, method: ComparisonMethod = .automatic, higherIsBetter: Bool = true,
        resamples: Int = 10_000, draws: Int = 100_000, correction: ClusterCorrection = .clusters, power: Double = 0.8
    ) {
        self.level = level
        self.margin = margin
        self.method = method
        self.higherIsBetter = higherIsBetter
        self.resamples = resamples
        self.draws = draws
        self.correction = correction
        self.power = power
    }

    /// Throws for numbers out of range.
    func check() throws(StatisticsError) {
        try Check.level(level)
        if let margin { try Check.positive(margin, "The margin") }
        guard power > 0, power < 1 else {
            throw .outOfRange(what: "The power", value: power, allowed: "between 0 and 1, such as 0.8")
        }
    }

    /// The bootstrap that the method asks for.
    var bootstrap: BootstrapPlan {
        BootstrapPlan(resamples: resamples, level: level, interval: method == .bca ? .bca : .percentile)
    }

    /// Draws of a permutation test of `n` cases: fewer where the cases are many, so that a test takes about a second. A
    /// thousand draws know a p of 0.05 to 0.007, and many cases rarely leave p so close to the level.
    func draws(for n: Int) -> Int { max(min(1_000, draws), min(draws, 400_000_000 / max(1, n))) }

    /// What ``ComparisonMethod/automatic`` means for these data. Throws where Newcombe's method can't be used.
    func resolved(isBinary: Bool, isClustered: Bool) throws(StatisticsError) -> ComparisonMethod {
        switch method {
        case .automatic: return isBinary && !isClustered ? .newcombe : .t
        case .newcombe where !isBinary:
            throw .mismatch("Newcombe's interval is for scores of 0 and 1 only. Use the method t, bootstrap or bca.")
        case .newcombe where isClustered:
            throw .mismatch("Newcombe's interval knows no clusters. Use the method t, bootstrap or bca.")
        default: return method
        }
    }
}

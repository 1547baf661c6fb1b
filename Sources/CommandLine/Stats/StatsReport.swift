package import Statistics

/// A comparison with what a report of it says beside.
package struct StatsReport: Sendable {
    package var baselineName: String
    package var candidateName: String
    package var isPaired: Bool
    /// False where less is better.
    package var higherIsBetter: Bool
    package var comparison: Comparison
    /// The regression gate; `nil` without a margin.
    package var gate: NonInferiority?
    /// Rows without a score of the baseline.
    package var missingBaseline: Int
    /// Rows without a score of the candidate.
    package var missingCandidate: Int
    /// The seed, where random draws were made.
    package var seed: UInt64
    /// The chance that detectable differences and further cases are computed for.
    package var power: Double

    /// Compares the columns. Throws ``StatisticsError`` where the scores allow no comparison.
    package init(
        _ columns: ScoreColumns, isPaired: Bool, plan: ComparisonPlan, seed: UInt64
    ) throws(StatisticsError) {
        var generator = SeededGenerator(seed: seed)
        if isPaired {
            comparison = try Compare.paired(
                columns.baseline, columns.candidate, clusters: columns.clusters, plan: plan, using: &generator)
        } else {
            let (a, b) = (columns.side(columns.baseline), columns.side(columns.candidate))
            comparison = try Compare.unpaired(
                a.values, clustersOfA: a.clusters, b.values, clustersOfB: b.clusters, plan: plan, using: &generator)
        }
        if let margin = plan.margin {
            gate = try NonInferiority(
                comparison.difference, margin: margin, higherIsBetter: plan.higherIsBetter,
                degreesOfFreedom: comparison.test?.degreesOfFreedom, power: plan.power)
        }
        (baselineName, candidateName) = columns.names
        missingBaseline = columns.baseline.count { $0 == nil }
        missingCandidate = columns.candidate.count { $0 == nil }
        self.isPaired = isPaired
        self.higherIsBetter = plan.higherIsBetter
        self.seed = seed
        self.power = plan.power
    }

    /// The least true difference that a run of this size and spread finds with the chance `power`; `nil` without an
    /// interval.
    package var detectableDifference: Double? {
        guard let interval = comparison.difference.interval else { return nil }
        let z = Normal.factor(level: interval.level)
        return (z + Normal.quantile(power)) * interval.width / (2 * z)
    }
}

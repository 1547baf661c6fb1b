/// A judge's verdicts against the truth (a human's), for two labels. Integers, so merging is exact.
package struct ConfusionMatrix: Sendable, Hashable {
    /// Truly positive, judged positive.
    package let truePositives: Int
    /// Truly positive, judged negative.
    package let falseNegatives: Int
    /// Truly negative, judged positive.
    package let falsePositives: Int
    /// Truly negative, judged negative.
    package let trueNegatives: Int

    /// Throws for negative counts.
    package init(
        truePositives: Int, falseNegatives: Int, falsePositives: Int, trueNegatives: Int
    ) throws(StatisticsError) {
        for count in [truePositives, falseNegatives, falsePositives, trueNegatives] where count < 0 {
            throw .outOfRange(what: "A count of cases", value: Double(count), allowed: "0 or more")
        }
        self.truePositives = truePositives
        self.falseNegatives = falseNegatives
        self.falsePositives = falsePositives
        self.trueNegatives = trueNegatives
    }

    /// Counts pairs. Throws where the two differ in length.
    package init(truth: [Bool], judged: [Bool]) throws(StatisticsError) {
        let pairs = try PairedOutcomes(truth, judged)
        try self.init(
            truePositives: pairs.both, falseNegatives: pairs.onlyA, falsePositives: pairs.onlyB,
            trueNegatives: pairs.neither)
    }

    /// Both samples as one. Throws never in fact, as sums of counts are counts.
    package func merging(_ other: ConfusionMatrix) throws(StatisticsError) -> ConfusionMatrix {
        try ConfusionMatrix(
            truePositives: truePositives + other.truePositives, falseNegatives: falseNegatives + other.falseNegatives,
            falsePositives: falsePositives + other.falsePositives, trueNegatives: trueNegatives + other.trueNegatives)
    }

    package var n: Int { truePositives + falseNegatives + falsePositives + trueNegatives }

    /// The true positive rate (recall, sensitivity) with Wilson's interval. Throws where nothing is truly positive.
    package func truePositiveRate(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try rate(truePositives, of: truePositives + falseNegatives, "cases that are truly positive", level)
    }

    /// The true negative rate (specificity) with Wilson's interval. Throws where nothing is truly negative.
    package func trueNegativeRate(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try rate(trueNegatives, of: trueNegatives + falsePositives, "cases that are truly negative", level)
    }

    /// The precision, with Wilson's interval. Throws where nothing was judged positive.
    package func precision(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try rate(truePositives, of: truePositives + falsePositives, "cases that were judged positive", level)
    }

    /// The share of cases judged as they are, with Wilson's interval. Throws where there are no cases.
    package func accuracy(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try rate(truePositives + trueNegatives, of: n, "cases", level)
    }

    /// Truth in rows, judge in columns: for kappa and AC1.
    package var table: AgreementTable {
        get throws(StatisticsError) {
            try AgreementTable(counts: [[truePositives, falseNegatives], [falsePositives, trueNegatives]])
        }
    }

    private func rate(_ hits: Int, of n: Int, _ what: String, _ level: Double) throws(StatisticsError) -> Estimate {
        guard n > 0 else { throw .empty(what: what) }
        return try Proportion.wilson(ProportionCount(successes: hits, of: n), level: level)
    }
}

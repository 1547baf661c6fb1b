/// How many cases a comparison needs, or what difference it can see (normal approximation, two-sided).
///
/// For paired means of evaluations the variance is that of Miller 2024 (arXiv 2411.00640, section 5):
/// omega² + sigmaA² / Ka + sigmaB² / Kb, with omega² the variance over items of the difference of the items' true
/// scores, sigma² the variance of a score when an item is sampled again, and K the samples per item.
package struct SampleSize: Sendable, Hashable {
    /// Of one case's contribution to the difference, in squared units of the score.
    package let variance: Double
    /// The level of the interval, 0.95 for 95 %.
    package let level: Double
    /// The chance of finding a true difference, 0.8 for 80 %.
    package let power: Double

    /// Throws for a variance of 0 or less and for a level or power outside 0...1.
    package init(variance: Double, level: Double = 0.95, power: Double = 0.8) throws(StatisticsError) {
        try Check.positive(variance, "The variance")
        try Check.level(level)
        guard power > 0, power < 1 else {
            throw .outOfRange(what: "The power", value: power, allowed: "between 0 and 1, such as 0.8")
        }
        self.variance = variance
        self.level = level
        self.power = power
    }

    /// Paired means with several samples per item. n counts items.
    ///
    /// - Parameters:
    ///   - betweenItems: omega², of the differences.
    ///   - noiseA: sigma² of the baseline's samples of one item; `noiseB` the candidate's.
    ///   - samplesA: K of the baseline; `samplesB` the candidate's.
    package static func paired(
        betweenItems: Double, noiseA: Double = 0, samplesA: Int = 1, noiseB: Double = 0, samplesB: Int = 1,
        level: Double = 0.95, power: Double = 0.8
    ) throws(StatisticsError) -> SampleSize {
        try Check.notNegative(betweenItems, "The variance between items")
        try Check.notNegative(noiseA, "The baseline's variance within items")
        try Check.notNegative(noiseB, "The candidate's variance within items")
        guard samplesA > 0, samplesB > 0 else {
            throw .outOfRange(
                what: "The number of samples per item", value: Double(min(samplesA, samplesB)), allowed: "1 or more")
        }
        let variance = betweenItems + noiseA / Double(samplesA) + noiseB / Double(samplesB)
        return try SampleSize(variance: variance, level: level, power: power)
    }

    /// Means of two separate samples of the same size. n counts the cases of each side.
    package static func unpaired(
        varianceA: Double, varianceB: Double, level: Double = 0.95, power: Double = 0.8
    ) throws(StatisticsError) -> SampleSize {
        try Check.notNegative(varianceA, "The baseline's variance")
        try Check.notNegative(varianceB, "The candidate's variance")
        return try SampleSize(variance: varianceA + varianceB, level: level, power: power)
    }

    /// Two proportions of separate samples of the same size, with variances p (1 - p). n counts the cases of each side.
    package static func proportions(
        _ a: Double, _ b: Double, level: Double = 0.95, power: Double = 0.8
    ) throws(StatisticsError) -> SampleSize {
        for value in [a, b] where !(0...1).contains(value) {
            throw .outOfRange(what: "A proportion", value: value, allowed: "0 to 1")
        }
        return try unpaired(varianceA: a * (1 - a), varianceB: b * (1 - b), level: level, power: power)
    }

    /// Cases for a true difference to be found with the wanted power, in score units; its sign does not matter.
    ///
    /// For clusters multiply by ``designEffect(clusterSize:intraclassCorrelation:)``. Throws for a difference of 0 and
    /// where no computer could count the cases.
    package func cases(difference: Double) throws(StatisticsError) -> Int {
        try Check.positive(difference.magnitude, "The size of the difference")
        let cases = (factor * factor * variance / (difference * difference)).rounded(.up)
        guard cases < 1e15 else {
            throw .undefined("More than 10^15 cases would be needed. Look for a larger difference.")
        }
        return max(2, Int(cases))
    }

    /// The least true difference that `cases` cases find with the wanted power (MDE), in score units.
    package func detectableDifference(cases: Int) throws(StatisticsError) -> Double {
        guard cases > 0 else { throw .empty(what: "cases") }
        return factor * (variance / Double(cases)).squareRoot()
    }

    /// The chance that `cases` cases show a true difference, on the side where it is.
    package func power(cases: Int, difference: Double) throws(StatisticsError) -> Double {
        guard cases > 0 else { throw .empty(what: "cases") }
        let shift = difference.magnitude / (variance / Double(cases)).squareRoot()
        return Normal.survival(Normal.factor(level: level) - shift)
    }

    /// How many times more items clusters of this size need: 1 + (m - 1) ICC (Kish 1965), at least 0.
    package static func designEffect(
        clusterSize: Double, intraclassCorrelation: Double
    ) throws(StatisticsError) -> Double {
        guard clusterSize >= 1, clusterSize.isFinite else {
            throw .outOfRange(what: "The size of clusters", value: clusterSize, allowed: "1 or more")
        }
        guard (-1...1).contains(intraclassCorrelation) else {
            throw .outOfRange(what: "The intraclass correlation", value: intraclassCorrelation, allowed: "-1 to 1")
        }
        return max(0, 1 + (clusterSize - 1) * intraclassCorrelation)
    }

    /// z of the level plus z of the power.
    private var factor: Double { Normal.factor(level: level) + Normal.quantile(power) }
}

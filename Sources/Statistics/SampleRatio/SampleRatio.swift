/// The sample-ratio check: were cases assigned in the shares that were planned?
///
/// A mismatch means that assignment or logging is broken, and no effect of the experiment can be trusted. As the check
/// is looked at often, alarms are customary at p < 0.001.
package enum SampleRatio {
    /// Pearson's chi-squared test of the counts against the planned weights.
    ///
    /// - Parameter weights: any scale; an arm of weight 0 is left out, and noted if it has cases.
    ///
    /// No cases at all: p is 1 with the note ``Note/empty``. Throws where the lists differ in length, a weight or count
    /// is negative, or fewer than two arms have a weight.
    package static func check(_ counts: [Int], weights: [Double]) throws(StatisticsError) -> TestResult {
        guard counts.count == weights.count else {
            throw .mismatch("\(counts.count) counts have \(weights.count) weights. Give one of each for every arm.")
        }
        for weight in weights { try Check.notNegative(weight, "A weight") }
        for count in counts where count < 0 {
            throw .outOfRange(what: "A count of cases", value: Double(count), allowed: "0 or more")
        }
        let arms = zip(counts, weights).filter { $1 > 0 }
        guard arms.count > 1 else { throw .tooFew(what: "arms with a weight", have: arms.count, need: 2) }
        var result = pearson(arms)
        if arms.reduce(0, { $0 + $1.0 }) < counts.reduce(0, +) {
            result.notes.append(.text("An arm of weight 0 has cases; they are left out."))
        }
        return result
    }

    private static func pearson(_ arms: [(count: Int, weight: Double)]) -> TestResult {
        let n = arms.reduce(0) { $0 + $1.count }
        let freedom = Double(arms.count - 1)
        var result = TestResult(
            statistic: 0, pValue: 1, method: "sample-ratio-chi-squared", degreesOfFreedom: freedom, n: n)
        guard n > 0 else {
            result.notes = [.empty]
            return result
        }
        let total = arms.reduce(0) { $0 + $1.weight }
        let statistic = arms.reduce(0.0) { sum, arm in
            let expected = arm.weight / total * Double(n)
            return sum + (Double(arm.count) - expected) * (Double(arm.count) - expected) / expected
        }
        result.statistic = statistic
        result.pValue = ChiSquared.survival(statistic, degreesOfFreedom: freedom)
        return result
    }
}

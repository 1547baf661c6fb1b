/// The mean difference of two systems on the same items, candidate (b) minus baseline (a).
///
/// Pairing removes the difficulty of the items from the error; two separate intervals must never be compared instead.
package enum PairedDifference {
    /// The mean of b - a, its standard error sd(b - a) / sqrt(n) and its t interval (Miller 2024).
    ///
    /// One pair: no standard error. All differences equal: see ``ConstantDifference``. Throws where there are no pairs.
    package static func estimate(_ pairs: PairMoments, level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        guard let difference = pairs.meanDifference else { throw .empty(what: "pairs") }
        let n = pairs.count
        guard let variance = pairs.varianceOfDifference else {
            return Estimate(value: difference, method: .t, n: n, notes: [.oneCase])
        }
        guard pairs.hasSpread else {
            return Estimate(value: difference, standardError: 0, method: .t, n: n, notes: [.allEqual])
        }
        let error = (variance / Double(n)).squareRoot()
        let interval = Mean.tInterval(difference, error: error, degreesOfFreedom: Double(n - 1), level: level)
        return Estimate(value: difference, standardError: error, interval: interval, method: .t, n: n)
    }

    /// The paired t test, two-sided (equal to `scipy.stats.ttest_rel`). Throws below two pairs or without spread.
    package static func test(_ pairs: PairMoments) throws(StatisticsError) -> TestResult {
        guard let difference = pairs.meanDifference, let variance = pairs.varianceOfDifference else {
            throw .tooFew(what: "pairs", have: pairs.count, need: 2)
        }
        guard pairs.hasSpread else { throw .noVariation(what: "differences") }
        let degrees = Double(pairs.count - 1)
        let t = difference / (variance / Double(pairs.count)).squareRoot()
        return TestResult(
            statistic: t, pValue: Mean.twoSidedP(t, degreesOfFreedom: degrees), method: "paired-t",
            degreesOfFreedom: degrees, n: pairs.count)
    }

    /// Cohen's d_z, the mean difference in standard deviations of the differences (Cohen 1988); `nil` without spread.
    package static func effectSize(_ pairs: PairMoments) -> Double? {
        guard let difference = pairs.meanDifference, let variance = pairs.varianceOfDifference, pairs.hasSpread else {
            return nil
        }
        return difference / variance.squareRoot()
    }

    /// The differences b - a of two lists, of which `nil` is a missing side.
    ///
    /// Pairs with a missing side are left out and counted. Throws where the lists differ in length, or a value is not
    /// finite.
    package static func complete(
        _ a: [Double?], _ b: [Double?]
    ) throws(StatisticsError) -> (a: [Double], b: [Double], kept: [Int], dropped: Int) {
        guard a.count == b.count else {
            throw .mismatch("\(a.count) values can't be paired with \(b.count). Give one of each for every case.")
        }
        var kept: [Int] = []
        var pairs: (a: [Double], b: [Double]) = ([], [])
        for index in a.indices {
            guard let first = a[index], let second = b[index] else { continue }
            guard first.isFinite, second.isFinite else { throw .notFinite(what: "pairs", index: index) }
            kept.append(index)
            pairs.a.append(first)
            pairs.b.append(second)
        }
        return (pairs.a, pairs.b, kept, a.count - kept.count)
    }
}

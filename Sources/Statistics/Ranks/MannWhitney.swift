/// The Mann-Whitney U test (1947), also called Wilcoxon's rank-sum test: does one of two independent samples tend to
/// be larger?
///
/// Like the signed-rank test it is not a test of means.
package enum MannWhitney {
    /// - Parameters:
    ///   - mode: `automatic` is exact where the smaller sample has at most 8 cases and nothing is tied, as in scipy.
    ///   - corrected: the continuity correction of the normal approximation.
    ///
    /// The statistic is U of `b`: pairs in which b's value is the larger, ties counting half. All values equal: p is 1.
    /// Throws where a sample is empty.
    package static func test(
        a: [Double], b: [Double], mode: RankTestMode = .automatic, corrected: Bool = true
    ) throws(StatisticsError) -> TestResult {
        guard !a.isEmpty, !b.isEmpty else { throw .empty(what: "cases in one of the samples") }
        try Check.finite(a + b, "cases")
        let ranks = Midranks(b + a)
        let doubledSum = ranks.doubled[..<b.count].reduce(0, +)
        let u = Double(doubledSum - b.count * (b.count + 1)) / 2
        var result = TestResult(statistic: u, pValue: 1, method: "mann-whitney", n: a.count + b.count)
        if ranks.hasTies { result.notes.append(.ties(ranks.tied)) }
        guard ranks.groups.count > 1 else { return result }
        let small = min(a.count, b.count) <= 8 && !ranks.hasTies
        if mode == .exact || (mode == .automatic && small) {
            result.pValue = RankSums.twoSided(RankSums.choiceShares(ranks.doubled, size: b.count), at: doubledSum)
        } else {
            result.pValue = normalP(u, a.count, b.count, ranks, corrected)
        }
        return result
    }

    /// The share of pairs in which b's value is the larger, ties counting half: 0.5 where there is no difference.
    package static func superiority(a: [Double], b: [Double]) throws(StatisticsError) -> Double {
        let u = try test(a: a, b: b, mode: .normal).statistic ?? 0
        return u / Double(a.count) / Double(b.count)
    }

    private static func normalP(_ u: Double, _ a: Int, _ b: Int, _ ranks: Midranks, _ corrected: Bool) -> Double {
        let product = Double(a) * Double(b)
        let n = Double(a + b)
        let variance = product / 12 * (n + 1 - ranks.tieCorrection / (n * (n - 1)))
        let distance = abs(u - product / 2) - (corrected ? 0.5 : 0)
        return min(1, 2 * Normal.survival(distance / variance.squareRoot()))
    }
}

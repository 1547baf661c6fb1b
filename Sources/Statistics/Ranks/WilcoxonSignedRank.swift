/// Wilcoxon's signed-rank test (1945) that paired differences lie symmetrically around zero.
///
/// Caution: this is not a test of the mean. With skewed differences it can be certain where the mean test sees nothing,
/// and the other way round. Report it beside the paired difference, not in its place.
package enum WilcoxonSignedRank {
    /// - Parameters:
    ///   - differences: candidate minus baseline. Zeros are left out (Wilcoxon's own treatment) and noted.
    ///   - mode: `automatic` is exact up to 50 cases without ties and zeros, and up to 13 with them; scipy does the
    ///     same.
    ///   - corrected: the continuity correction of the normal approximation.
    ///
    /// The statistic is the smaller of the two rank sums. Only zeros: p is 1. Throws where there are no cases.
    package static func test(
        _ differences: [Double], mode: RankTestMode = .automatic, corrected: Bool = false
    ) throws(StatisticsError) -> TestResult {
        guard !differences.isEmpty else { throw .empty(what: "differences") }
        try Check.finite(differences, "differences")
        let kept = differences.filter { $0 != 0 }
        let ranks = Midranks(kept.map(\.magnitude))
        let plus = zip(ranks.doubled, kept).reduce(0) { $0 + ($1.1 > 0 ? $1.0 : 0) }
        let all = kept.count * (kept.count + 1)
        var result = TestResult(
            statistic: Double(min(plus, all - plus)) / 2, pValue: 1, method: "wilcoxon-signed-rank", n: kept.count)
        if kept.count < differences.count { result.notes.append(.droppedZeros(differences.count - kept.count)) }
        if ranks.hasTies { result.notes.append(.ties(ranks.tied)) }
        guard !kept.isEmpty else { return result }
        if isExact(mode, ranks, zeros: differences.count - kept.count) {
            result.pValue = RankSums.twoSided(RankSums.subsetShares(ranks.doubled), at: plus)
            if kept.count < 63 { result.notes.append(.exact(1 << kept.count)) }
        } else {
            result.pValue = normalP(plus: Double(plus) / 2, ranks, corrected: corrected)
        }
        return result
    }

    private static func isExact(_ mode: RankTestMode, _ ranks: Midranks, zeros: Int) -> Bool {
        guard mode == .automatic else { return mode == .exact }
        return ranks.doubled.count + zeros <= (ranks.hasTies || zeros > 0 ? 13 : 50)
    }

    private static func normalP(plus: Double, _ ranks: Midranks, corrected: Bool) -> Double {
        let n = Double(ranks.doubled.count)
        let variance = (n * (n + 1) * (2 * n + 1) - ranks.tieCorrection / 2) / 24
        let distance = abs(plus - n * (n + 1) / 4)
        return Normal.twoSidedP(max(0, distance - (corrected ? 0.5 : 0)) / variance.squareRoot())
    }
}

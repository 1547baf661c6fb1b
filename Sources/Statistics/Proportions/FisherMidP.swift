extension ProportionDifference {
    /// Whether two proportions of separate samples are equal: Fisher's exact test with Lancaster's mid-p, two-sided by
    /// doubling the smaller tail (Fisher 1935; Lancaster 1961).
    ///
    /// Given both margins, the candidate's successes follow the hypergeometric distribution; the observed table counts
    /// half, which takes away most of the exact test's caution. No success at all, or only successes: p is 1. Throws
    /// where a side is empty.
    package static func test(_ a: ProportionCount, _ b: ProportionCount) throws(StatisticsError) -> TestResult {
        guard a.n > 0, b.n > 0 else { throw .empty(what: "cases on one of the sides") }
        let tails = tails(successes: a.successes + b.successes, of: b, outOf: a.n + b.n)
        let p = min(1, 2 * min(tails.below, tails.above) + tails.observed)
        return TestResult(pValue: p, method: "fisher-mid-p", n: a.n + b.n)
    }

    /// The probabilities of fewer, as many and more successes than `b` has.
    private static func tails(
        successes: Int, of b: ProportionCount, outOf n: Int
    ) -> (below: Double, observed: Double, above: Double) {
        var tails = (below: 0.0, observed: 0.0, above: 0.0)
        func add(_ k: Int, _ weight: Double) {
            if k < b.successes { tails.below += weight }
            if k == b.successes { tails.observed += weight }
            if k > b.successes { tails.above += weight }
        }
        let least = max(0, b.n + successes - n)
        let most = min(successes, b.n)
        // From the likeliest count outwards by ratios of neighbours, so that nothing overflows.
        let mode = min(most, max(least, Int(Double(successes + 1) * Double(b.n + 1) / Double(n + 2))))
        var weight = 1.0
        add(mode, weight)
        for k in stride(from: mode, to: most, by: 1) {
            weight *= Double(successes - k) * Double(b.n - k) / (Double(k + 1) * Double(n - successes - b.n + k + 1))
            add(k + 1, weight)
        }
        weight = 1
        for k in stride(from: mode, to: least, by: -1) {
            weight *= Double(k) * Double(n - successes - b.n + k) / (Double(successes - k + 1) * Double(b.n - k + 1))
            add(k - 1, weight)
        }
        let total = tails.below + tails.observed + tails.above
        return (tails.below / total, tails.observed / total, tails.above / total)
    }
}

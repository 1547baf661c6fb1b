/// Intervals of one proportion, such as a pass rate. Cases have to be independent; for clusters see ``ClusteredMean``.
package enum Proportion {
    /// Wilson's score interval (Wilson 1927): the default, covering about the level on average over true rates.
    ///
    /// Never leaves 0...1, and has an answer at 0 and n successes. For single small true rates coverage swings between
    /// about 0.85 and 0.99 with n, as it must for counts. Throws where there are no cases.
    package static func wilson(_ count: ProportionCount, level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        let z = Normal.factor(level: level)
        let n = Double(count.n)
        let squared = z * z
        var result = try estimate(count, method: .wilson)
        let centre = (Double(count.successes) + squared / 2) / (n + squared)
        let product = Double(count.successes) * Double(count.failures) / n
        let half = z * (product + squared / 4).squareRoot() / (n + squared)
        // The ends are exact at the edges, where the formula would leave a rounding error.
        result.interval = Interval(
            lower: count.successes == 0 ? 0 : max(0, centre - half),
            upper: count.failures == 0 ? 1 : min(1, centre + half), level: level)
        return result
    }

    /// The exact interval of Clopper and Pearson (1934): covers at least the level whatever the true rate is, usually
    /// more, so it is wider than Wilson's. Throws where there are no cases.
    package static func clopperPearson(
        _ count: ProportionCount, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        var result = try estimate(count, method: .clopperPearson)
        let tail = (1 - level) / 2
        let x = Double(count.successes)
        let rest = Double(count.failures)
        let lower = count.successes == 0 ? 0 : Beta.quantile(tail, a: x, b: rest + 1)
        // By the mirrored distribution, whose small tail keeps its digits.
        let upper = count.failures == 0 ? 1 : 1 - Beta.quantile(tail, a: rest, b: x + 1)
        result.interval = Interval(lower: lower, upper: upper, level: level)
        return result
    }

    /// Value, standard error sqrt(p (1 - p) / n) and notes, without an interval.
    private static func estimate(_ count: ProportionCount, method: Method) throws(StatisticsError) -> Estimate {
        guard let proportion = count.proportion else { throw .empty(what: "cases") }
        var notes: [Note] = []
        if count.n == 1 { notes.append(.oneCase) }
        if count.successes == 0 { notes.append(.allZero) }
        if count.failures == 0 { notes.append(.allOne) }
        let error = (proportion * (1 - proportion) / Double(count.n)).squareRoot()
        return Estimate(value: proportion, standardError: error, method: method, n: count.n, notes: notes)
    }
}

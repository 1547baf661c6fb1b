/// Fleiss' kappa (1971): agreement of several raters beyond chance, for items that all have the same number of ratings.
///
/// With missing ratings use ``KrippendorffAlpha``. Every rating being the same label leaves it undefined, and is
/// thrown.
package enum FleissKappa {
    /// With the standard error of Gwet (2008, "Variance estimation of nominal-scale inter-rater reliability"), in which
    /// items are the sample, and Student's t with items - 1 degrees of freedom; cut to -1...1. One item: no interval.
    package static func estimate(_ ratings: RatingCounts, level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        let raters = ratings.counts[0].reduce(0, +)
        guard raters > 1 else { throw .tooFew(what: "ratings of an item", have: raters, need: 2) }
        guard ratings.counts.allSatisfy({ $0.reduce(0, +) == raters }) else {
            throw .mismatch("Items have different numbers of ratings. Use Krippendorff's alpha, which allows that.")
        }
        return try ChanceCorrected(rows: ratings.counts, categories: ratings.categories, chance: .squares)
            .estimate(.fleissKappa, level: level)
    }
}

/// Gwet's AC1 (2008): agreement beyond chance that does not collapse where one label dominates.
///
/// Chance is the probability of agreement for raters of whom some guess evenly. Items may have different numbers of
/// ratings; those with fewer than two say nothing about agreement and count for the frequency of labels only. Every
/// rating being the same label gives 1.
package enum GwetAC1 {
    /// With Gwet's standard error and Student's t with items - 1 degrees of freedom, cut to -1...1. One item: no
    /// interval.
    package static func estimate(_ ratings: RatingCounts, level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        return try ChanceCorrected(rows: ratings.counts, categories: max(2, ratings.categories), chance: .gwet)
            .estimate(.gwetAC1, level: level)
    }

    /// The same of a table of two raters.
    package static func estimate(_ table: AgreementTable, level: Double = 0.95) throws(StatisticsError) -> Estimate {
        var rows: [[Int]] = []
        for (i, row) in table.counts.enumerated() {
            for (j, count) in row.enumerated() {
                var item = [Int](repeating: 0, count: table.counts.count)
                item[i] += 1
                item[j] += 1
                rows += [[Int]](repeating: item, count: count)
            }
        }
        guard !rows.isEmpty else { throw .empty(what: "items that both raters labelled") }
        var estimate = try estimate(RatingCounts(rows), level: level)
        estimate.notes += table.notes
        return estimate
    }
}

/// (observed - chance) / (1 - chance) over items, with its linearized variance.
private struct ChanceCorrected {
    enum Chance { case squares, gwet }

    private let perItem: [(agreement: Double?, chance: Double)]
    private let observed: Double
    private let expected: Double
    private let rated: Int

    init(rows: [[Int]], categories: Int, chance: Chance) throws(StatisticsError) {
        let used = rows.filter { $0.contains { $0 > 0 } }
        let agreements = used.map(RatingCounts.agreement)
        rated = agreements.count { $0 != nil }
        guard rated > 0 else { throw .empty(what: "items with two or more ratings") }
        let count = Double(used.count)
        let shares = used.map { row in
            let raters = Double(row.reduce(0, +))
            return row.map { Double($0) / raters }
        }
        let means = rows[0].indices.map { label in shares.reduce(0) { $0 + $1[label] } / count }
        let spread = Double(categories - 1)
        let scale = chance == .squares ? 1 : 1 / spread
        func term(_ share: Double) -> Double { scale * (chance == .squares ? share : 1 - share) }
        expected = means.reduce(0) { $0 + $1 * term($1) }
        guard expected < 1 - 1e-14 else {
            throw .undefined(
                "Every rating is the same label, so agreement beyond chance can't be told. Report raw agreement, or "
                    + "rate items of other kinds as well.")
        }
        observed = agreements.reduce(0) { $0 + ($1 ?? 0) } / Double(rated)
        perItem = zip(agreements, shares).map { agreement, share in
            (agreement, zip(share, means).reduce(0) { $0 + $1.0 * term($1.1) })
        }
    }

    func estimate(_ method: Method, level: Double) throws(StatisticsError) -> Estimate {
        let value = (observed - expected) / (1 - expected)
        let n = Double(perItem.count)
        var result = Estimate(value: value, method: method, n: perItem.count)
        guard perItem.count > 1 else { return result.with(.oneCase) }
        let weight = n / Double(rated)
        let linear = perItem.map { item in
            let own = item.agreement.map { weight * ($0 - expected) / (1 - expected) } ?? 0
            return own - 2 * (1 - value) * (item.chance - expected) / (1 - expected)
        }
        let squares = linear.reduce(0) { $0 + ($1 - value) * ($1 - value) }
        let error = (squares / n / (n - 1)).squareRoot()
        result.standardError = error
        guard error > 1e-15 else { return result.with(.allEqual) }
        let half = StudentT.factor(level: level, degreesOfFreedom: n - 1) * error
        result.interval = Interval(lower: max(-1, value - half), upper: min(1, value + half), level: level)
        return result
    }
}

/// How much a disagreement between two labels counts.
package enum KappaWeights: String, Sendable, Hashable, CaseIterable {
    /// Every disagreement alike: for labels without order.
    case unweighted
    /// By distance in the order of labels.
    case linear
    /// By the square of that distance: for ratings; comparable to an intraclass correlation.
    case quadratic

    /// The credit for a pair of labels: 1 for the same, 0 for the farthest.
    func credit(_ i: Int, _ j: Int, of count: Int) -> Double {
        guard i != j else { return 1 }
        let share = Double(abs(i - j)) / Double(max(1, count - 1))
        switch self {
        case .unweighted: return 0
        case .linear: return 1 - share
        case .quadratic: return 1 - share * share
        }
    }
}

/// Cohen's kappa (1960, weighted 1968): agreement of two raters beyond what their label frequencies give by chance.
///
/// 1 is perfect, 0 is chance. Where one label dominates, kappa is low even for raters who nearly always agree: print
/// ``AgreementTable/rawAgreement(level:)`` and ``GwetAC1`` beside it. Both raters using one and the same label only
/// leaves kappa undefined, and is thrown as such.
package enum CohenKappa {
    /// With the asymptotic standard error of Fleiss, Cohen and Everitt (1969), cut to -1...1.
    package static func asymptotic(
        _ table: AgreementTable, weights: KappaWeights = .unweighted, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        let shares = try Shares(table, weights)
        let kappa = shares.kappa
        let error = (max(0, shares.scaledVariance) / Double(table.n)).squareRoot()
        let half = Normal.factor(level: level) * error
        var result = estimate(table, kappa, weights)
        result.standardError = error
        if error > 0 {
            result.interval = Interval(lower: max(-1, kappa - half), upper: min(1, kappa + half), level: level)
        } else {
            result.notes.append(table.n == 1 ? .oneCase : .allEqual)
        }
        return result
    }

    /// With a bootstrap interval over items. Resamples without a kappa are left out and noted.
    package static func bootstrap(
        _ table: AgreementTable, weights: KappaWeights = .unweighted, plan: BootstrapPlan = BootstrapPlan(),
        using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Estimate {
        let kappa = try Shares(table, weights).kappa
        let size = table.counts.count
        let cells = table.counts.indices.flatMap { row in
            (0..<size).flatMap { [Int](repeating: row * size + $0, count: table.counts[row][$0]) }
        }
        var made = try Bootstrap.statistic(count: cells.count, plan: plan, using: &generator) { places in
            var drawn = [Int](repeating: 0, count: size * size)
            for place in places { drawn[cells[place]] += 1 }
            return Shares(counts: drawn, size: size, weights)?.kappa
        }
        made.value = kappa
        if made.interval == nil { made.method = weights == .unweighted ? .cohenKappa : .weightedKappa }
        made.notes += table.notes
        return made
    }

    private static func estimate(_ table: AgreementTable, _ kappa: Double, _ weights: KappaWeights) -> Estimate {
        let method: Method = weights == .unweighted ? .cohenKappa : .weightedKappa
        return Estimate(value: kappa, method: method, n: table.n, notes: table.notes)
    }

    /// The table as shares, with observed and expected credit.
    private struct Shares {
        private let cells: [Double]
        private let size: Int
        private let weights: KappaWeights
        private let rows: [Double]
        private let columns: [Double]
        private let observed: Double
        private let expected: Double

        init(_ table: AgreementTable, _ weights: KappaWeights) throws(StatisticsError) {
            guard table.n > 0 else { throw .empty(what: "items that both raters labelled") }
            guard let shares = Shares(counts: table.counts.flatMap(\.self), size: table.counts.count, weights) else {
                throw .undefined(
                    "Both raters gave every item the same label, so agreement beyond chance can't be told. Report raw "
                        + "agreement, or rate items of other kinds as well.")
            }
            self = shares
        }

        /// `nil` where chance alone would agree always.
        init?(counts: [Int], size: Int, _ weights: KappaWeights) {
            let n = Double(counts.reduce(0, +))
            guard n > 0 else { return nil }
            let cells = counts.map { Double($0) / n }
            var (rows, columns) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: size))
            for (place, share) in cells.enumerated() {
                rows[place / size] += share
                columns[place % size] += share
            }
            var (observed, expected) = (0.0, 0.0)
            for place in cells.indices {
                let credit = weights.credit(place / size, place % size, of: size)
                observed += credit * cells[place]
                expected += credit * rows[place / size] * columns[place % size]
            }
            guard expected < 1 - 1e-14 else { return nil }
            (self.cells, self.size, self.weights, self.rows, self.columns) = (cells, size, weights, rows, columns)
            (self.observed, self.expected) = (observed, expected)
        }

        var kappa: Double { (observed - expected) / (1 - expected) }

        /// The variance of kappa times the number of items.
        var scaledVariance: Double {
            let rowCredits = (0..<size).map { i in
                (0..<size).reduce(0) { $0 + columns[$1] * weights.credit(i, $1, of: size) }
            }
            let columnCredits = (0..<size).map { j in
                (0..<size).reduce(0) { $0 + rows[$1] * weights.credit($1, j, of: size) }
            }
            var sum = 0.0
            for place in cells.indices {
                let (i, j) = (place / size, place % size)
                let term = weights.credit(i, j, of: size) - (rowCredits[i] + columnCredits[j]) * (1 - kappa)
                sum += cells[place] * term * term
            }
            let centre = kappa - expected * (1 - kappa)
            return (sum - centre * centre) / ((1 - expected) * (1 - expected))
        }
    }
}

/// Which raters the intraclass correlation speaks about (Shrout and Fleiss 1979; McGraw and Wong 1996).
package enum ICCModel: String, Sendable, Hashable, CaseIterable {
    /// ICC(1): every target has raters of its own; who they are says nothing.
    case oneWay = "icc-1"
    /// ICC(2), absolute agreement: all targets by the same raters, who are a sample of raters.
    case twoWayAgreement = "icc-2"
    /// ICC(3), consistency: all targets by the same raters, and only these matter; constant offsets are forgiven.
    case twoWayConsistency = "icc-3"
}

/// The intraclass correlation of numeric ratings: the share of their variance that is between targets.
///
/// Needs two or more targets and raters and no missing ratings. All ratings equal leaves it undefined, and is thrown.
package enum IntraclassCorrelation {
    /// - Parameters:
    ///   - ratings: a row for every target, a column for every rater.
    ///   - averaged: of the mean of the raters (k) instead of a single one.
    ///
    /// The interval comes from F distributions; none where raters agree perfectly.
    package static func estimate(
        _ ratings: [[Double]], model: ICCModel = .twoWayAgreement, averaged: Bool = false, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        let squares = try MeanSquares(ratings)
        let value = try squares.value(model, averaged: averaged)
        var result = Estimate(
            value: value, method: .intraclassCorrelation, n: ratings.count,
            notes: [.text("\(model.rawValue), \(averaged ? "mean of" : "one of") \(Int(squares.k)) raters.")])
        guard let single = squares.singleInterval(model, tail: (1 - level) / 2) else { return result.with(.allEqual) }
        let ends = averaged ? [single.lower, single.upper].map(squares.steppedUp) : [single.lower, single.upper]
        guard ends.allSatisfy({ !$0.isNaN }), ends[0] <= ends[1] else {
            return result.with(.text("Targets differ so little that there is no interval."))
        }
        // The correlation of a mean of raters can lie below -1.
        let floor = min(-1, value)
        result.interval = Interval(lower: min(1, max(floor, ends[0])), upper: max(floor, min(1, ends[1])), level: level)
        return result
    }

    /// The analysis of variance of targets and raters.
    private struct MeanSquares {
        let n: Double
        let k: Double
        private let targets: Double
        private let raters: Double
        private let rest: Double
        private let within: Double

        init(_ ratings: [[Double]]) throws(StatisticsError) {
            guard ratings.count > 1 else { throw .tooFew(what: "targets", have: ratings.count, need: 2) }
            let width = ratings[0].count
            guard width > 1 else { throw .tooFew(what: "raters", have: width, need: 2) }
            guard ratings.allSatisfy({ $0.count == width }) else {
                throw .mismatch("Targets have different numbers of ratings. Leave out those with missing ones.")
            }
            let all = try Moments(ratings.joined())
            guard !all.isConstant, let mean = all.mean else { throw .noVariation(what: "ratings") }
            (n, k) = (Double(ratings.count), Double(width))
            let byTarget = ratings.reduce(0.0) { sum, row in
                sum + Self.square(row.reduce(0, +) / Double(width) - mean)
            }
            let byRater = (0..<width).reduce(0.0) { sum, column in
                sum + Self.square(ratings.reduce(0) { $0 + $1[column] } / Double(ratings.count) - mean)
            }
            let total = all.sumOfSquaredDeviations
            targets = k * byTarget / (n - 1)
            raters = n * byRater / (k - 1)
            within = max(0, total - k * byTarget) / (n * (k - 1))
            // Below the rounding of the total there is no rest.
            let left = total - k * byTarget - n * byRater
            rest = left > 1e-14 * total ? left / ((n - 1) * (k - 1)) : 0
        }

        private static func square(_ x: Double) -> Double { x * x }

        func value(_ model: ICCModel, averaged: Bool) throws(StatisticsError) -> Double {
            let (over, under) = parts(model, averaged: averaged)
            guard under > 0 else {
                throw .undefined("Targets do not differ at all, so no correlation can be told. Rate others too.")
            }
            return over / under
        }

        private func parts(_ model: ICCModel, averaged: Bool) -> (Double, Double) {
            switch (model, averaged) {
            case (.oneWay, false): (targets - within, targets + (k - 1) * within)
            case (.oneWay, true): (targets - within, targets)
            case (.twoWayAgreement, false): (targets - rest, targets + (k - 1) * rest + k * (raters - rest) / n)
            case (.twoWayAgreement, true): (targets - rest, targets + (raters - rest) / n)
            case (.twoWayConsistency, false): (targets - rest, targets + (k - 1) * rest)
            case (.twoWayConsistency, true): (targets - rest, targets)
            }
        }

        /// Spearman and Brown: from one rater to the mean of k.
        func steppedUp(_ single: Double) -> Double { k * single / (1 + (k - 1) * single) }

        func singleInterval(_ model: ICCModel, tail: Double) -> (lower: Double, upper: Double)? {
            switch model {
            case .oneWay: ratioInterval(error: within, n * (k - 1), tail)
            case .twoWayConsistency: ratioInterval(error: rest, (n - 1) * (k - 1), tail)
            case .twoWayAgreement: agreementInterval(tail)
            }
        }

        private func ratioInterval(
            error: Double, _ freedom: Double, _ tail: Double
        ) -> (lower: Double, upper: Double)? {
            guard error > 0 else { return nil }
            let f = targets / error
            let low = f / FisherF.quantile(1 - tail, numerator: n - 1, denominator: freedom)
            let high = f * FisherF.quantile(1 - tail, numerator: freedom, denominator: n - 1)
            return ((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))
        }

        /// McGraw and Wong (1996), table 7, case 2A.
        private func agreementInterval(_ tail: Double) -> (lower: Double, upper: Double)? {
            guard rest > 0, let value = try? value(.twoWayAgreement, averaged: false), value < 1 else { return nil }
            let a = k * value / (n * (1 - value))
            let b = 1 + k * value * (n - 1) / (n * (1 - value))
            let mixed = a * raters + b * rest
            let freedom = mixed * mixed
                / (a * raters * a * raters / (k - 1) + b * rest * b * rest / ((n - 1) * (k - 1)))
            let common = k * raters + (k * n - k - n) * rest
            let low = FisherF.quantile(1 - tail, numerator: n - 1, denominator: freedom)
            let high = FisherF.quantile(1 - tail, numerator: freedom, denominator: n - 1)
            let lower = n * (targets - low * rest) / (low * common + n * targets)
            let upper = n * (high * targets - rest) / (common + n * high * targets)
            return (lower, upper)
        }
    }
}

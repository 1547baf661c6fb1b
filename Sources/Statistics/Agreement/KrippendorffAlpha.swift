/// What makes two ratings differ, and by how much.
package enum AlphaMetric: String, Sendable, Hashable, CaseIterable {
    /// Labels without order.
    case nominal
    /// Ordered labels: the distance counts the ratings that lie between.
    case ordinal
    /// Numbers: the squared difference.
    case interval
    /// Numbers with a true zero: the squared difference over the sum. Needs ratings of 0 or more.
    case ratio
}

/// Krippendorff's alpha (1970; "Content Analysis" 2004, chapter 11): agreement beyond chance of any number of raters,
/// on any scale, with missing ratings.
///
/// 1 is perfect, 0 is chance, below 0 is systematic disagreement. Units with fewer than two ratings can't be paired and
/// are left out, with a note. All ratings equal leaves alpha undefined, and is thrown as such.
package enum KrippendorffAlpha {
    /// The coefficient alone.
    ///
    /// - Parameter units: a row of ratings for every unit; `nil` is a missing rating. Labels go in as their numbers.
    package static func value(_ units: [[Double?]], metric: AlphaMetric) throws(StatisticsError) -> Double {
        try Prepared(units, metric).alphaOfAll()
    }

    /// With a bootstrap interval over units, cut to -1...1 by what alpha can be. One unit: no interval.
    package static func estimate(
        _ units: [[Double?]], metric: AlphaMetric, plan: BootstrapPlan = BootstrapPlan(resamples: 2_000),
        using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> Estimate {
        let prepared = try Prepared(units, metric)
        let value = try prepared.alphaOfAll()
        var made = try Bootstrap.statistic(count: prepared.units.count, plan: plan, using: &generator) {
            prepared.alpha($0)
        }
        made.value = value
        if made.interval == nil { made.method = .krippendorffAlpha }
        if prepared.dropped > 0 { made.notes.append(.droppedMissingPairs(prepared.dropped)) }
        return made
    }

    /// Units as places in the sorted list of values.
    private struct Prepared {
        let values: [Double]
        let units: [[Int]]
        let dropped: Int
        private let metric: AlphaMetric

        init(_ ratings: [[Double?]], _ metric: AlphaMetric) throws(StatisticsError) {
            let present = ratings.map { $0.compactMap(\.self) }
            let paired = present.filter { $0.count > 1 }
            guard !paired.isEmpty else { throw .empty(what: "units with two or more ratings") }
            let all = paired.flatMap(\.self)
            try Check.finite(all, "ratings")
            if metric == .ratio, let negative = all.first(where: { $0 < 0 }) {
                throw .outOfRange(what: "A rating on a ratio scale", value: negative, allowed: "0 or more")
            }
            values = Set(all).sorted()
            var places: [Double: Int] = [:]
            for (place, value) in values.enumerated() { places[value] = place }
            units = paired.map { unit in unit.compactMap { places[$0] } }
            dropped = ratings.count - paired.count
            self.metric = metric
        }

        func alphaOfAll() throws(StatisticsError) -> Double {
            guard let alpha = alpha(Array(units.indices)) else {
                throw .undefined(
                    "All ratings are equal, so agreement beyond chance can't be told. Report raw agreement, or rate "
                        + "units of other kinds as well.")
            }
            return alpha
        }

        /// 1 - observed / expected disagreement of the units drawn; `nil` where all their ratings are equal.
        func alpha(_ drawn: [Int]) -> Double? {
            var counts = [Double](repeating: 0, count: values.count)
            for unit in drawn { for place in units[unit] { counts[place] += 1 } }
            let distance = Distance(metric, values, counts)
            var observed = 0.0
            for unit in drawn { observed += disagreement(units[unit], distance) }
            let expected = distance.overAllPairs(counts)
            // One value only: said by its count, as the sum of squares may keep a rounding error.
            guard counts.count(where: { $0 > 0 }) > 1, expected > 0 else { return nil }
            return 1 - (counts.reduce(0, +) - 1) * observed / expected
        }

        private func disagreement(_ unit: [Int], _ distance: Distance) -> Double {
            var sum = 0.0
            for i in unit.indices { for j in 0..<i { sum += 2 * distance(unit[i], unit[j]) } }
            return sum / Double(unit.count - 1)
        }
    }

    /// The squared distance of two values, by their places.
    private struct Distance {
        private let metric: AlphaMetric
        private let values: [Double]
        /// For the ordinal metric: ratings below a value plus half of its own.
        private let middles: [Double]

        init(_ metric: AlphaMetric, _ values: [Double], _ counts: [Double]) {
            self.metric = metric
            self.values = values
            var below = 0.0
            middles = metric != .ordinal ? [] : counts.map { count in
                defer { below += count }
                return below + count / 2
            }
        }

        func callAsFunction(_ i: Int, _ j: Int) -> Double {
            guard i != j else { return 0 }
            switch metric {
            case .nominal: return 1
            case .ordinal: return square(middles[i] - middles[j])
            case .interval: return square(values[i] - values[j])
            case .ratio: return square((values[i] - values[j]) / (values[i] + values[j]))
            }
        }

        /// The sum over all ordered pairs of ratings, in one pass but for the ratio metric.
        func overAllPairs(_ counts: [Double]) -> Double {
            let n = counts.reduce(0, +)
            switch metric {
            case .nominal: return n * n - counts.reduce(0) { $0 + $1 * $1 }
            case .ordinal: return 2 * n * squaresAroundMean(middles, counts, n)
            case .interval: return 2 * n * squaresAroundMean(values, counts, n)
            case .ratio: return overAllPairsOneByOne(counts)
            }
        }

        private func squaresAroundMean(_ places: [Double], _ counts: [Double], _ n: Double) -> Double {
            let mean = zip(places, counts).reduce(0) { $0 + $1.0 * $1.1 } / n
            return zip(places, counts).reduce(0) { $0 + $1.1 * square($1.0 - mean) }
        }

        private func overAllPairsOneByOne(_ counts: [Double]) -> Double {
            var sum = 0.0
            for c in values.indices where counts[c] > 0 {
                for k in 0..<c where counts[k] > 0 { sum += 2 * counts[c] * counts[k] * self(c, k) }
            }
            return sum
        }

        private func square(_ x: Double) -> Double { x * x }
    }
}

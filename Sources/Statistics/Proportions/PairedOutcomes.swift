/// Two systems that each passed or failed the same cases: the 2 × 2 table.
package struct PairedOutcomes: Sendable, Hashable {
    /// Cases that both passed.
    package let both: Int
    /// Cases that only the baseline passed.
    package let onlyA: Int
    /// Cases that only the candidate passed.
    package let onlyB: Int
    /// Cases that both failed.
    package let neither: Int

    /// Throws for negative counts.
    package init(both: Int, onlyA: Int, onlyB: Int, neither: Int) throws(StatisticsError) {
        for count in [both, onlyA, onlyB, neither] where count < 0 {
            throw .outOfRange(what: "A count of cases", value: Double(count), allowed: "0 or more")
        }
        self.init(unchecked: both, onlyA, onlyB, neither)
    }

    /// Counts pairs of outcomes. Throws where the two differ in length.
    package init(_ a: [Bool], _ b: [Bool]) throws(StatisticsError) {
        guard a.count == b.count else {
            throw .mismatch("\(a.count) outcomes can't be paired with \(b.count). Give one of each for every case.")
        }
        var counts = [0, 0, 0, 0]
        for (first, second) in zip(a, b) { counts[(first ? 0 : 2) + (second ? 0 : 1)] += 1 }
        self.init(unchecked: counts[0], counts[1], counts[2], counts[3])
    }

    private init(unchecked both: Int, _ onlyA: Int, _ onlyB: Int, _ neither: Int) {
        self.both = both
        self.onlyA = onlyA
        self.onlyB = onlyB
        self.neither = neither
    }

    package var n: Int { both + onlyA + onlyB + neither }
    /// Cases on which the two differ: all that a comparison learns from.
    package var discordant: Int { onlyA + onlyB }
    /// onlyB / onlyA, the odds that the candidate is the one that passes where they differ; `nil` where a count is 0.
    package var odds: Double? { onlyA > 0 && onlyB > 0 ? Double(onlyB) / Double(onlyA) : nil }

    /// Both samples as one.
    package func merging(_ other: PairedOutcomes) -> PairedOutcomes {
        PairedOutcomes(
            unchecked: both + other.both, onlyA + other.onlyA, onlyB + other.onlyB, neither + other.neither)
    }

    /// The difference in pass rates, candidate minus baseline, with Newcombe's interval for paired proportions
    /// (Newcombe 1998, "Improved confidence intervals for the difference between binomial proportions based on paired
    /// data", method 10: both Wilson intervals joined by the correlation phi, corrected for continuity).
    ///
    /// Never leaves -1...1, and has an answer where no case is discordant. Throws where there are no cases.
    package func difference(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        let a = try Proportion.wilson(ProportionCount(successes: both + onlyA, of: n), level: level)
        let b = try Proportion.wilson(ProportionCount(successes: both + onlyB, of: n), level: level)
        let value = Double(onlyB - onlyA) / Double(n)
        var result = Estimate(value: value, standardError: standardError, method: .newcombePaired, n: n)
        if discordant == 0 { result.notes.append(.allEqual) }
        guard let one = a.interval, let two = b.interval else { return result }
        let below = root(b.value - two.lower, one.upper - a.value)
        let above = root(two.upper - b.value, a.value - one.lower)
        result.interval = Interval(lower: max(-1, value - below), upper: min(1, value + above), level: level)
        return result
    }

    /// sqrt(onlyA + onlyB - (onlyB - onlyA)² / n) / n.
    private var standardError: Double {
        let net = Double(onlyB - onlyA)
        return max(0, Double(discordant) - net * net / Double(n)).squareRoot() / Double(n)
    }

    private func root(_ x: Double, _ y: Double) -> Double {
        max(0, x * x - 2 * correctedPhi * x * y + y * y).squareRoot()
    }

    /// Phi with the numerator lessened by n / 2 (not below 0) where it is positive; 0 where a margin is empty.
    private var correctedPhi: Double {
        let product =
            Double(both + onlyA) * Double(onlyB + neither) * Double(both + onlyB) * Double(onlyA + neither)
        guard product > 0 else { return 0 }
        let plain = Double(both) * Double(neither) - Double(onlyA) * Double(onlyB)
        let corrected = plain > 0 ? max(0, plain - Double(n) / 2) : plain
        return corrected / product.squareRoot()
    }
}

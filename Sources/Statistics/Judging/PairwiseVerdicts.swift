/// What a judge said of one pair of answers, by the place where the answers stood.
package enum PlacedVerdict: Sendable, Hashable {
    /// The answer shown first.
    case first
    /// The answer shown second.
    case second
    case tie
}

/// Pairwise verdicts in both orders (Zheng and others 2023): a judge that changes its mind when the answers change
/// places has not told them apart. Counts, so merging is exact.
package struct PairwiseVerdicts: Sendable, Hashable {
    /// Items where the candidate won in both orders, or won one and tied the other.
    package private(set) var wins = 0
    package private(set) var losses = 0
    /// Items tied in both orders.
    package private(set) var consistentTies = 0
    /// Items where the two orders name different winners; they count as ties.
    package private(set) var inconsistent = 0
    /// Items where one order is a tie and the other names a winner.
    package private(set) var leaning = 0
    /// Single verdicts for the answer shown first, and for the one shown second.
    package private(set) var firstPlaces = 0
    package private(set) var secondPlaces = 0
    /// How an item with one tie and one winner counts.
    package let rule: LeaningRule

    /// How an item counts on which one order gives a tie and the other a winner.
    package enum LeaningRule: String, Sendable, Hashable, CaseIterable {
        /// A tie: only agreement of both orders is a win. The rule of MT-Bench.
        case tie
        /// The named winner wins.
        case winner
    }

    package init(rule: LeaningRule = .tie) { self.rule = rule }

    /// Adds an item: the verdict with the candidate shown first, and the one with the candidate shown second.
    package mutating func add(candidateFirst: PlacedVerdict, candidateSecond: PlacedVerdict) {
        for verdict in [candidateFirst, candidateSecond] {
            if verdict == .first { firstPlaces += 1 }
            if verdict == .second { secondPlaces += 1 }
        }
        let score = Self.score(candidateFirst, won: .first) + Self.score(candidateSecond, won: .second)
        let isTied = candidateFirst == .tie || candidateSecond == .tie
        switch (score, isTied) {
        case (0, true): consistentTies += 1
        case (0, false): inconsistent += 1
        case (let score, true):
            leaning += 1
            if rule == .winner, score > 0 { wins += 1 }
            if rule == .winner, score < 0 { losses += 1 }
        case (let score, false):
            if score > 0 { wins += 1 } else { losses += 1 }
        }
    }

    private static func score(_ verdict: PlacedVerdict, won: PlacedVerdict) -> Int {
        verdict == .tie ? 0 : (verdict == won ? 1 : -1)
    }

    /// Both samples as one. Throws where they count leaning items by different rules.
    package func merging(_ other: PairwiseVerdicts) throws(StatisticsError) -> PairwiseVerdicts {
        guard rule == other.rule else { throw .mismatch("The two samples count ties by different rules. Count again.") }
        var all = self
        all.wins += other.wins
        all.losses += other.losses
        all.consistentTies += other.consistentTies
        all.inconsistent += other.inconsistent
        all.leaning += other.leaning
        all.firstPlaces += other.firstPlaces
        all.secondPlaces += other.secondPlaces
        return all
    }

    /// Items.
    package var n: Int { wins + losses + ties }
    /// Items that count as ties.
    package var ties: Int { consistentTies + inconsistent + (rule == .tie ? leaning : 0) }

    /// The candidate's win rate, ties counting half, with Student's interval over items. Throws where there are no
    /// items.
    package func winRate(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        try Check.level(level)
        guard n > 0 else { throw .empty(what: "items") }
        let (count, score) = (Double(n), Double(wins) + Double(ties) / 2)
        let rate = score / count
        var result = Estimate(value: rate, method: .t, n: n)
        guard n > 1 else { return result.with(.oneCase) }
        let squares = Double(wins) + Double(ties) / 4 - score * rate
        result.standardError = (max(0, squares) / (count - 1) / count).squareRoot()
        guard max(wins, losses, ties) < n else { return result.with(.allEqual) }
        let half = StudentT.factor(level: level, degreesOfFreedom: count - 1) * (result.standardError ?? 0)
        result.interval = Interval(lower: max(0, rate - half), upper: min(1, rate + half), level: level)
        return result
    }

    /// Verdicts for the answer shown first among those that name a winner: 0.5 for a judge without a favourite place.
    ///
    /// Wilson's interval; the two verdicts of an item are counted as independent, so it is rather too narrow than too
    /// wide for a biased judge. Throws where no verdict names a winner.
    package func firstPositionRate(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        guard firstPlaces + secondPlaces > 0 else { throw .empty(what: "verdicts that name a winner") }
        return try Proportion.wilson(
            ProportionCount(successes: firstPlaces, of: firstPlaces + secondPlaces), level: level)
    }

    /// The share of items whose orders name different winners, with Wilson's interval. Throws where there are no items.
    package func inconsistencyRate(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        guard n > 0 else { throw .empty(what: "items") }
        return try Proportion.wilson(ProportionCount(successes: inconsistent, of: n), level: level)
    }
}

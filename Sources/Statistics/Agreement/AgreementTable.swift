/// How two raters labelled the same items: counts of (label of the first, label of the second). Integers, so merging
/// is exact.
package struct AgreementTable: Sendable, Hashable {
    /// Square: rows are the first rater's labels, columns the second's, in the same order.
    package let counts: [[Int]]
    /// Items without a label of one of the raters, which are not in the counts.
    package let dropped: Int

    /// Throws for a table that is not square or has a negative count.
    package init(counts: [[Int]], dropped: Int = 0) throws(StatisticsError) {
        guard counts.allSatisfy({ $0.count == counts.count }) else {
            throw .mismatch("The table is not square. Give a row and a column for every label.")
        }
        if let negative = counts.joined().first(where: { $0 < 0 }) {
            throw .outOfRange(what: "A count of items", value: Double(negative), allowed: "0 or more")
        }
        self.counts = counts
        self.dropped = dropped
    }

    /// Counts labels of two raters.
    ///
    /// - Parameter categories: every label in its order, which weighted kappa needs; labels outside it are an error.
    package init<Label: Hashable>(
        _ a: [Label?], _ b: [Label?], categories: [Label]
    ) throws(StatisticsError) {
        guard a.count == b.count else {
            throw .mismatch("\(a.count) labels can't be paired with \(b.count). Give one of each for every item.")
        }
        var places: [Label: Int] = [:]
        for (index, category) in categories.enumerated() { places[category] = index }
        var counts = [[Int]](repeating: [Int](repeating: 0, count: categories.count), count: categories.count)
        var dropped = 0
        for (index, pair) in zip(a, b).enumerated() {
            guard let first = pair.0, let second = pair.1 else {
                dropped += 1
                continue
            }
            guard let row = places[first], let column = places[second] else {
                throw .mismatch("Item \(index + 1) has a label that is not among the categories. Add it to them.")
            }
            counts[row][column] += 1
        }
        try self.init(counts: counts, dropped: dropped)
    }

    /// Items that both rated.
    package var n: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    /// Items that both gave the same label.
    package var agreed: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }

    /// Both samples as one. Throws where the categories differ in number.
    package func merging(_ other: AgreementTable) throws(StatisticsError) -> AgreementTable {
        guard other.counts.count == counts.count else {
            throw .mismatch("Tables of \(counts.count) and \(other.counts.count) labels can't be merged.")
        }
        let sums = zip(counts, other.counts).map { zip($0, $1).map(+) }
        return try AgreementTable(counts: sums, dropped: dropped + other.dropped)
    }

    /// The share of items with the same label, with Wilson's interval. Throws where there are no items.
    package func rawAgreement(level: Double = 0.95) throws(StatisticsError) -> Estimate {
        var estimate = try Proportion.wilson(ProportionCount(successes: agreed, of: n), level: level)
        estimate.notes += notes
        return estimate
    }

    var notes: [Note] { dropped > 0 ? [.droppedMissingPairs(dropped)] : [] }
}

/// How often each item was given each label, by any number of raters who need not be the same for all items.
package struct RatingCounts: Sendable, Hashable {
    /// One row for every item, one column for every label.
    package let counts: [[Int]]
    /// Labels; at least two for any agreement to be by choice.
    package let categories: Int

    /// Throws for rows of different length or a negative count.
    package init(_ counts: [[Int]]) throws(StatisticsError) {
        guard let first = counts.first else { throw .empty(what: "items") }
        for (index, row) in counts.enumerated() {
            guard row.count == first.count else {
                throw .mismatch("Item \(index + 1) has \(row.count) labels where the first has \(first.count).")
            }
            if let negative = row.first(where: { $0 < 0 }) {
                throw .outOfRange(what: "A count of ratings", value: Double(negative), allowed: "0 or more")
            }
        }
        self.counts = counts
        categories = first.count
    }

    /// Counts labels, one row of ratings for every item; `nil` is a missing rating.
    package init<Label: Hashable>(ratings: [[Label?]], categories: [Label]) throws(StatisticsError) {
        var places: [Label: Int] = [:]
        for (index, category) in categories.enumerated() { places[category] = index }
        var rows: [[Int]] = []
        for (index, ratings) in ratings.enumerated() {
            var row = [Int](repeating: 0, count: categories.count)
            for case let label? in ratings {
                guard let place = places[label] else {
                    throw .mismatch("Item \(index + 1) has a label that is not among the categories. Add it to them.")
                }
                row[place] += 1
            }
            rows.append(row)
        }
        try self.init(rows)
    }

    /// Both samples as one. Throws where the labels differ in number.
    package func merging(_ other: RatingCounts) throws(StatisticsError) -> RatingCounts {
        try RatingCounts(counts + other.counts)
    }

    /// The share of pairs of ratings of an item that agree; `nil` for an item with fewer than two ratings.
    static func agreement(_ row: [Int]) -> Double? {
        let raters = row.reduce(0, +)
        guard raters > 1 else { return nil }
        return Double(row.reduce(0) { $0 + $1 * ($1 - 1) }) / Double(raters * (raters - 1))
    }
}

/// Ranks of values, equal ones sharing the mean of their places.
struct Midranks {
    /// Twice the rank of each value, counted from 1: whole numbers, so that sums of ranks are exact.
    let doubled: [Int]
    /// The sizes of groups of equal values, those of one included.
    let groups: [Int]

    init(_ values: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Int](repeating: 0, count: values.count)
        var groups: [Int] = []
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = start + end + 1 }
            groups.append(end - start)
            start = end
        }
        doubled = ranks
        self.groups = groups
    }

    /// Ranks as numbers.
    var values: [Double] { doubled.map { Double($0) / 2 } }
    /// Values that share their rank with another.
    var tied: Int { groups.reduce(0) { $0 + ($1 > 1 ? $1 : 0) } }
    var hasTies: Bool { groups.contains { $0 > 1 } }
    /// The sum over groups of t^3 - t.
    var tieCorrection: Double {
        groups.reduce(0) { sum, size in
            let t = Double(size)
            return sum + t * t * t - t
        }
    }
}

/// How the p-value of a rank test is found.
package enum RankTestMode: String, Sendable, Hashable, CaseIterable {
    /// As scipy chooses: exact for small samples, the normal approximation for larger ones or ties.
    case automatic
    /// All assignments counted, ties included.
    case exact
    /// The normal approximation, corrected for ties.
    case normal
}

/// Exact null distributions of sums of ranks, by counting assignments.
enum RankSums {
    /// For each sum that a subset of `ranks` can have, the share of all subsets that have it.
    static func subsetShares(_ ranks: [Int]) -> [Double] {
        var shares = [Double](repeating: 0, count: ranks.reduce(0, +) + 1)
        shares[0] = 1
        var reach = 0
        for rank in ranks {
            reach += rank
            for sum in stride(from: reach, through: 0, by: -1) {
                shares[sum] = 0.5 * (shares[sum] + (sum >= rank ? shares[sum - rank] : 0))
            }
        }
        return shares
    }

    /// For each sum that `size` of the `ranks` can have, the share of all choices that have it.
    static func choiceShares(_ ranks: [Int], size: Int) -> [Double] {
        let width = ranks.reduce(0, +) + 1
        var table = [[Double]](repeating: [Double](repeating: 0, count: width), count: size + 1)
        table[0][0] = 1
        for (index, rank) in ranks.enumerated() {
            for chosen in stride(from: min(size, index + 1), to: 0, by: -1) {
                for sum in rank..<width { table[chosen][sum] += table[chosen - 1][sum - rank] }
            }
        }
        let total = table[size].reduce(0, +)
        return table[size].map { $0 / total }
    }

    /// Twice the smaller tail, at most 1.
    static func twoSided(_ shares: [Double], at observed: Int) -> Double {
        let lower = shares[...observed].reduce(0, +)
        let upper = shares[observed...].reduce(0, +)
        return min(1, 2 * min(lower, upper))
    }
}

#if canImport(Glibc)
import Glibc
#endif

/// A rank correlation: the coefficient with its interval, and the test that there is none.
package struct RankCorrelation: Sendable, Hashable {
    package var estimate: Estimate
    package var test: TestResult
}

/// Correlation of ranks: do two scorers order the cases alike, on whatever scales?
///
/// Pairs with a missing side are left out and noted. Throws below three whole pairs, or where a side has one value
/// only.
package enum RankCorrelations {
    /// Spearman's rho (1904): Pearson's correlation of midranks.
    ///
    /// The p-value is Student's t with n - 2 degrees of freedom, as in scipy. The interval is Fisher's z with the
    /// variance (1 + rho^2 / 2) / (n - 3) of Bonett and Wright (2000); none below four pairs or at plus or minus 1.
    package static func spearman(
        _ a: [Double?], _ b: [Double?], level: Double = 0.95
    ) throws(StatisticsError) -> RankCorrelation {
        let pairs = try RankedPairs(a, b, level: level)
        let n = Double(pairs.count)
        let moments = try PairMoments(pairs.a.values, pairs.b.values)
        guard let rho = pairs.perfect ?? moments.correlation else { throw .noVariation(what: "values of one side") }
        let t = rho * ((n - 2) / max((1 - rho) * (1 + rho), .leastNonzeroMagnitude)).squareRoot()
        let test = TestResult(
            statistic: rho, pValue: StudentT.twoSidedP(t, degreesOfFreedom: n - 2), method: "spearman",
            degreesOfFreedom: n - 2, n: pairs.count, notes: pairs.notes)
        let deviation = n > 3 ? ((1 + rho * rho / 2) / (n - 3)).squareRoot() : nil
        return RankCorrelation(estimate: pairs.estimate(rho, .spearman, deviation: deviation, level), test: test)
    }

    /// Kendall's tau-b (1945), which is corrected for ties on either side.
    ///
    /// The p-value is exact up to 33 pairs without ties, else the normal approximation, as in scipy. The interval is
    /// Fisher's z with the variance 0.437 / (n - 4) of Fieller, Hartley and Pearson (1957); none below five pairs.
    package static func kendall(
        _ a: [Double?], _ b: [Double?], level: Double = 0.95
    ) throws(StatisticsError) -> RankCorrelation {
        let pairs = try RankedPairs(a, b, level: level)
        let counts = KendallCounts(pairs)
        let tau = counts.tau
        let test = TestResult(
            statistic: tau, pValue: counts.pValue, method: counts.isExact ? "kendall-exact" : "kendall-normal",
            n: pairs.count, notes: pairs.notes)
        let deviation = pairs.count > 4 ? (0.437 / Double(pairs.count - 4)).squareRoot() : nil
        return RankCorrelation(estimate: pairs.estimate(tau, .kendallTauB, deviation: deviation, level), test: test)
    }
}

/// Whole pairs, ranked on both sides.
struct RankedPairs {
    let a: Midranks
    let b: Midranks
    let notes: [Note]
    var count: Int { a.doubled.count }

    init(_ a: [Double?], _ b: [Double?], level: Double) throws(StatisticsError) {
        try Check.level(level)
        guard a.count == b.count else {
            throw .mismatch("\(a.count) values can't be paired with \(b.count). Give one of each for every case.")
        }
        var (first, second): ([Double], [Double]) = ([], [])
        for case let (x?, y?) in zip(a, b) {
            first.append(x)
            second.append(y)
        }
        try Check.finite(first + second, "pairs")
        guard first.count > 2 else { throw .tooFew(what: "whole pairs", have: first.count, need: 3) }
        self.a = Midranks(first)
        self.b = Midranks(second)
        guard self.a.groups.count > 1, self.b.groups.count > 1 else { throw .noVariation(what: "values of one side") }
        let dropped = a.count - first.count
        let tied = max(self.a.tied, self.b.tied)
        notes = (dropped > 0 ? [.droppedMissingPairs(dropped)] : []) + (tied > 0 ? [.ties(tied)] : [])
    }

    /// 1 or -1 where the ranks are the same or opposite, which rounding must not hide; else `nil`.
    var perfect: Double? {
        if a.doubled == b.doubled { return 1 }
        let mirrored = a.doubled.map { 2 * (count + 1) - $0 }
        return mirrored == b.doubled ? -1 : nil
    }

    func estimate(_ value: Double, _ method: Method, deviation: Double?, _ level: Double) -> Estimate {
        var result = Estimate(value: value, method: method, n: count, notes: notes)
        guard let deviation, abs(value) < 1 else { return result }
        let half = Normal.factor(level: level) * deviation
        let z = 0.5 * (log1p(value) - log1p(-value))
        result.interval = Interval(lower: tanh(z - half), upper: tanh(z + half), level: level)
        return result
    }
}

/// Concordant and discordant pairs of pairs.
struct KendallCounts {
    private let n: Int
    private let discordant: Int
    private let a: Midranks
    private let b: Midranks
    private let score: Int
    /// n (n - 1) / 2 and the same without ties of a side.
    private let pairs: Int
    private let untied: (a: Int, b: Int)

    init(_ ranked: RankedPairs) {
        (n, a, b) = (ranked.count, ranked.a, ranked.b)
        pairs = n * (n - 1) / 2
        let order = (0..<n).sorted { [a, b] in (a.doubled[$0], b.doubled[$0]) < (a.doubled[$1], b.doubled[$1]) }
        let joint = Self.tiedPairs(Self.runs(order.map { [a, b] in [a.doubled[$0], b.doubled[$0]] }))
        untied = (pairs - Self.tiedPairs(a.groups), pairs - Self.tiedPairs(b.groups))
        var sequence = order.map { [b] in b.doubled[$0] }
        discordant = Self.inversions(&sequence)
        // Concordant + discordant = pairs untied on both sides.
        score = untied.a + untied.b - pairs + joint - 2 * discordant
    }

    var tau: Double {
        let value = Double(score) / Double(untied.a).squareRoot() / Double(untied.b).squareRoot()
        return min(1, max(-1, value))
    }

    var isExact: Bool {
        !a.hasTies && !b.hasTies && (n <= 33 || min(discordant, pairs - discordant) <= 1)
    }

    var pValue: Double {
        guard isExact else { return Normal.twoSidedP(Double(score) / deviation) }
        return min(1, 2 * exactTail(min(discordant, pairs - discordant)))
    }

    /// The share of all orders with at most this many inversions (Kendall 1970).
    private func exactTail(_ limit: Int) -> Double {
        var shares = [1.0] + [Double](repeating: 0, count: limit)
        for size in 2...n {
            var window = 0.0
            var next = shares
            for k in 0...limit {
                window += shares[k] - (k >= size ? shares[k - size] : 0)
                next[k] = window / Double(size)
            }
            shares = next
        }
        return shares.reduce(0, +)
    }

    private var deviation: Double {
        let size = Double(n)
        let m = size * (size - 1)
        func sum(_ groups: [Int], _ term: (Double) -> Double) -> Double { groups.reduce(0) { $0 + term(Double($1)) } }
        let (x, y) = (a.groups, b.groups)
        let ties = sum(x) { $0 * ($0 - 1) * (2 * $0 + 5) } + sum(y) { $0 * ($0 - 1) * (2 * $0 + 5) }
        let linear = m * (2 * size + 5) - ties
        let square = 2 * Double(pairs - untied.a) * Double(pairs - untied.b) / m
        let cubic = sum(x) { $0 * ($0 - 1) * ($0 - 2) } * sum(y) { $0 * ($0 - 1) * ($0 - 2) } / (9 * m * (size - 2))
        return (linear / 18 + square + cubic).squareRoot()
    }

    private static func tiedPairs(_ groups: [Int]) -> Int { groups.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }

    private static func runs(_ sorted: [[Int]]) -> [Int] {
        var sizes: [Int] = []
        for (index, element) in sorted.enumerated() {
            if index > 0, element == sorted[index - 1] { sizes[sizes.count - 1] += 1 } else { sizes.append(1) }
        }
        return sizes
    }

    /// Pairs in the wrong order, counted by merge sort (Knight 1966).
    private static func inversions(_ values: inout [Int]) -> Int {
        var count = 0
        var width = 1
        while width < values.count {
            var merged: [Int] = []
            merged.reserveCapacity(values.count)
            for start in stride(from: 0, to: values.count, by: 2 * width) {
                var left = start
                let middle = min(start + width, values.count)
                var right = middle
                let end = min(start + 2 * width, values.count)
                while left < middle || right < end {
                    if right == end || (left < middle && values[left] <= values[right]) {
                        merged.append(values[left])
                        left += 1
                    } else {
                        merged.append(values[right])
                        count += middle - left
                        right += 1
                    }
                }
            }
            values = merged
            width *= 2
        }
        return count
    }
}

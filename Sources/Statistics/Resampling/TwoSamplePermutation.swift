/// The permutation test of two separate samples (Fisher 1935; Pitman 1937): if they are of one population, every case
/// could as well have stood on the other side.
package enum TwoSamplePermutation {
    /// Up to so many ways of choosing a side, all are counted; that takes about a millisecond.
    package static let exactLimit = 200_000

    /// Whether both means are equal, two-sided by the absolute difference. The statistic is mean(b) - mean(a).
    ///
    /// The hypothesis is that both samples come from one population, spread included; where spreads differ much,
    /// Welch's test is the better question. Exact where there are at most 200,000 ways; else from `draws` random ones,
    /// p = (k + 1) / (draws + 1). All equal: p is 1. Throws where a side is empty or a value is not finite.
    package static func test(
        _ a: [Double], _ b: [Double], draws: Int = 100_000, using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> TestResult {
        try Check.finite(a, "values of the baseline")
        try Check.finite(b, "values of the candidate")
        try SignFlip.checkDraws(draws)
        guard let first = try Moments(a).mean, let second = try Moments(b).mean,
            let mean = try Moments(a + b).mean
        else { throw .empty(what: "cases on one of the sides") }
        // Around the common mean, a side's sum says all, and rounding stays small.
        let pool = (a + b).map { $0 - mean }
        let side = min(a.count, b.count)
        let chosen = a.count <= b.count ? pool.prefix(side) : pool.suffix(side)
        let limit = abs(chosen.reduce(0, +)) - SignFlip.tolerance(pool.map(\.magnitude))
        var result = TestResult(statistic: second - first, pValue: 1, method: "permutation", n: pool.count)
        if let ways = ways(pool.count, side) {
            var search = Choices(pool: pool, limit: limit)
            search.visit(from: 0, left: side, sum: 0)
            result.pValue = Double(search.found) / Double(ways)
            result.notes = [.exact(ways)]
        } else {
            let found = countRandom(pool, side, atLeast: limit, draws, seed: generator.next())
            result.pValue = Double(found + 1) / Double(draws + 1)
            result.notes = [.randomDraws(draws)]
        }
        return result
    }

    /// n over k; `nil` above the limit.
    private static func ways(_ n: Int, _ k: Int) -> Int? {
        var ways = 1
        for step in 0..<k {
            ways = ways * (n - step) / (step + 1)
            if ways > exactLimit { return nil }
        }
        return ways
    }

    private static func countRandom(
        _ pool: [Double], _ side: Int, atLeast limit: Double, _ draws: Int, seed: UInt64
    ) -> Int {
        var generator = SeededGenerator(seed: seed)
        var pool = pool
        var found = 0
        for _ in 0..<draws {
            var sum = 0.0
            for place in 0..<side {
                pool.swapAt(place, place + generator.index(below: pool.count - place))
                sum += pool[place]
            }
            if abs(sum) >= limit { found += 1 }
        }
        return found
    }
}

/// A walk through all ways of choosing a side.
private struct Choices {
    let pool: [Double]
    let limit: Double
    var found = 0

    init(pool: [Double], limit: Double) {
        self.pool = pool
        self.limit = limit
    }

    mutating func visit(from start: Int, left: Int, sum: Double) {
        guard left > 0 else {
            if abs(sum) >= limit { found += 1 }
            return
        }
        for place in start...(pool.count - left) { visit(from: place + 1, left: left - 1, sum: sum + pool[place]) }
    }
}

/// The sign-flip permutation test of paired differences (Fisher 1935): if the systems are the same, every difference
/// could as well have had the other sign.
package enum SignFlip {
    /// Up to so many differences, all assignments are counted: 2^20 take a few milliseconds.
    package static let exactLimit = 20
    package static let allowedDraws = 100...10_000_000

    /// Whether the mean of the differences is zero, two-sided. The statistic is the mean.
    ///
    /// Exact up to 20 differences; else from `draws` random assignments, p = (k + 1) / (draws + 1), which is never 0
    /// (Phipson and Smyth 2010). For clusters give the sums of their differences. All zero: p is 1. Throws where there
    /// are no differences or one is not finite.
    package static func test(
        _ differences: [Double], draws: Int = 100_000, using generator: inout some RandomNumberGenerator
    ) throws(StatisticsError) -> TestResult {
        guard !differences.isEmpty else { throw .empty(what: "differences") }
        try Check.finite(differences, "differences")
        try checkDraws(draws)
        let mean = ExactSum(differences).value / Double(differences.count)
        var result = TestResult(statistic: mean, pValue: 1, method: "sign-flip", n: differences.count)
        let magnitudes = differences.map(\.magnitude)
        let observed = abs(differences.reduce(0, +)) - tolerance(magnitudes)
        if differences.count <= exactLimit {
            let all = 1 << differences.count
            result.pValue = Double(countAll(magnitudes, atLeast: observed)) / Double(all)
            result.notes = [.exact(all)]
        } else {
            let found = countRandom(magnitudes, atLeast: observed, draws, seed: generator.next())
            result.pValue = Double(found + 1) / Double(draws + 1)
            result.notes = [.randomDraws(draws)]
        }
        return result
    }

    static func checkDraws(_ draws: Int) throws(StatisticsError) {
        guard allowedDraws.contains(draws) else {
            throw .outOfRange(what: "The number of draws", value: Double(draws), allowed: "100 to 10 million")
        }
    }

    /// What rounding can make of two sums that are equal: far above it, far below any difference of scores.
    static func tolerance(_ magnitudes: [Double]) -> Double { magnitudes.reduce(0, +) * 0x1p-40 }

    /// Sums of the lower and the upper half are tabled, so that a sum takes one addition.
    private static func countAll(_ values: [Double], atLeast limit: Double) -> Int {
        let half = values.count / 2
        let low = sums(values[..<half])
        let high = sums(values[half...])
        var found = 0
        for first in high {
            for second in low where abs(first + second) >= limit { found += 1 }
        }
        return found
    }

    /// The sums of `values` under all assignments of signs.
    private static func sums(_ values: ArraySlice<Double>) -> [Double] {
        values.reduce([0.0]) { sums, value in sums.map { $0 + value } + sums.map { $0 - value } }
    }

    private static func countRandom(_ values: [Double], atLeast limit: Double, _ draws: Int, seed: UInt64) -> Int {
        var generator = SeededGenerator(seed: seed)
        var found = 0
        values.withUnsafeBufferPointer { values in
            for _ in 0..<draws {
                var sum = 0.0
                var bits: UInt64 = 0
                for index in 0..<values.count {
                    if index % 64 == 0 { bits = generator.next() }
                    // The lowest bit becomes the sign.
                    sum += Double(bitPattern: values[index].bitPattern ^ (bits << 63))
                    bits >>= 1
                }
                if abs(sum) >= limit { found += 1 }
            }
        }
        return found
    }
}

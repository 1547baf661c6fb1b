#if canImport(Glibc)
    import Glibc
#endif

/// A one-sided bound of a rate: the honest zero. No failure among 200 cases is no rate of 0, but one below 1.5 % at 95
/// %.
package struct RateBound: Sendable, Hashable {
    /// 0...1.
    package var bound: Double
    /// True if the rate is at most the bound, false if it is at least the bound.
    package var isUpper: Bool
    /// Of the one-sided statement.
    package var level: Double

    /// The rate below which the true one lies at `level`, exactly (Clopper and Pearson 1934, one-sided). With no
    /// success it is 1 - (1 - level)^(1 / n), near 3 / n at 95 %. Throws where there are no cases.
    package static func atMost(
        _ count: ProportionCount, level: Double = 0.95
    ) throws(StatisticsError) -> RateBound {
        try Check.level(level)
        guard count.n > 0 else { throw .empty(what: "cases") }
        return RateBound(bound: 1 - complement(successes: count.successes, count.n, level), isUpper: true, level: level)
    }

    /// The rate above which the true one lies at `level`, exactly. Throws where there are no cases.
    package static func atLeast(
        _ count: ProportionCount, level: Double = 0.95
    ) throws(StatisticsError) -> RateBound {
        try Check.level(level)
        guard count.n > 0 else { throw .empty(what: "cases") }
        return RateBound(bound: complement(successes: count.failures, count.n, level), isUpper: false, level: level)
    }

    /// The share that n cases without one exception leave possible at `level`.
    static func share(level: Double, n: Int) -> Double { -expm1(log1p(-level) / Double(n)) }

    /// One minus the upper bound.
    private static func complement(successes: Int, _ n: Int, _ level: Double) -> Double {
        if successes == n { return 0 }
        if successes == 0 { return 1 - share(level: level, n: n) }
        return Beta.quantile(1 - level, a: Double(n - successes), b: Double(successes + 1))
    }
}

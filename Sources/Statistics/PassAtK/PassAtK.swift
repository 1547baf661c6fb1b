/// Chances of success over several attempts, from n attempts of which c succeeded.
package enum PassAtK {
    /// pass@k: the chance that at least one of k attempts succeeds, 1 - C(n - c, k) / C(n, k), without bias (Chen et
    /// al. 2021, "Evaluating large language models trained on code").
    ///
    /// Throws for k above n: the attempts can't tell, so make more.
    package static func any(_ attempts: ProportionCount, k: Int) throws(StatisticsError) -> Double {
        try check(k, attempts)
        return 1 - chosen(k, of: attempts.failures, from: attempts.n)
    }

    /// pass^k: the chance that all of k attempts succeed, C(c, k) / C(n, k) (Yao et al. 2024, tau-bench).
    ///
    /// Throws for k above n.
    package static func all(_ attempts: ProportionCount, k: Int) throws(StatisticsError) -> Double {
        try check(k, attempts)
        return chosen(k, of: attempts.successes, from: attempts.n)
    }

    /// The mean of pass@k over items, with the standard error and t interval over items. Throws where there are none,
    /// or an item has fewer than k attempts.
    package static func any(
        items: [ProportionCount], k: Int, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        var values: [Double] = []
        for item in items { values.append(try any(item, k: k)) }
        return try mean(values, level, .passAtK)
    }

    /// The mean of pass^k over items, likewise.
    package static func all(
        items: [ProportionCount], k: Int, level: Double = 0.95
    ) throws(StatisticsError) -> Estimate {
        var values: [Double] = []
        for item in items { values.append(try all(item, k: k)) }
        return try mean(values, level, .passAllK)
    }

    /// C(part, k) / C(whole, k) as a product of k ratios, which can't overflow.
    private static func chosen(_ k: Int, of part: Int, from whole: Int) -> Double {
        guard part >= k else { return 0 }
        return (0..<k).reduce(1.0) { $0 * Double(part - $1) / Double(whole - $1) }
    }

    private static func check(_ k: Int, _ attempts: ProportionCount) throws(StatisticsError) {
        guard k > 0 else { throw .outOfRange(what: "k", value: Double(k), allowed: "1 or more") }
        guard k <= attempts.n else { throw .tooFew(what: "attempts of one item", have: attempts.n, need: k) }
    }

    private static func mean(
        _ values: [Double], _ level: Double, _ method: Method
    ) throws(StatisticsError) -> Estimate {
        var estimate = try Mean.estimate(values, level: level)
        estimate.method = method
        return estimate
    }
}

/// How many more cases would be likely to decide an open question.
///
/// The spread is taken from the interval that left it open. n has to grow by ((z + zPower) SE / h)², h being how far
/// the observed value is from the border that it has to clear; with `power`, that is found if the truth is what was
/// observed.
enum FurtherCases {
    /// `nil` where the distance is 0 or the number beyond counting.
    static func needed(_ estimate: Estimate, distance: Double, power: Double) -> Int? {
        guard let interval = estimate.interval, distance > 0, estimate.n > 0 else { return nil }
        let z = Normal.factor(level: interval.level)
        let error = interval.width / (2 * z)
        return further(estimate.n, growth: (z + Normal.quantile(power)) * error / distance)
    }

    /// For a test to reach its level, from the z that its p-value stands for.
    static func needed(_ n: Int, _ test: TestResult, _ level: Double, _ power: Double) -> Int? {
        let observed = -Normal.quantile(test.pValue / 2)
        guard observed > 0, observed.isFinite else { return nil }
        return further(n, growth: (Normal.factor(level: level) + Normal.quantile(power)) / observed)
    }

    private static func further(_ n: Int, growth: Double) -> Int? {
        let cases = (Double(n) * growth * growth).rounded(.up)
        guard cases.isFinite, cases < 1e15 else { return nil }
        return max(1, Int(cases) - n)
    }
}

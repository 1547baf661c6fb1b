/// The outcome of a test of a hypothesis.
package struct TestResult: Sendable, Hashable {
    /// The test's statistic; `nil` for exact tests that have none.
    package var statistic: Double?
    /// Two-sided unless `method` says otherwise; 0...1.
    package var pValue: Double
    /// The test's name, such as "welch-t" or "mcnemar-exact".
    package var method: String
    /// `nil` where the reference distribution has none.
    package var degreesOfFreedom: Double?
    /// Cases (pairs, for a paired test) that counted.
    package var n: Int
    /// Edge cases that a reader has to know.
    package var notes: [Note]

    /// - Parameter pValue: two-sided unless `method` says otherwise.
    package init(
        statistic: Double? = nil, pValue: Double, method: String, degreesOfFreedom: Double? = nil, n: Int,
        notes: [Note] = []
    ) {
        self.statistic = statistic
        self.pValue = pValue
        self.method = method
        self.degreesOfFreedom = degreesOfFreedom
        self.n = n
        self.notes = notes
    }
}

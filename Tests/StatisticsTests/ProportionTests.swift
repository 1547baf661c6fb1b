import Statistics
import Testing

/// Intervals of proportions against scipy 1.17 (binomtest) and statsmodels 0.15.
@Suite struct Proportions {
    struct Row: Sendable {
        let successes: Int
        let n: Int
        let lower: Double
        let upper: Double
    }

    /// st.binomtest(k, n).proportion_ci(.95, "wilson")
    private static let wilson = [
        Row(successes: 8, n: 10, lower: 0.4901624715366418, upper: 0.9433178485456248),
        Row(successes: 0, n: 20, lower: 0, upper: 0.16112515805281935),
        Row(successes: 20, n: 20, lower: 0.8388748419471808, upper: 1),
        Row(successes: 1, n: 1, lower: 0.20654931437723745, upper: 1),
        Row(successes: 0, n: 1, lower: 0, upper: 0.7934506856227626),
        Row(successes: 37, n: 1000, lower: 0.026961180875554734, upper: 0.05058239748206931),
    ]

    /// st.binomtest(k, n).proportion_ci(.95, "exact")
    private static let exact = [
        Row(successes: 8, n: 10, lower: 0.4439045376923585, upper: 0.9747892736731665),
        Row(successes: 0, n: 20, lower: 0, upper: 0.16843347098308548),
        Row(successes: 20, n: 20, lower: 0.8315665290169145, upper: 1),
        Row(successes: 1, n: 1, lower: 0.025, upper: 1),
        Row(successes: 37, n: 1000, lower: 0.02618270884399008, upper: 0.0506411230599609),
    ]

    @Test(arguments: wilson)
    func wilsonAgreesWithScipy(row: Row) throws {
        let interval = try Proportion.wilson(try ProportionCount(successes: row.successes, of: row.n)).interval
        #expect(near(interval?.lower, row.lower, within: 1e-13))
        #expect(near(interval?.upper, row.upper, within: 1e-13))
    }

    @Test(arguments: exact)
    func clopperPearsonAgreesWithScipy(row: Row) throws {
        let interval = try Proportion.clopperPearson(try ProportionCount(successes: row.successes, of: row.n)).interval
        #expect(near(interval?.lower, row.lower, within: 1e-12))
        #expect(near(interval?.upper, row.upper, within: 1e-12))
    }

    @Test func otherLevels() throws {
        // proportion_ci(.99, "exact")
        let estimate = try Proportion.clopperPearson(try ProportionCount(successes: 37, of: 1000), level: 0.99)
        #expect(near(estimate.interval?.lower, 0.02335899491136209, within: 1e-12))
        #expect(near(estimate.interval?.upper, 0.055223679512292866, within: 1e-12))
    }

    @Test func theHonestZero() throws {
        // 1 - .05 ** (1 / 200); st.beta.ppf(.95, 4, 197); st.beta.ppf(.05, 197, 4)
        let zero = try RateBound.atMost(try ProportionCount(successes: 0, of: 200))
        #expect(near(zero.bound, 0.014867039231272083, within: 1e-14) && zero.isUpper && zero.level == 0.95)
        let three = try RateBound.atMost(try ProportionCount(successes: 3, of: 200))
        #expect(near(three.bound, 0.03830970849856934, within: 1e-12))
        let sure = try RateBound.atLeast(try ProportionCount(successes: 197, of: 200))
        #expect(near(sure.bound, 0.9616902915014307, within: 1e-12) && !sure.isUpper)
        #expect(try RateBound.atMost(try ProportionCount(successes: 5, of: 5)).bound == 1)
        #expect(try RateBound.atLeast(try ProportionCount(successes: 0, of: 5)).bound == 0)
        let all = try RateBound.atLeast(try ProportionCount(successes: 200, of: 200))
        #expect(near(all.bound, 1 - 0.014867039231272083, within: 1e-14))
    }

    @Test func newcombe() throws {
        // statsmodels confint_proportions_2indep(56, 70, 48, 80, method="newcomb"); published 0.0524, 0.3339
        let difference = try ProportionDifference.newcombe(
            try ProportionCount(successes: 48, of: 80), try ProportionCount(successes: 56, of: 70))
        #expect(near(difference.value, 0.2, within: 1e-14))
        #expect(near(difference.interval?.lower, 0.05243147240236498, within: 1e-12))
        #expect(near(difference.interval?.upper, 0.33387265403690614, within: 1e-12))
        let zeros = try ProportionDifference.newcombe(
            try ProportionCount(successes: 0, of: 30), try ProportionCount(successes: 0, of: 20))
        #expect(near(zeros.interval?.lower, -0.1135133931739688, within: 1e-12))
        #expect(near(zeros.interval?.upper, 0.1611251580528194, within: 1e-12))
        #expect(zeros.notes == [.allZero])
    }

    /// Both, only a, only b, neither, and the interval of a - b by the published formula in Python; the first is the
    /// worked example of Altman et al. 2000, table 6.2, the second one of Newcombe 1998 (0.0569, 0.3404).
    @Test(arguments: [
        [14, 5, 0, 22, 0.011483241383033221, 0.2264926843512112],
        [36, 12, 2, 0, 0.05692958400323875, 0.3404276029749408],
        [20, 15, 5, 10, 0.02583841654925098, 0.35693657165919246],
        [50, 0, 0, 0, -0.07134759913335875, 0.07134759913335875],
    ])
    func newcombePaired(row: [Double]) throws {
        let table = try PairedOutcomes(
            both: Int(row[0]), onlyA: Int(row[2]), onlyB: Int(row[1]), neither: Int(row[3]))
        let interval = try table.difference().interval
        #expect(near(interval?.lower, row[4], within: 1e-12))
        #expect(near(interval?.upper, row[5], within: 1e-12))
    }

    /// Successes and cases of both sides, and hypergeom's 2 * min(cdf(x - 1), sf(x)) + pmf(x).
    @Test(arguments: [
        (0, 2, 2, 2, 0.16666666666666666), (48, 80, 56, 70, 0.00844944267945265),
        (3, 1000, 14, 900, 0.003835893966685002), (0, 5, 0, 6, 1),
    ])
    func fisherMidP(x: Int, n: Int, y: Int, m: Int, expected: Double) throws {
        let a = try ProportionCount(successes: x, of: n)
        let b = try ProportionCount(successes: y, of: m)
        #expect(near(try ProportionDifference.test(a, b).pValue, expected, within: 1e-12))
        #expect(near(try ProportionDifference.test(b, a).pValue, expected, within: 1e-12))
    }

    @Test func outcomesAreCounted() throws {
        let table = try PairedOutcomes([true, true, false, false, false], [true, false, true, true, false])
        #expect(table.both == 1 && table.onlyA == 1 && table.onlyB == 2 && table.neither == 1)
        #expect(table.n == 5 && table.discordant == 3 && table.odds == 2)
        #expect(table.merging(table).onlyB == 4)
    }

    @Test func edgesHaveAnswers() throws {
        let nothing = try ProportionCount(successes: 0, of: 0)
        #expect(throws: StatisticsError.empty(what: "cases")) { try Proportion.wilson(nothing) }
        #expect(throws: StatisticsError.empty(what: "cases")) { try RateBound.atMost(nothing) }
        #expect(throws: StatisticsError.self) { try ProportionCount(successes: 3, of: 2) }
        #expect(throws: StatisticsError.self) { try PairedOutcomes([true], []) }
        let one = try Proportion.wilson(try ProportionCount(successes: 1, of: 1))
        #expect(one.notes == [.oneCase, .allOne])
    }
}

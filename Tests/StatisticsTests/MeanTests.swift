import Statistics
import Testing

/// Means, their errors and intervals against scipy 1.17 and statsmodels 0.15.
@Suite struct Means {
    private let x = [0.2, 0.5, 0.9, 0.4, 0.7, 0.65, 0.1]
    private let y = [0.9, 0.8, 0.75, 0.95, 0.6]

    @Test func oneSample() throws {
        // a.mean(), st.sem(a), st.t.interval(.95, 6, a.mean(), st.sem(a))
        let estimate = try Mean.estimate(x)
        #expect(near(estimate.value, 0.4928571428571429, within: 1e-15))
        #expect(near(estimate.standardError, 0.10714285714285714, within: 1e-14))
        #expect(near(estimate.interval?.lower, 0.23068801594875232, within: 1e-13))
        #expect(near(estimate.interval?.upper, 0.7550262697655334, within: 1e-13))
        // st.ttest_1samp(a, .3)
        let test = try Mean.test(try Moments(x), against: 0.3)
        #expect(near(test.statistic, 1.8000000000000003, within: 1e-13))
        #expect(near(test.pValue, 0.1219524213838879, within: 1e-13))
        #expect(test.degreesOfFreedom == 6)
    }

    @Test func welch() throws {
        // st.ttest_ind(y, x, equal_var=False) and its confidence_interval(.95)
        let (a, b) = (try Moments(x), try Moments(y))
        let test = try UnpairedDifference.test(a, b)
        #expect(near(test.statistic, 2.4888360447449007, within: 1e-13))
        #expect(near(test.pValue, 0.03420978003282721, within: 1e-13))
        #expect(near(test.degreesOfFreedom, 9.103154991092463, within: 1e-13))
        let estimate = try UnpairedDifference.estimate(a, b)
        #expect(near(estimate.value, 0.30714285714285716, within: 1e-14))
        #expect(near(estimate.interval?.lower, 0.028455523662641147, within: 1e-12))
        #expect(near(estimate.interval?.upper, 0.5858301906230732, within: 1e-12))
    }

    @Test func paired() throws {
        // st.ttest_rel(b, a); d.mean() / d.std(ddof=1); np.corrcoef
        let pairs = try PairMoments([0.85, 0.7, 0.75, 0.9, 0.5], [0.9, 0.8, 0.7, 0.95, 0.6])
        let test = try PairedDifference.test(pairs)
        #expect(near(test.statistic, 1.825741858350553, within: 1e-13))
        #expect(near(test.pValue, 0.14192744777405558, within: 1e-13))
        let estimate = try PairedDifference.estimate(pairs)
        #expect(near(estimate.interval?.lower, -0.02603608068958181, within: 1e-13))
        #expect(near(estimate.interval?.upper, 0.12603608068958183, within: 1e-13))
        #expect(near(PairedDifference.effectSize(pairs), 0.8164965809277257, within: 1e-13))
        #expect(near(pairs.correlation, 0.9194350573815793, within: 1e-13))
    }

    @Test func edgesHaveAnswers() throws {
        #expect(throws: StatisticsError.empty(what: "cases")) { try Mean.estimate([]) }
        let one = try Mean.estimate([0.5])
        #expect(one.notes == [.oneCase] && one.interval == nil && one.standardError == nil && one.value == 0.5)
        let zeros = try Mean.estimate([0, 0, 0])
        #expect(zeros.notes == [.allEqual, .allZero] && zeros.interval == nil && zeros.standardError == 0)
        let equal = try UnpairedDifference.estimate(try Moments([1, 1]), try Moments([2, 2]))
        #expect(equal.value == 1 && equal.notes == [.allEqual] && equal.interval == nil)
        let lonely = try UnpairedDifference.estimate(try Moments([1]), try Moments([2, 3]))
        #expect(lonely.value == 1.5 && lonely.notes == [.oneCase])
        #expect(throws: StatisticsError.self) { try Mean.estimate([1, 2], level: 95) }
        #expect(throws: StatisticsError.self) { try Mean.test(try Moments([2, 2])) }
        #expect(throws: StatisticsError.self) { try PairMoments([1], [1, 2]) }
    }

    @Test func roundingOfDecimalsIsNoSpread() throws {
        let pairs = try PairMoments([0.1, 0.2, 0.3], [0.2, 0.3, 0.4])
        #expect(!pairs.hasSpread)
        #expect(try PairedDifference.estimate(pairs).notes == [.allEqual])
    }

    @Test func oneSideWithoutSpreadStillHasWelch() throws {
        let estimate = try UnpairedDifference.estimate(try Moments([1, 1, 1]), try Moments([1, 2, 3]))
        // 1 ± t(.975, 2) / sqrt(3)
        #expect(near(estimate.interval?.upper, 1 + 4.302652729749464 / 3.0.squareRoot(), within: 1e-12))
    }

    @Test func severalSamplesPerItem() throws {
        // One-way random effects by numpy: var of the items' means / n; pooled within; var - within / 3
        let items = [[1.0, 0, 1], [0, 0, 1], [1, 1, 1], [0, 0, 0], [1, 1, 0]]
        let result = try RepeatedSamples(items)
        #expect(near(result.mean.value, 0.5333333333333333, within: 1e-14))
        #expect(near(result.mean.standardError, 0.16996731711975951, within: 1e-13))
        #expect(near(result.withinItem, 0.2, within: 1e-13))
        #expect(near(result.betweenItems, 0.07777777777777779, within: 1e-13))
        #expect(result.samples == 15 && near(result.samplesPerItem, 3, within: 1e-14) && result.mean.n == 5)
        #expect(near(result.standardError(items: 5, samplesPerItem: 3), 0.16996731711975951, within: 1e-13))
    }

    @Test func noiseAloneLeavesNothingBetweenItems() throws {
        let result = try RepeatedSamples([[0, 1], [1, 0], [0, 1]])
        #expect(result.betweenItems == 0)
        #expect(result.mean.notes.contains { if case .clamped = $0 { true } else { false } })
        let single = try RepeatedSamples([[0], [1]])
        #expect(single.withinItem == nil && single.betweenItems == nil)
        #expect(throws: StatisticsError.self) { try RepeatedSamples([[1], []]) }
    }
}

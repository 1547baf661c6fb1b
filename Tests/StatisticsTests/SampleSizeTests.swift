import Statistics
import Testing

/// Power, sample size and detectable differences by Miller's formula.
@Suite struct SampleSizes {
    @Test(arguments: [(0.0, 1, 969), (1.0 / 6, 1, 3876), (1.0 / 6, 10, 1260)])
    func casesForADifferenceOfThreePoints(noise: Double, samples: Int, expected: Int) throws {
        let size = try SampleSize.paired(
            betweenItems: 1.0 / 9, noiseA: noise, samplesA: samples, noiseB: noise, samplesB: samples)
        #expect(try size.cases(difference: 0.03) == expected)
        #expect(try size.cases(difference: -0.03) == expected)
    }

    @Test func detectableDifference() throws {
        let size = try SampleSize.paired(betweenItems: 1.0 / 9, noiseA: 1.0 / 6, noiseB: 1.0 / 6)
        // (z(.975) + z(.8)) * sqrt((1/9 + 1/3) / 200)
        let difference = try size.detectableDifference(cases: 200)
        #expect(near(difference, 0.13206799371997818, within: 1e-13))
        #expect(try size.cases(difference: difference) == 200)
        #expect(near(try size.power(cases: 200, difference: difference), 0.8, within: 1e-12))
    }

    @Test func power() throws {
        // st.norm.sf(st.norm.ppf(.975) - .05 / sqrt(.25 / 300))
        let size = try SampleSize(variance: 0.25)
        #expect(near(try size.power(cases: 300, difference: 0.05), 0.4098568692768829, within: 1e-12))
    }

    @Test func separateSamples() throws {
        // (z + z)² (.6 * .4 + .7 * .3) / .1² = 353.2 for each side
        #expect(try SampleSize.proportions(0.6, 0.7).cases(difference: 0.1) == 354)
    }

    @Test func designEffect() throws {
        #expect(try SampleSize.designEffect(clusterSize: 5, intraclassCorrelation: 0.25) == 2)
        #expect(try SampleSize.designEffect(clusterSize: 1, intraclassCorrelation: 0.9) == 1)
        #expect(throws: StatisticsError.self) { try SampleSize.designEffect(clusterSize: 0, intraclassCorrelation: 0) }
    }

    @Test func edgesHaveAnswers() throws {
        #expect(throws: StatisticsError.self) { try SampleSize(variance: 0) }
        #expect(throws: StatisticsError.self) { try SampleSize(variance: 1, power: 1) }
        #expect(throws: StatisticsError.self) { try SampleSize(variance: 1).cases(difference: 0) }
        #expect(throws: StatisticsError.self) { try SampleSize(variance: 1).cases(difference: 1e-12) }
        #expect(throws: StatisticsError.self) { try SampleSize.paired(betweenItems: 1, samplesA: 0) }
        #expect(throws: StatisticsError.self) { try SampleSize(variance: 1).detectableDifference(cases: 0) }
    }
}

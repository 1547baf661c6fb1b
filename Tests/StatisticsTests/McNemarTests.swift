import Statistics
import Testing

@Suite struct McNemarsTest {
    private let outcomes = try? PairedOutcomes(both: 30, onlyA: 5, onlyB: 15, neither: 10)

    @Test func referenceTable() throws {
        let outcomes = try #require(outcomes)
        // statsmodels mcnemar([[30, 5], [15, 10]]); mid-p = 2 binom.cdf(5, 20, .5) - binom.pmf(5, 20, .5)
        #expect(abs(McNemar.exact(outcomes).pValue - 0.04138946533203125) < 1e-14)
        #expect(abs(McNemar.midP(outcomes).pValue - 0.026603698730468757) < 1e-14)
        #expect(abs(McNemar.chiSquared(outcomes).pValue - 0.044171344908442735) < 1e-12)
        #expect(abs(McNemar.chiSquared(outcomes, corrected: false).pValue - 0.025347318677468325) < 1e-12)
        #expect(McNemar.chiSquared(outcomes).statistic == 4.05)
    }

    @Test func nothingDiscordantIsNoEvidence() throws {
        let same = try PairedOutcomes(both: 4, onlyA: 0, onlyB: 0, neither: 3)
        for result in [McNemar.exact(same), McNemar.midP(same), McNemar.chiSquared(same)] {
            #expect(result.pValue == 1)
            #expect(result.notes == [.allEqual])
        }
    }

    @Test func balancedDiscordanceIsNoEvidence() throws {
        let even = try PairedOutcomes(both: 0, onlyA: 6, onlyB: 6, neither: 0)
        #expect(McNemar.exact(even).pValue == 1)
        #expect(McNemar.midP(even).pValue == 1)
        #expect(McNemar.chiSquared(even).pValue == 1)
    }

    @Test func sidesAreAlike() throws {
        let one = try PairedOutcomes(both: 1, onlyA: 3, onlyB: 9, neither: 2)
        let other = try PairedOutcomes(both: 1, onlyA: 9, onlyB: 3, neither: 2)
        #expect(McNemar.exact(one).pValue == McNemar.exact(other).pValue)
        #expect(McNemar.midP(one).pValue == McNemar.midP(other).pValue)
    }

    @Test(arguments: 1...40)
    func midPLiesBelowTheExactOne(discordant: Int) throws {
        for onlyA in 0...discordant {
            let outcomes = try PairedOutcomes(both: 0, onlyA: onlyA, onlyB: discordant - onlyA, neither: 0)
            let (exact, mid) = (McNemar.exact(outcomes).pValue, McNemar.midP(outcomes).pValue)
            #expect(mid <= exact && mid > 0 && exact <= 1)
        }
    }
}

import Statistics
import Testing

private func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool { abs(a - b) <= tolerance }

@Suite struct JudgeAgainstHumans {
    @Test func ratesWithWilsonIntervals() throws {
        let matrix = try ConfusionMatrix(truePositives: 8, falseNegatives: 2, falsePositives: 0, trueNegatives: 20)
        let sensitivity = try matrix.truePositiveRate()
        #expect(sensitivity.value == 0.8)
        #expect(near(try #require(sensitivity.interval).lower, 0.49016, 5e-6))
        #expect(near(try #require(sensitivity.interval).upper, 0.94332, 5e-6))
        #expect(try matrix.trueNegativeRate().notes.contains(.allOne))
        #expect(try matrix.precision().value == 1)
        #expect(near(try matrix.accuracy().value, 28.0 / 30))
        #expect(try CohenKappa.asymptotic(matrix.table).value > 0.8)
    }

    @Test func countsPairsAndMerges() throws {
        let a = try ConfusionMatrix(truth: [true, true, false], judged: [true, false, true])
        let b = try ConfusionMatrix(truth: [false], judged: [false])
        let both = try a.merging(b)
        #expect(both == (try b.merging(a)))
        #expect([both.truePositives, both.falseNegatives, both.falsePositives, both.trueNegatives] == [1, 1, 1, 1])
        #expect(throws: StatisticsError.empty(what: "cases that are truly positive")) { try b.truePositiveRate() }
    }

    @Test func correctedPassRate() throws {
        #expect(near(try RoganGladen.corrected(observed: 0.55, truePositiveRate: 0.9, falsePositiveRate: 0.2), 0.5))
        let judge = try ConfusionMatrix(truePositives: 90, falseNegatives: 10, falsePositives: 20, trueNegatives: 80)
        let observed = try ProportionCount(successes: 550, of: 1_000)
        let estimate = try RoganGladen.estimate(observed: observed, judge: judge)
        #expect(near(estimate.value, 0.5))
        var generator = SeededGenerator(seed: 2)
        let drawn = try RoganGladen.bootstrap(observed: observed, judge: judge, using: &generator)
        let (analytic, resampled) = (try #require(estimate.interval), try #require(drawn.interval))
        #expect(near(analytic.lower, resampled.lower, 0.02) && near(analytic.upper, resampled.upper, 0.02))
    }

    @Test func impossibleValuesAreMovedAndNoted() throws {
        let judge = try ConfusionMatrix(truePositives: 45, falseNegatives: 5, falsePositives: 10, trueNegatives: 40)
        let estimate = try RoganGladen.estimate(observed: ProportionCount(successes: 5, of: 50), judge: judge)
        #expect(estimate.value == 0)
        #expect(estimate.notes.count == 1)
        #expect(try #require(estimate.interval).lower == 0)
    }

    @Test func aJudgeLikeACoinIsRefused() throws {
        let judge = try ConfusionMatrix(truePositives: 5, falseNegatives: 5, falsePositives: 5, trueNegatives: 5)
        #expect(throws: StatisticsError.self) {
            try RoganGladen.estimate(observed: ProportionCount(successes: 5, of: 10), judge: judge)
        }
    }
}

@Suite struct PredictionPowered {
    private let human: [Double] = [1, 0, 1, 1, 0, 1, 0, 1]
    private let same: [Double] = [1, 0, 1, 0, 0, 1, 1, 1]
    private let others: [Double] = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0]

    @Test func mediocreJudgeDoesNotHelp() throws {
        let mean = try PredictionPoweredMean(human: human, judgeOnSame: same, judgeOnOthers: others)
        let plain = try mean.plain()
        #expect(plain.value == 0.6875)
        #expect(near(try #require(plain.standardError), 0.22368996933468513))
        let alone = try mean.humanOnly()
        #expect(alone.value == 0.625)
        #expect(near(try #require(alone.standardError), 0.18298, 5e-6))
        // ppi_py: ppi_mean_pointestimate(Y, F, U, lam=None)
        #expect(near(try mean.tuned().value, 0.64465332, 5e-9))
    }

    @Test func tunedPointIsTheReferenceImplementations() throws {
        // ppi_py on drawn numbers: lambda and point estimate
        let mean = try PredictionPoweredMean(
            human: [0.35, 0.82, 0.33, -1.3, 0.91, 0.45, -0.54, 0.58, 0.36, 0.29, 0.03, 0.55],
            judgeOnSame: [0.06, 0.61, 0.12, -0.86, 0.74, 0.27, -0.67, 0.39, 0.29, 0.15, 0.41, 0.74],
            judgeOnOthers: [
                -2.71, -1.89, -0.17, -0.42, 0.21, 0.22, 2.12, -1.11, -0.38, 2.04, 0.65, 0.66, -0.51, -1.65, 0.17, 0.11,
                -1.23, -0.68, -0.07, -0.94, -0.1, 0.1, 0.04, -0.51, 0.59, 0.89, 0.32, -0.82, 0.73, -0.5, 0.88, -1.07,
                0.91,
                -0.02, -1.25, -0.31, 0.05, 0.27, -0.98, -1.11,
            ])
        #expect(near(mean.tunedLambda, 0.25136809400425814, 1e-13))
        #expect(near(try mean.tuned().value, 0.14175882415223973, 1e-13))
    }

    @Test func goodJudgeNarrowsTheInterval() throws {
        var generator = SeededGenerator(seed: 4)
        let truth = (0..<2_000).map { _ in generator.normal() }
        let judge = truth.map { $0 * 0.9 + 0.2 + 0.3 * generator.normal() }
        let mean = try PredictionPoweredMean(
            human: Array(truth[..<100]), judgeOnSame: Array(judge[..<100]), judgeOnOthers: Array(judge[100...]))
        #expect(mean.judgeHelps)
        let (tuned, alone) = (try mean.tuned(), try mean.humanOnly())
        #expect(try #require(tuned.standardError) < 0.5 * (try #require(alone.standardError)))
        #expect(try #require(tuned.interval).contains(truth.reduce(0, +) / 2_000))
    }

    @Test func labelsStillNeeded() throws {
        var generator = SeededGenerator(seed: 6)
        let truth = (0..<3_000).map { _ in generator.normal() }
        let judge = truth.map { $0 + 0.5 * generator.normal() }
        func mean(_ labels: Int) throws -> PredictionPoweredMean {
            try PredictionPoweredMean(
                human: Array(truth[..<labels]), judgeOnSame: Array(judge[..<labels]),
                    judgeOnOthers: Array(judge[labels...]))
        }
        let more = try #require(try mean(100).labelsStillNeeded(halfWidth: 0.05))
        let width = try #require(try mean(100 + more).tuned().interval).width
        #expect(more > 100 && abs(width - 0.1) < 0.01, "\(more) more labels give \(width)")
        #expect(try mean(100 + more + 60).labelsStillNeeded(halfWidth: 0.055) == 0)
        // Without the judge it takes more.
        #expect(Double(more + 100) < 1.96 * 1.96 / 0.0025)
    }

    @Test func edges() throws {
        let one = try PredictionPoweredMean(human: [1], judgeOnSame: [1], judgeOnOthers: [0, 1])
        #expect(try one.plain().interval == nil)
        #expect(try one.labelsStillNeeded(halfWidth: 0.1) == nil)
        #expect(throws: StatisticsError.empty(what: "labelled cases")) {
            try PredictionPoweredMean(human: [], judgeOnSame: [], judgeOnOthers: [1]).plain()
        }
        let alone = try PredictionPoweredMean(human: [1, 0, 1], judgeOnSame: [1, 1, 1], judgeOnOthers: [])
        #expect(throws: StatisticsError.self) { try alone.plain() }
        #expect(try alone.tuned().value == alone.humanOnly().value)
        let equal = try PredictionPoweredMean(human: [1, 1], judgeOnSame: [1, 1], judgeOnOthers: [1, 1])
        #expect(try equal.plain().notes == [.allEqual])
    }

    @Test func mergingIsOrderFreeToTheLastBit() throws {
        var generator = SeededGenerator(seed: 12)
        func part() throws -> PredictionPoweredMean {
            let human = (0..<5).map { _ in generator.normal() * 1e6 }
            return try PredictionPoweredMean(
                human: human, judgeOnSame: human.map { $0 + generator.normal() },
                judgeOnOthers: (0..<7).map { _ in generator.normal() * 1e-6 })
        }
        let (a, b, c) = (try part(), try part(), try part())
        #expect(a.merging(b).merging(c) == c.merging(b.merging(a)))
        #expect(try a.merging(b).merging(c).tuned() == c.merging(a).merging(b).tuned())
    }
}

@Suite struct PairwiseWithSwap {
    @Test func inconsistentIsATie() throws {
        var verdicts = PairwiseVerdicts()
        verdicts.add(candidateFirst: .first, candidateSecond: .second)
        verdicts.add(candidateFirst: .first, candidateSecond: .first)
        verdicts.add(candidateFirst: .second, candidateSecond: .first)
        verdicts.add(candidateFirst: .tie, candidateSecond: .tie)
        verdicts.add(candidateFirst: .first, candidateSecond: .tie)
        #expect([verdicts.wins, verdicts.losses, verdicts.ties, verdicts.inconsistent] == [1, 1, 3, 1])
        #expect(try verdicts.winRate().value == 0.5)
        #expect(near(try verdicts.inconsistencyRate().value, 0.2))
        #expect(near(try verdicts.firstPositionRate().value, 5.0 / 7))
        var lenient = PairwiseVerdicts(rule: .winner)
        lenient.add(candidateFirst: .first, candidateSecond: .tie)
        #expect(lenient.wins == 1)
        #expect(throws: StatisticsError.self) { try verdicts.merging(lenient) }
    }

    @Test func winRateHasTheMeansStandardError() throws {
        var verdicts = PairwiseVerdicts()
        for _ in 0..<6 { verdicts.add(candidateFirst: .first, candidateSecond: .second) }
        for _ in 0..<3 { verdicts.add(candidateFirst: .second, candidateSecond: .first) }
        verdicts.add(candidateFirst: .first, candidateSecond: .first)
        let estimate = try verdicts.winRate()
        let scores = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0.5]
        let moments = try Moments(scores)
        #expect(near(estimate.value, 0.65))
        #expect(near(try #require(estimate.standardError), (try #require(moments.variance) / 10).squareRoot(), 1e-15))
    }

    @Test func edges() throws {
        #expect(throws: StatisticsError.empty(what: "items")) { try PairwiseVerdicts().winRate() }
        var ties = PairwiseVerdicts()
        ties.add(candidateFirst: .tie, candidateSecond: .tie)
        ties.add(candidateFirst: .tie, candidateSecond: .tie)
        #expect(try ties.winRate().interval == nil)
        #expect(throws: StatisticsError.self) { try ties.firstPositionRate() }
    }
}

@Suite struct ExpectedScores {
    @Test func meanUnderTheTokensProbabilities() throws {
        let tokens = [(1.0, -3.0), (2, -1.2), (3, -0.6), (4, -2.5)].map { (score: $0.0, logProbability: $0.1) }
        #expect(near(try ExpectedScore.mean(tokens), 2.675434852789531, 1e-14))
        #expect(near(ExpectedScore.coverage(tokens), 0.981878, 1e-6))
    }

    @Test func edges() throws {
        #expect(try ExpectedScore.mean([(score: 4, logProbability: -2_000)]) == 4)
        #expect(try ExpectedScore.mean([(score: 4, logProbability: -.infinity), (score: 2, logProbability: 0)]) == 2)
        #expect(throws: StatisticsError.self) { try ExpectedScore.mean([]) }
        #expect(throws: StatisticsError.self) { try ExpectedScore.mean([(score: 1, logProbability: -.infinity)]) }
        #expect(throws: StatisticsError.self) { try ExpectedScore.mean([(score: .nan, logProbability: 0)]) }
    }
}

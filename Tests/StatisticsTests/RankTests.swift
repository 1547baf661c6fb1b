import Statistics
import Testing

/// Reference values from scipy 1.17 (`wilcoxon`, `mannwhitneyu`, `spearmanr`, `kendalltau`).
@Suite struct SignedRanks {
    private let small = [0.3, 1.2, -0.7, 2.1, 0.9, -0.2, 1.7, 0.55]
    private let ties: [Double] = [1, 2, -1, 3, 2, -2, 0, 4, 1, 0, 2, 3]
    private let many: [Double] = [1, 2, -1, 3, 2, -2, 0, 4, 1, 0, 2, 3, 5, -1, 2, 2, -3, 1, 6, 2]

    @Test func exactWithoutTies() throws {
        let result = try WilcoxonSignedRank.test(small)
        #expect(result.statistic == 5)
        #expect(result.pValue == 0.078125)
        #expect(result.notes == [.exact(256)])
    }

    @Test func normalApproximation() throws {
        let plain = try WilcoxonSignedRank.test(small, mode: .normal).pValue
        let corrected = try WilcoxonSignedRank.test(small, mode: .normal, corrected: true).pValue
        #expect(abs(plain - 0.0687035743228782) < 1e-13)
        #expect(abs(corrected - 0.08005791998443475) < 1e-13)
    }

    @Test func tiesAndZerosOfFewCasesAreCountedExactly() throws {
        let result = try WilcoxonSignedRank.test(ties)
        #expect(result.statistic == 7.5)
        #expect(abs(result.pValue - 0.046875) < 1e-15)
        #expect(result.notes.contains(.droppedZeros(2)))
        #expect(abs(try WilcoxonSignedRank.test(ties, mode: .normal,
            corrected: true).pValue - 0.044720756798576525) < 1e-13)
    }

    @Test func tiesOfManyCasesAreApproximated() throws {
        let result = try WilcoxonSignedRank.test(many)
        #expect(result.statistic == 29)
        #expect(abs(result.pValue - 0.012981858241575536) < 1e-13)
        let exact = try WilcoxonSignedRank.test(many, mode: .exact).pValue
        #expect(abs(exact - result.pValue) < 0.003)
    }

    @Test func onlyZerosAreNoEvidence() throws {
        let result = try WilcoxonSignedRank.test([0, 0, 0])
        #expect(result.pValue == 1)
        #expect(result.n == 0)
        #expect(throws: StatisticsError.self) { try WilcoxonSignedRank.test([]) }
        #expect(throws: StatisticsError.self) { try WilcoxonSignedRank.test([.nan]) }
    }

    @Test func exactAgreesWithAllSignFlips() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20 {
            let values = (0..<9).map { _ in Double(generator.index(below: 9) - 4) }.filter { $0 != 0 }
            guard !values.isEmpty else { continue }
            let result = try WilcoxonSignedRank.test(values, mode: .exact)
            let ranks = values.map { value in
                let below = values.count { abs($0) < abs(value) }
                let same = values.count { abs($0) == abs(value) }
                return Double(below) + Double(same + 1) / 2
            }
            let statistic = try #require(result.statistic)
            var extreme = 0
            for signs in 0..<(1 << values.count) {
                let plus = ranks.indices.reduce(0.0) { $0 + (signs >> $1 & 1 == 1 ? ranks[$1] : 0) }
                if plus <= statistic { extreme += 1 }
            }
            let expected = min(1, 2 * Double(extreme) / Double(1 << values.count))
            #expect(abs(result.pValue - expected) < 1e-12)
        }
    }
}

@Suite struct RankSumTests {
    private let a = [1.1, 2.4, 0.3, 5.2, 3.3, 2.9]
    private let b = [2.2, 4.8, 6.1, 3.7, 5.9, 7.3, 1.9]

    @Test func exactForSmallSamples() throws {
        let result = try MannWhitney.test(a: a, b: b)
        #expect(result.statistic == 32)
        #expect(abs(result.pValue - 0.13752913752913754) < 1e-14)
        #expect(abs(try MannWhitney.test(a: a, b: b, mode: .normal).pValue - 0.13361440253771614) < 1e-13)
        #expect(abs(try MannWhitney.superiority(a: a, b: b) - 32.0 / 42) < 1e-15)
    }

    @Test func tiesAreCorrectedFor() throws {
        let (a, b): ([Double], [Double]) = ([1, 2, 2, 3, 3, 3, 4, 5, 1, 2], [2, 3, 4, 4, 5, 5, 3, 4, 5, 5, 2])
        let result = try MannWhitney.test(a: a, b: b)
        #expect(result.statistic == 83.5)
        #expect(abs(result.pValue - 0.043509394487478634) < 1e-13)
        #expect(abs(try MannWhitney.test(a: a, b: b, corrected: false).pValue - 0.03989480353050985) < 1e-13)
    }

    @Test func allEqualIsNoEvidence() throws {
        #expect(try MannWhitney.test(a: [1, 1], b: [1, 1, 1]).pValue == 1)
        #expect(throws: StatisticsError.self) { try MannWhitney.test(a: [], b: [1]) }
    }
}

@Suite struct RankCorrelationTests {
    struct Case: Sendable {
        let a: [Double]
        let b: [Double]
        let rho: (value: Double, p: Double)
        let tau: (value: Double, p: Double)
    }

    static let cases = [
        Case(
            a: [1, 2, 3, 4, 5], b: [2, 1, 4, 3, 5], rho: (0.8, 0.10408803866182788), tau: (0.6, 0.23333333333333334)),
        Case(
            a: [1, 1, 2, 3], b: [1, 2, 2, 3], rho: (0.8333333333333335, 0.16666666666666652),
            tau: (0.8, 0.12597116307723114)),
        Case(
            a: [5, 3, 3, 8, 1, 9, 7, 7, 2, 6, 4, 4], b: [4, 2, 3, 9, 1, 7, 8, 6, 2, 5, 5, 3],
            rho: (0.9434628975265018, 4.135700972662499e-06), tau: (0.8571428571428571, 0.00017330935111078575)),
        Case(
            a: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], b: [0, 2, 1, 3, 5, 4, 7, 6, 9, 8, 11, 10],
            rho: (0.965034965034965, 3.880985299627466e-07), tau: (0.8484848484848484, 1.6342325370103148e-05)),
        Case(
            a: [
                -1.64, 0.06, -0.96, 0.76, -2.03, -0.91, 0.71, 1.16, -2.16, -0.5, 0.33, -0.61, 1.59, -1.19, 0.35, -1.05,
                1.41, -0.02, -0.37, -1.72, 1.68, 0.75, 0.75, 1.14, 0.35, -0.64, -0.8, -0.8, 1.37, -1.46, -0.6, -0.32,
                0.22, 0.58, -1.25, -1.73, -0.0, 1.21, 0.76, 0.22, -0.32, 0.29, -0.24, 0.82, -0.79,
            ],
            b: [
                -0.52, -0.09, 0.16, 0.53, 1.74, 1.13, 1.78, -1.58, -1.2, -0.81, 0.66, -2.52, 1.81, 0.59, -1.16, -1.4,
                -0.24, 0.04, 0.49, 1.36, 0.47, 1.07, 0.46, 2.22, 0.88, 1.11, -1.4, -0.51, -0.27, 0.92, 0.42, -0.43,
                -0.36, 0.72, -1.2, -1.62, 0.48, 2.95, 0.06, -0.47, -1.3, -1.22, 0.43, 1.18, -0.31,
            ],
            rho: (0.2794873508719563, 0.06297842184741469), tau: (0.20284017387519082, 0.050322533014191435)),
    ]

    @Test(arguments: cases)
    func scipysValues(of example: Case) throws {
        let rho = try RankCorrelations.spearman(example.a, example.b)
        #expect(abs(rho.estimate.value - example.rho.value) < 1e-14)
        #expect(abs(rho.test.pValue - example.rho.p) < 1e-12 * max(1, example.rho.p))
        let tau = try RankCorrelations.kendall(example.a, example.b)
        #expect(abs(tau.estimate.value - example.tau.value) < 1e-14)
        #expect(abs(tau.test.pValue - example.tau.p) < 1e-13)
    }

    @Test func perfectOrderHasNoIntervalButAnAnswer() throws {
        let result = try RankCorrelations.spearman([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])
        #expect(result.estimate.value == 1)
        #expect(result.estimate.interval == nil)
        #expect(result.test.pValue < 1e-12)
        #expect(try RankCorrelations.kendall([1, 2, 3, 4], [4, 3, 2, 1]).estimate.value == -1)
    }

    @Test func missingPairsAreLeftOutAndNoted() throws {
        let whole = try RankCorrelations.spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])
        let gaps = try RankCorrelations.spearman([1, 2, nil, 3, 4, 5, 9], [2, 1, 7, 4, 3, 5, nil])
        #expect(gaps.estimate.value == whole.estimate.value)
        #expect(gaps.estimate.notes == [.droppedMissingPairs(2)])
    }

    @Test func constantsAndTooFewAreRefusedWithAReason() {
        #expect(throws: StatisticsError.noVariation(what: "values of one side")) {
            try RankCorrelations.kendall([1, 1, 1], [1, 2, 3])
        }
        #expect(throws: StatisticsError.tooFew(what: "whole pairs", have: 2, need: 3)) {
            try RankCorrelations.spearman([1, 2], [1, 2])
        }
    }
}

import Statistics
import Testing

/// What an interval allows to be said, and how many cases are missing.
@Suite struct Verdicts {
    private func estimate(_ value: Double, _ half: Double, n: Int = 100) -> Estimate {
        Estimate(
            value: value, standardError: half / 1.959963984540054,
            interval: Interval(lower: value - half, upper: value + half, level: 0.95), method: .normal, n: n)
    }

    @Test func intervalsDecide() {
        #expect(Verdict.of(estimate(0.05, 0.04)) == .better)
        #expect(Verdict.of(estimate(-0.05, 0.04)) == .worse)
        #expect(Verdict.of(estimate(-0.05, 0.04), higherIsBetter: false) == .better)
        #expect(Verdict.of(estimate(0.005, 0.003), margin: 0.01) == .noDifferenceBeyond(0.01))
        #expect(Verdict.of(estimate(0.009, 0.003), margin: 0.01) == .better)
        #expect(Verdict.of(estimate(0, 0.01), margin: 0.01) == .noDifferenceBeyond(0.01))
    }

    @Test func withoutAMarginNothingIsTheSame() {
        #expect(Verdict.of(estimate(0, 1e-9)) == .inconclusive(furtherCases: nil))
        #expect(Verdict.of(Estimate(value: 1, method: .t, n: 1)) == .inconclusive(furtherCases: nil))
    }

    @Test func furtherCasesAreCounted() throws {
        // n = 100, SE = 0.05 / 1.96: (1.96 + 0.8416)² SE² n / 0.04² = 319.3, so 220 more
        #expect(Verdict.of(estimate(0.04, 0.05)) == .inconclusive(furtherCases: 220))
        // As Miller's formula says it of the same spread.
        let error = 0.05 / 1.959963984540054
        #expect(try SampleSize(variance: error * error * 100).cases(difference: 0.04) == 320)
        // With a margin of 0.05 and an observed 0.02, fitting into the margin (0.03 away) takes fewer than clearing
        // zero.
        guard case .inconclusive(let fit?) = Verdict.of(estimate(0.02, 0.05), margin: 0.05),
            case .inconclusive(let clear?) = Verdict.of(estimate(0.02, 0.05))
        else {
            Issue.record("an open question was decided")
            return
        }
        #expect(fit < clear)
    }

    @Test func anExactTestHasToAgree() {
        let clear = estimate(0.05, 0.04)
        func test(_ p: Double) -> TestResult { TestResult(pValue: p, method: "exact", n: 100) }
        #expect(Verdict.of(clear, test: test(0.04)) == .better)
        // p = 0.1 is z = 1.645: (1.96 + 0.8416)² / 1.645² * 100 = 290.1, so 191 more
        #expect(Verdict.of(clear, test: test(0.1)) == .inconclusive(furtherCases: 191))
        #expect(Verdict.of(clear, test: test(1)) == .inconclusive(furtherCases: nil))
    }

    @Test func furtherCasesDecide() {
        for value in [0.0, 0.01, 0.02, 0.03, 0.045] {
            for margin in [0.04, 0.05, 0.06] {
                let now = Verdict.of(estimate(value, 0.05), margin: margin)
                guard case .inconclusive(let more?) = now else { continue }
                let half = 0.05 * (100 / Double(100 + more)).squareRoot()
                let then = Verdict.of(estimate(value, half, n: 100 + more), margin: margin)
                #expect(then == .better || then == .noDifferenceBeyond(margin), "\(value), \(margin)")
            }
        }
    }

    @Test func theGatePassesFailsOrSaysWhatIsMissing() throws {
        let pass = try NonInferiority(estimate(0.01, 0.02), margin: 0.03)
        #expect(pass.outcome == .pass)
        #expect(try NonInferiority(estimate(-0.06, 0.02), margin: 0.03).outcome == .fail)
        // Worse than before, but not surely by more than the margin: no failure.
        let open = try NonInferiority(estimate(-0.02, 0.02), margin: 0.03)
        guard case .inconclusive(let more?) = open.outcome else {
            Issue.record("an open question was decided: \(open.outcome)")
            return
        }
        // (1.96 + 0.8416)² (0.02 / 1.96)² 100 / 0.01² = 817.3, so 718 more
        #expect(more == 718)
        #expect(try NonInferiority(estimate(0.06, 0.02), margin: 0.03, higherIsBetter: false).outcome == .fail)
        #expect(throws: StatisticsError.self) { try NonInferiority(estimate(0, 0.1), margin: 0) }
        let alone = try NonInferiority(Estimate(value: 1, method: .t, n: 1), margin: 0.1)
        #expect(alone.outcome == .inconclusive(furtherCases: nil) && alone.pValue == nil)
    }

    @Test func theGatesPValue() throws {
        // st.norm.sf((-.01 + .03) / .012), st.t.sf((-.01 + .03) / .012, 99)
        let difference = Estimate(value: -0.01, standardError: 0.012, method: .t, n: 100)
        let normal = try NonInferiority(difference, margin: 0.03).pValue
        #expect(near(normal, 0.04779035227281475, within: 1e-13))
        let t = try NonInferiority(difference, margin: 0.03, degreesOfFreedom: 99).pValue
        #expect(near(t, 0.049370776783828334, within: 1e-13))
    }

    @Test func everyNoteAndErrorIsASentence() {
        let notes: [Note] = [
            .empty, .oneCase, .oneCluster, .allEqual, .allZero, .allOne, .fewClusters(3), .droppedMissingPairs(2),
            .ties(2), .droppedZeros(1), .droppedResamples(5), .fellBackToPercentile, .exact(8), .randomDraws(9),
            .clamped(-0.1), .text("A sentence."),
        ]
        let errors: [StatisticsError] = [
            .empty(what: "cases"), .tooFew(what: "cases", have: 1, need: 2), .mismatch("A sentence."),
            .outOfRange(what: "k", value: 0, allowed: "1 or more"), .notFinite(what: "scores", index: 3),
            .noVariation(what: "scores"), .notConverged(what: "The fit", iterations: 50), .undefined("A sentence."),
        ]
        for text in notes.map(\.description) + errors.map(\.description) { #expect(text.hasSuffix("."), "\(text)") }
        #expect(errors[4].description.contains("4"))
    }
}

import Statistics
import Testing

/// Two systems in, a verdict out.
@Suite struct Comparisons {
    /// 805 pairs made to the published moments of a leaderboard pair: mean difference 0.0198, paired standard error
    /// 0.0075.
    private static let leaderboardPair: (a: [Double], b: [Double]) = {
        var generator = SeededGenerator(seed: 805)
        let a = (0..<805).map { _ in generator.unit() }
        let raw = (0..<805).map { _ in generator.normal() }
        let mean = raw.reduce(0, +) / 805
        let squares = raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let scale = 0.0075 * 805.0.squareRoot() / (squares / 804).squareRoot()
        return (a, zip(a, raw).map { $0 + 0.0198 + ($1 - mean) * scale })
    }()

    @Test func thePublishedPair() throws {
        var generator = SeededGenerator(seed: 1)
        let (a, b) = Self.leaderboardPair
        let result = try Compare.paired(a, b, using: &generator)
        #expect(near(result.difference.value, 0.0198, within: 1e-12))
        #expect(near(result.difference.standardError, 0.0075, within: 1e-12))
        // 2 * st.t.sf(.0198 / .0075, 804), published as 0.008; st.t.ppf(.975, 804) = 1.96291894
        #expect(near(result.test?.pValue, 0.008451307406599827, within: 1e-9))
        #expect(near(result.difference.interval?.lower, 0.0198 - 1.9629189419500712 * 0.0075, within: 1e-9))
        #expect(result.verdict == .better)
        #expect(try Compare.paired(b, a, using: &generator).verdict == .worse)
        let lessIsBetter = ComparisonPlan(higherIsBetter: false)
        #expect(try Compare.paired(a, b, plan: lessIsBetter, using: &generator).verdict == .worse)
        // The interval reaches to 0.0345: within a margin of 0.05 the difference does not matter.
        let wide = ComparisonPlan(margin: 0.05)
        #expect(try Compare.paired(a, b, plan: wide, using: &generator).verdict == .noDifferenceBeyond(0.05))
    }

    @Test func pairingIsWhatFindsIt() throws {
        var generator = SeededGenerator(seed: 1)
        let (a, b) = Self.leaderboardPair
        let result = try Compare.unpaired(a, b, using: &generator)
        #expect((result.difference.standardError ?? 0) > 0.0075)
        guard case .inconclusive(let further?) = result.verdict else {
            Issue.record("not inconclusive: \(result.verdict)")
            return
        }
        #expect(further > 1000)
    }

    @Test(arguments: ComparisonMethod.allCases)
    func everyMethodFindsAClearDifference(method: ComparisonMethod) throws {
        var generator = SeededGenerator(seed: 3)
        let a = (0..<200).map { _ in generator.unit() < 0.5 ? 1.0 : 0 }
        let b = (0..<200).map { _ in generator.unit() < 0.8 ? 1.0 : 0 }
        let plan = ComparisonPlan(method: method, draws: 10_000)
        let paired = try Compare.paired(a, b, plan: plan, using: &generator)
        let unpaired = try Compare.unpaired(a, b, plan: plan, using: &generator)
        #expect(paired.verdict == .better && unpaired.verdict == .better)
        #expect((paired.test?.pValue ?? 1) < 0.001 && (unpaired.difference.interval?.lower ?? 0) > 0.1)
        #expect(paired.a.method == .wilson && near(paired.difference.value, unpaired.difference.value))
    }

    @Test(arguments: [ComparisonMethod.automatic, .t, .bootstrap, .bca])
    func clustersAreHeeded(method: ComparisonMethod) throws {
        var generator = SeededGenerator(seed: 4)
        // Thirty sources of ten items each, all ten alike: three hundred items know no more than thirty.
        let sources = (0..<30).map { _ in generator.normal() }
        let clusters = (0..<300).map { "source \($0 / 10)" }
        let a = (0..<300).map { _ in generator.unit() }
        let b = (0..<300).map { a[$0] + 0.3 * sources[$0 / 10] }
        let plan = ComparisonPlan(method: method, draws: 1000)
        let naive = try Compare.paired(a, b, plan: plan, using: &generator)
        let clustered = try Compare.paired(a, b, clusters: clusters, plan: plan, using: &generator)
        let errors = (naive.difference.standardError ?? 0, clustered.difference.standardError ?? 0)
        #expect(errors.1 > 2.8 * errors.0 && clustered.difference.clusters == 30)
        #expect((clustered.test?.pValue ?? 0) > (naive.test?.pValue ?? 1))
        let unpaired = try Compare.unpaired(
            a, clustersOfA: clusters, b, clustersOfB: clusters, plan: plan, using: &generator)
        #expect(near(unpaired.difference.standardError, errors.1, within: 0.01))
    }

    private static func isOpen(_ verdict: Verdict) -> Bool {
        if case .inconclusive = verdict { true } else { false }
    }

    @Test func identicalAnswersAreNoCertainty() throws {
        var generator = SeededGenerator(seed: 1)
        let plan = ComparisonPlan(margin: 0.05)
        let hundred = Array(repeating: 0.7, count: 100)
        let result = try Compare.paired(hundred, hundred, plan: plan, using: &generator)
        // 1 - .025 ** (1 / 100)
        #expect(near(result.difference.interval?.upper, 0.03621669264517646, within: 1e-12))
        #expect(result.verdict == .noDifferenceBeyond(0.05) && result.difference.method == .clopperPearson)
        for method in [ComparisonMethod.automatic, .t, .bootstrap] {
            let few = ComparisonPlan(method: method)
            let paired = try Compare.paired([0, 0], [1, 1], plan: few, using: &generator).verdict
            #expect(Self.isOpen(paired), "two pairs decided it by \(method)")
            let separate = try Compare.unpaired([0, 0], [1, 1], plan: few, using: &generator).verdict
            #expect(Self.isOpen(separate), "two cases on each side decided it by \(method)")
        }
        let shifted = try Compare.paired(
            hundred.map { $0 - 0.1 }, hundred, plan: ComparisonPlan(method: .bootstrap), using: &generator)
        #expect(shifted.verdict == .better && near(shifted.difference.value, 0.1))
    }

    @Test func edgesHaveAnswers() throws {
        var generator = SeededGenerator(seed: 1)
        let one = try Compare.paired([0.5], [0.75], using: &generator)
        #expect(one.verdict == .inconclusive(furtherCases: nil) && one.difference.notes == [.oneCase])
        let gaps = try Compare.paired([0.1, nil, 0.4, 0.2], [0.3, 0.5, nil, 0.9], using: &generator)
        #expect(gaps.difference.n == 2 && gaps.difference.notes.contains(.droppedMissingPairs(2)))
        #expect(throws: StatisticsError.empty(what: "pairs with both scores")) {
            try Compare.paired([nil], [1], using: &generator)
        }
        #expect(throws: StatisticsError.self) { try Compare.unpaired([], [1], using: &generator) }
        #expect(throws: StatisticsError.self) { try Compare.unpaired([.nan], [1], using: &generator) }
        #expect(throws: StatisticsError.self) {
            try Compare.paired([0.5, 1], [1, 1], plan: ComparisonPlan(method: .newcombe), using: &generator)
        }
        #expect(throws: StatisticsError.self) {
            try Compare.paired([1], [1], plan: ComparisonPlan(margin: -1), using: &generator)
        }
        let zeros = try Compare.unpaired([0, 0, 0], [0, 0], using: &generator)
        #expect(zeros.difference.interval != nil && zeros.difference.notes == [.allZero])
        let flat = try Compare.unpaired([2, 2], [3, 3], using: &generator)
        #expect(flat.verdict == .inconclusive(furtherCases: nil) && flat.test == nil)
    }
}

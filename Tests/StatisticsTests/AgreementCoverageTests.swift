import Statistics
import Testing

/// How often 95 % intervals of agreement, ranking and judged scores hold the truth, on made-up data whose truth is
/// known.
///
/// Each of 2,000 runs has a standard error of half a percentage point; 93 to 97 % is what the intervals promise, and
/// where a test expects something else the documentation of the method says so.
@Suite struct CoverageOfJudging {
    /// The share of runs in which the interval holds `truth`; runs without an interval count as misses.
    private func coverage(
        runs: Int = 2_000, seed: UInt64, of truth: Double, _ run: (inout SeededGenerator) throws -> Interval?
    ) rethrows -> Double {
        var held = 0
        let base = SeededGenerator(seed: seed)
        for index in 0..<runs {
            var generator = base.stream(UInt64(index))
            if let interval = try run(&generator), interval.contains(truth) { held += 1 }
        }
        return Double(held) / Double(runs)
    }

    private let promised = 0.93...0.97

    /// Two raters who copy the truth with probability `care` and else guess: kappa is care squared for even labels.
    private func labels(_ count: Int, care: Double, raters: Int, _ generator: inout SeededGenerator) -> [[Int]] {
        (0..<count).map { _ in
            let truth = generator.index(below: 2)
            return (0..<raters).map { _ in generator.unit() < care ? truth : generator.index(below: 2) }
        }
    }

    @Test func cohensKappa() throws {
        let share = try coverage(seed: 1, of: 0.64) { generator in
            let rows = labels(150, care: 0.8, raters: 2, &generator)
            let table = try AgreementTable(rows.map { $0[0] }, rows.map { $0[1] }, categories: [0, 1])
            return try CohenKappa.asymptotic(table).interval
        }
        #expect(promised.contains(share), "\(share)")
    }

    @Test func fleissKappaAndGwetsAC1() throws {
        var held = (0, 0)
        for index in 0..<2_000 {
            var generator = SeededGenerator(seed: 2).stream(UInt64(index))
            let rows = labels(60, care: 0.7, raters: 4, &generator).map { $0.map(Optional.some) }
            let counts = try RatingCounts(ratings: rows, categories: [0, 1])
            // Even labels make both coefficients the same: 0.49.
            if try FleissKappa.estimate(counts).interval?.contains(0.49) == true { held.0 += 1 }
            if try GwetAC1.estimate(counts).interval?.contains(0.49) == true { held.1 += 1 }
        }
        #expect(promised.contains(Double(held.0) / 2_000), "\(held)")
        #expect(promised.contains(Double(held.1) / 2_000), "\(held)")
    }

    /// The percentile bootstrap is a little too narrow for few units.
    @Test func krippendorffsAlpha() throws {
        let plan = BootstrapPlan(resamples: 300, interval: .percentile)
        let share = try coverage(runs: 500, seed: 3, of: 0.49) { generator in
            let rows = labels(80, care: 0.7, raters: 3, &generator).map { $0.map { Optional(Double($0)) } }
            return try KrippendorffAlpha.estimate(rows, metric: .nominal, plan: plan, using: &generator).interval
        }
        #expect((0.91...0.97).contains(share), "\(share)")
    }

    @Test(arguments: ICCModel.allCases)
    func intraclassCorrelation(model: ICCModel) throws {
        // Variances 1 between targets, 0.25 between raters (0 where they don't count), 0.5 of the rest.
        let offsets: Double = model == .twoWayAgreement ? 0.5 : 0
        let truth = 1 / (1 + offsets * offsets + 0.5)
        let share = try coverage(seed: 4, of: truth) { generator in
            let raters = (0..<6).map { _ in offsets * generator.normal() }
            let rows = (0..<20).map { _ in
                let target = generator.normal()
                return raters.map { target + $0 + 0.5.squareRoot() * generator.normal() }
            }
            return try IntraclassCorrelation.estimate(rows, model: model).interval
        }
        #expect(promised.contains(share), "\(model) \(share)")
    }

    /// Spearman's and Kendall's for a bivariate normal with correlation 0.5.
    @Test func rankCorrelations() throws {
        // 6 asin(r / 2) / pi and 2 asin(r) / pi for r = 0.5.
        let (rho, tau) = (0.4825838, 1.0 / 3)
        var held = (0, 0)
        for index in 0..<2_000 {
            var generator = SeededGenerator(seed: 5).stream(UInt64(index))
            let a = (0..<60).map { _ in generator.normal() }
            let b = a.map { 0.5 * $0 + 0.75.squareRoot() * generator.normal() }
            if try RankCorrelations.spearman(a, b).estimate.interval?.contains(rho) == true { held.0 += 1 }
            if try RankCorrelations.kendall(a, b).estimate.interval?.contains(tau) == true { held.1 += 1 }
        }
        #expect(promised.contains(Double(held.0) / 2_000), "\(held)")
        #expect(promised.contains(Double(held.1) / 2_000), "\(held)")
    }

    @Test(arguments: [0.5, 0.1])
    func correctedPassRate(truth: Double) throws {
        let share = try coverage(seed: 6, of: truth) { generator in
            func count(_ p: Double, of n: Int) -> Int { (0..<n).count { _ in generator.unit() < p } }
            let observed = try ProportionCount(successes: count(truth * 0.9 + (1 - truth) * 0.2, of: 400), of: 400)
            let (hits, alarms) = (count(0.9, of: 80), count(0.2, of: 80))
            let judge = try ConfusionMatrix(
                truePositives: hits, falseNegatives: 80 - hits, falsePositives: alarms, trueNegatives: 80 - alarms)
            return try RoganGladen.estimate(observed: observed, judge: judge).interval
        }
        #expect((0.93...0.98).contains(share), "\(share)")
    }

    @Test func predictionPoweredMeans() throws {
        var held = (0, 0)
        for index in 0..<2_000 {
            var generator = SeededGenerator(seed: 7).stream(UInt64(index))
            let truth = (0..<340).map { _ in generator.normal() }
            let judge = truth.map { 0.7 * $0 + 0.5 + 0.6 * generator.normal() }
            let mean = try PredictionPoweredMean(
                human: Array(truth[..<40]), judgeOnSame: Array(judge[..<40]), judgeOnOthers: Array(judge[40...]))
            if try mean.plain().interval?.contains(0) == true { held.0 += 1 }
            if try mean.tuned().interval?.contains(0) == true { held.1 += 1 }
        }
        #expect(promised.contains(Double(held.0) / 2_000), "\(held)")
        #expect(promised.contains(Double(held.1) / 2_000), "\(held)")
    }

    @Test func bradleyTerryDifferences() throws {
        let strengths = [0.5, 0.2, -0.1, -0.6]
        let share = try coverage(runs: 1_000, seed: 8, of: 1.1 * RatingScale.arena.factor) { generator in
            let battles = (0..<300).map { _ in
                let a = generator.index(below: 4)
                let b = (a + 1 + generator.index(below: 3)) % 4
                return PairwiseBattle(a, b, score: Self.wins(strengths[a] - strengths[b], &generator) ? 1 : 0)
            }
            return try BradleyTerry.fit(battles).difference(0, 3)?.interval
        }
        #expect(promised.contains(share), "\(share)")
    }

    private static func wins(_ odds: Double, _ generator: inout SeededGenerator) -> Bool {
        let u = generator.unit()
        // u / (1 - u) < e^odds, with the exponential from its product form: (1 + odds / 2^20)^(2^20).
        var growth = 1 + odds / 1_048_576
        for _ in 0..<20 { growth *= growth }
        return u < growth * (1 - u)
    }

    @Test func winRateOfPairsInBothOrders() throws {
        let share = try coverage(seed: 9, of: 0.55) { generator in
            var verdicts = PairwiseVerdicts()
            for _ in 0..<120 {
                let u = generator.unit()
                if u < 0.35 {
                    verdicts.add(candidateFirst: .first, candidateSecond: .second)
                } else if u < 0.6 {
                    verdicts.add(candidateFirst: .second, candidateSecond: .first)
                } else {
                    verdicts.add(candidateFirst: .first, candidateSecond: .first)
                }
            }
            return try verdicts.winRate().interval
        }
        #expect(promised.contains(share), "\(share)")
    }
}

/// Effects of experiments: fixed intervals at one look, always-valid ones at every look.
@Suite struct CoverageOfExperiments {
    private let promised = 0.93...0.97

    /// Units with a size (the denominator), an earlier value and an outcome that depends on both.
    private func units(_ n: Int, lift: Double, _ generator: inout SeededGenerator) -> [[Double]] {
        (0..<n).map { _ in
            let size = 1 + Double(generator.index(below: 4))
            let habit = generator.normal()
            let outcome = size * (2 + lift + habit) + generator.normal()
            return [outcome, size, size * (2 + habit) + generator.normal(), size]
        }
    }

    @Test func ratiosMeansAndAdjustment() throws {
        var held = [0, 0, 0, 0]
        var widths = [0.0, 0, 0, 0]
        for index in 0..<1_000 {
            var generator = SeededGenerator(seed: 21).stream(UInt64(index))
            let (a, b) = (units(120, lift: 0, &generator), units(120, lift: 0.3, &generator))
            func effect(_ make: ([[Double]]) throws -> MetricData, _ scale: EffectScale) throws -> Interval? {
                try MetricEffect(control: make(a), treatment: make(b), scale: scale).fixed().interval
            }
            let ratio = { (rows: [[Double]]) throws -> MetricData in
                .ratio(try RatioMoments(numerators: rows.map { $0[0] }, denominators: rows.map { $0[1] }))
            }
            let adjusted = { (rows: [[Double]]) throws -> MetricData in .adjustedRatio(try CrossMoments(rows)) }
            let mean = { (rows: [[Double]]) throws -> MetricData in
                .adjustedMean(try PairMoments(rows.map { $0[0] }, rows.map { $0[2] }))
            }
            let intervals = [
                try effect(ratio, .absolute), try effect(adjusted, .absolute), try effect(ratio, .relative),
                try effect(mean, .absolute),
            ]
            for (place, truth) in [0.3, 0.3, 0.15, 0.75].enumerated() {
                let interval = try #require(intervals[place])
                widths[place] += interval.width
                if interval.contains(truth) { held[place] += 1 }
            }
        }
        for count in held { #expect(promised.contains(Double(count) / 1_000), "\(held)") }
        #expect(widths[1] < 0.6 * widths[0], "the adjustment takes the habit out")
    }

    /// Looked at after every tenth unit from the hundredth on: at most 5 % of runs may ever miss the truth.
    @Test func anytimeIntervalsHoldAtEveryLook() throws {
        var (missed, fixedMissed) = (0, 0)
        for index in 0..<400 {
            var generator = SeededGenerator(seed: 22).stream(UInt64(index))
            var (a, b) = (Moments(), Moments())
            var (everMissed, everFixed) = (false, false)
            for look in 0..<100 {
                for _ in 0..<(look == 0 ? 50 : 5) {
                    a.add(generator.normal())
                    b.add(generator.normal())
                }
                let effect = try MetricEffect(control: .mean(a), treatment: .mean(b))
                if try effect.anytime(tunedFor: 500).interval?.contains(0) == false { everMissed = true }
                if try effect.fixed().interval?.contains(0) == false { everFixed = true }
            }
            if everMissed { missed += 1 }
            if everFixed { fixedMissed += 1 }
        }
        #expect(Double(missed) / 400 <= 0.05, "\(missed)")
        #expect(Double(fixedMissed) / 400 > 0.15, "peeking at a fixed interval goes wrong: \(fixedMissed)")
    }

    @Test func rateSequencesHoldAtEveryLook() throws {
        var missed = 0
        let sequence = try RateSequence(tightestAt: 100)
        for index in 0..<400 {
            var generator = SeededGenerator(seed: 23).stream(UInt64(index))
            var successes = 0
            var everMissed = false
            for n in 1...400 {
                if generator.unit() < 0.2 { successes += 1 }
                guard n < 30 || n.isMultiple(of: 10) else { continue }
                let interval = sequence.estimate(try ProportionCount(successes: successes, of: n)).interval
                if interval?.contains(0.2) == false { everMissed = true }
            }
            if everMissed { missed += 1 }
        }
        #expect(Double(missed) / 400 <= 0.05, "\(missed)")
    }

    /// Skewed values, as latencies are; a look after every 20th case.
    @Test func quantileSequencesHoldAtEveryLook() throws {
        var missed = 0
        let sequence = try QuantileSequence(quantile: 0.9, tightestAt: 200)
        // The 90 % quantile of a squared standard normal.
        let truth = 2.705543454095404
        for index in 0..<300 {
            var generator = SeededGenerator(seed: 24).stream(UInt64(index))
            var values: [Double] = []
            var everMissed = false
            for _ in 0..<15 {
                for _ in 0..<20 {
                    let draw = generator.normal()
                    values.append(draw * draw)
                }
                let estimate = try sequence.estimate(values)
                let isOpen = !estimate.notes.isEmpty
                if estimate.interval?.contains(truth) == false, !isOpen { everMissed = true }
            }
            if everMissed { missed += 1 }
        }
        #expect(Double(missed) / 300 <= 0.05, "\(missed)")
    }
}

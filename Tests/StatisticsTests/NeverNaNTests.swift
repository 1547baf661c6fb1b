import Statistics
import Testing

/// Small, tied, constant and empty inputs have finite answers or an error that says what to do; never a NaN.
@Suite struct NeverNaN {
    private func isFine(_ estimate: Estimate) -> Bool {
        let ends = estimate.interval.map { [$0.lower, $0.upper] } ?? []
        let ordered = estimate.interval.map { $0.lower <= $0.upper } ?? true
        return ([estimate.value] + ends + [estimate.standardError ?? 0]).allSatisfy(\.isFinite) && ordered
    }

    private func isFine(_ result: TestResult) -> Bool {
        (0...1).contains(result.pValue) && (result.statistic ?? 0).isFinite
    }

    /// Draws few values from few levels, so that ties, constants and empty samples are common.
    private func values(_ generator: inout SeededGenerator, _ count: Int, _ levels: Int) -> [Double] {
        (0..<count).map { _ in Double(generator.index(below: levels)) - 1 }
    }

    private func attempt(_ what: String, _ run: () throws -> Bool) {
        do {
            let fine = try run()
            #expect(fine, "\(what)")
        } catch let error as StatisticsError {
            #expect(error.description.count > 15, "\(what) gives no reason")
        } catch {
            Issue.record("\(what) throws \(error)")
        }
    }

    @Test(arguments: 0..<400)
    func ranksAndCorrelations(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let (n, levels) = (generator.index(below: 9), 1 + generator.index(below: 4))
        let (a, b) = (values(&generator, n, levels), values(&generator, n, levels))
        for mode in RankTestMode.allCases {
            attempt("signed rank \(a)") { isFine(try WilcoxonSignedRank.test(a, mode: mode, corrected: seed % 2 == 0)) }
            attempt("rank sum \(a) \(b)") { isFine(try MannWhitney.test(a: a, b: b, mode: mode)) }
        }
        attempt("spearman \(a) \(b)") {
            let result = try RankCorrelations.spearman(a, b)
            return isFine(result.estimate) && isFine(result.test)
        }
        attempt("kendall \(a) \(b)") {
            let result = try RankCorrelations.kendall(a, b)
            return isFine(result.estimate) && isFine(result.test)
        }
    }

    @Test(arguments: 0..<400)
    func agreement(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(1_000 + seed))
        let (n, levels) = (generator.index(below: 7), 1 + generator.index(below: 3))
        let rows = (0..<n).map { _ in values(&generator, 1 + generator.index(below: 3), levels) }
        let gaps = rows.map { row in row.map { generator.index(below: 4) == 0 ? nil : $0 } }
        for metric in AlphaMetric.allCases {
            attempt("alpha \(gaps)") {
                var draws = SeededGenerator(seed: 1)
                let plan = BootstrapPlan(resamples: 100)
                return isFine(try KrippendorffAlpha.estimate(gaps, metric: metric, plan: plan, using: &draws))
            }
        }
        let labels = gaps.map { $0.map { $0.map { Int($0) } } }
        attempt("AC1 \(labels)") { isFine(try GwetAC1.estimate(RatingCounts(ratings: labels, categories: [-1, 0, 1]))) }
        attempt("Fleiss \(labels)") {
            isFine(try FleissKappa.estimate(RatingCounts(ratings: labels, categories: [-1, 0, 1])))
        }
        for model in ICCModel.allCases {
            attempt("ICC \(rows)") { isFine(try IntraclassCorrelation.estimate(rows, model: model)) }
            attempt("ICC \(rows)") { isFine(try IntraclassCorrelation.estimate(rows, model: model, averaged: true)) }
        }
        let counts = (0..<2).map { _ in (0..<2).map { _ in generator.index(below: 4) } }
        for weights in KappaWeights.allCases {
            attempt("kappa \(counts)") {
                isFine(try CohenKappa.asymptotic(AgreementTable(counts: counts), weights: weights))
            }
        }
    }

    @Test(arguments: 0..<400)
    func judgesAndExperiments(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(2_000 + seed))
        let n = generator.index(below: 6)
        let (a, b, c) = (values(&generator, n, 3), values(&generator, n, 2), values(&generator, n, 3))
        attempt("prediction-powered \(a) \(b)") {
            let mean = try PredictionPoweredMean(human: a, judgeOnSame: b, judgeOnOthers: c)
            let needed = try mean.labelsStillNeeded(halfWidth: 0.2) ?? 0
            let (tuned, plain) = (try mean.tuned(), try mean.plain())
            return isFine(tuned) && isFine(plain) && needed >= 0
        }
        attempt("effect \(a) \(b)") {
            let x = MetricData.ratio(try RatioMoments(numerators: a, denominators: b))
            let y = MetricData.ratio(try RatioMoments(numerators: c, denominators: b))
            let effect = try MetricEffect(control: x, treatment: y, scale: seed % 2 == 0 ? .absolute : .relative)
            let (fixed, anytime) = (try effect.fixed(), try effect.anytime())
            return isFine(fixed) && isFine(anytime) && isFine(effect.test)
        }
        attempt("adjusted \(a) \(b)") {
            let x = MetricData.adjustedMean(try PairMoments(a, b))
            let y = MetricData.adjustedMean(try PairMoments(c, b))
            let effect = try MetricEffect(control: x, treatment: y, scale: seed % 2 == 0 ? .absolute : .relative)
            let (fixed, test) = (try effect.fixed(), try effect.anytimeTest())
            return isFine(fixed) && isFine(test)
        }
        attempt("Rogan-Gladen") {
            let matrix = try ConfusionMatrix(
                truePositives: generator.index(below: 4), falseNegatives: generator.index(below: 3),
                falsePositives: generator.index(below: 3), trueNegatives: generator.index(below: 4))
            let observed = try ProportionCount(successes: generator.index(below: n + 1), of: n)
            return isFine(try RoganGladen.estimate(observed: observed, judge: matrix))
        }
        attempt("ranking") {
            let battles = (0..<(1 + n)).map { _ in
                PairwiseBattle(
                    generator.index(below: 3), generator.index(below: 3), score: Double(generator.index(below: 3)) / 2)
            }
            return try BradleyTerry.fit(battles).ratings().allSatisfy { isFine($0.rating) }
        }
        attempt("rate") {
            let count = try ProportionCount(successes: generator.index(below: n + 1), of: n)
            return isFine(try RateSequence(tightestAt: 20).estimate(count))
        }
    }
}

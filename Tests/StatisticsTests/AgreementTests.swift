import Statistics
import Testing

private func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool { abs(a - b) <= tolerance }

@Suite struct TwoRaters {
    private let binary = [[20, 5], [10, 15]]
    private let three = [[10, 3, 1], [2, 8, 4], [0, 1, 11]]

    @Test func cohensKappaAndItsInterval() throws {
        // statsmodels cohens_kappa(table, wt=...): kappa, std_kappa, kappa_low, kappa_upp
        let expected: [(KappaWeights, Double, Double, Double, Double)] = [
            (.unweighted, 0.5895522388059702, 0.10400557452829615, 0.3857050585391133, 0.7933994190728271),
            (.linear, 0.6666666666666666, 0.0914466120379733, 0.487434600564032, 0.8458987327693013),
            (.quadratic, 0.7426470588235294, 0.087129351445606, 0.5718766679938088, 0.9134174496532501),
        ]
        let table = try AgreementTable(counts: three)
        for (weights, kappa, error, lower, upper) in expected {
            let estimate = try CohenKappa.asymptotic(table, weights: weights)
            #expect(near(estimate.value, kappa))
            #expect(near(try #require(estimate.standardError), error))
            #expect(near(try #require(estimate.interval).lower, lower))
            #expect(near(try #require(estimate.interval).upper, upper))
        }
        let small = try CohenKappa.asymptotic(AgreementTable(counts: binary))
        #expect(near(small.value, 0.4))
        #expect(near(try #require(small.standardError), 0.12699606293110033))
    }

    @Test func bootstrapAgreesWithTheAsymptoticInterval() throws {
        var generator = SeededGenerator(seed: 1)
        let table = try AgreementTable(counts: three)
        let plan = BootstrapPlan(resamples: 2_000, interval: .percentile)
        let made = try CohenKappa.bootstrap(table, plan: plan, using: &generator)
        let interval = try #require(made.interval)
        #expect(near(made.value, 0.5895522388059702))
        #expect(near(interval.lower, 0.386, 0.05))
        #expect(near(interval.upper, 0.793, 0.05))
    }

    @Test func labelsBecomeATable() throws {
        let table = try AgreementTable(
            ["good", "bad", "good", nil, "bad"], ["good", "good", "good", "bad", nil], categories: ["bad", "good"])
        #expect(table.counts == [[0, 1], [0, 2]])
        #expect(table.dropped == 2)
        #expect(try table.rawAgreement().notes == [.droppedMissingPairs(2)])
        #expect(throws: StatisticsError.self) { try AgreementTable(["ugly"], ["bad"], categories: ["bad", "good"]) }
    }

    @Test func oneLabelOnlyIsRefusedWhereKappaIsUndefined() throws {
        let table = try AgreementTable(counts: [[12, 0], [0, 0]])
        #expect(throws: StatisticsError.self) { try CohenKappa.asymptotic(table) }
        #expect(try table.rawAgreement().value == 1)
        #expect(try GwetAC1.estimate(table).value == 1)
        #expect(throws: StatisticsError.self) { try CohenKappa.asymptotic(AgreementTable(counts: [[0, 0], [0, 0]])) }
    }

    @Test func perfectAgreementHasNoIntervalToOffer() throws {
        let estimate = try CohenKappa.asymptotic(AgreementTable(counts: [[5, 0], [0, 7]]))
        #expect(estimate.value == 1)
        #expect(estimate.interval == nil)
        #expect(estimate.notes == [.allEqual])
    }

    /// The prevalence paradox: 96 % raw agreement, kappa about 0, AC1 high.
    @Test func prevalenceParadox() throws {
        let table = try AgreementTable(counts: [[96, 2], [2, 0]])
        #expect(try CohenKappa.asymptotic(table).value < 0)
        #expect(try GwetAC1.estimate(table).value > 0.95)
        #expect(try table.rawAgreement().value == 0.96)
    }

    @Test func gwetsAC1OfATable() throws {
        // irrCAC: CAC(ratings, digits=12).gwet()
        let estimate = try GwetAC1.estimate(AgreementTable(counts: binary))
        #expect(near(estimate.value, 0.405940594059, 1e-11))
        #expect(near(try #require(estimate.standardError), 0.13147308876, 1e-10))
        #expect(near(try #require(estimate.interval).lower, 0.141735530539, 1e-9))
    }

    @Test func mergingIsOrderFree() throws {
        let parts = try [binary, [[1, 2], [3, 4]], [[0, 7], [1, 0]]].map { try AgreementTable(counts: $0, dropped: 1) }
        let forwards = try parts[0].merging(parts[1]).merging(parts[2])
        let backwards = try parts[2].merging(parts[1].merging(parts[0]))
        #expect(forwards == backwards)
    }
}

@Suite struct ManyRaters {
    /// Fleiss' example as widely reprinted: 10 items, 14 raters, 5 labels; published kappa 0.210.
    private let fleiss = [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]
    /// Krippendorff's example: 12 units, 4 observers; published alphas 0.743, 0.815, 0.849, 0.797.
    private let units: [[Double?]] = [
        [1, 1, nil, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4], [1, 1, 2,
        1],
        [2, 2, 2, 2], [nil, 5, 5, 5], [nil, nil, 1, 1], [nil, nil, 3, nil],
    ]

    @Test func fleissKappa() throws {
        // statsmodels fleiss_kappa; standard error and interval from irrCAC (digits=12)
        let estimate = try FleissKappa.estimate(RatingCounts(fleiss))
        #expect(near(estimate.value, 0.20993070442195522))
        #expect(near(try #require(estimate.standardError), 0.092371111606, 1e-11))
        #expect(near(try #require(estimate.interval).lower, 0.000972732667, 1e-10))
        #expect(near(try #require(estimate.interval).upper, 0.418888676177, 1e-10))
    }

    @Test func fleissNeedsTheSameNumberOfRatings() throws {
        #expect(throws: StatisticsError.self) { try FleissKappa.estimate(RatingCounts([[2, 1], [1, 1]])) }
        #expect(throws: StatisticsError.self) { try FleissKappa.estimate(RatingCounts([[3, 0], [3, 0]])) }
    }

    @Test func gwetsAC1() throws {
        // irrCAC: CAC(ratings, digits=12).gwet()
        let same = try GwetAC1.estimate(RatingCounts(fleiss))
        #expect(near(same.value, 0.225614150817, 1e-11))
        #expect(near(try #require(same.standardError), 0.093324074471, 1e-11))
        let labels = units.map { $0.map { $0.map(Int.init) } }
        let gaps = try GwetAC1.estimate(RatingCounts(ratings: labels, categories: [1, 2, 3, 4, 5]))
        #expect(near(gaps.value, 0.775444068127, 1e-11))
        #expect(near(try #require(gaps.standardError), 0.142949950641, 1e-11))
        #expect(near(try #require(gaps.interval).lower, 0.460813348131, 1e-9))
    }

    @Test func krippendorffsAlpha() throws {
        // krippendorff.alpha(...) of the Python package of that name
        let expected: [(AlphaMetric, Double)] = [
            (.nominal, 0.743421052631579), (.ordinal, 0.8153875037548814), (.interval, 0.8491071428571428),
            (.ratio, 0.7974027747116121),
        ]
        for (metric, alpha) in expected {
            #expect(near(try KrippendorffAlpha.value(units, metric: metric), alpha, 1e-13))
        }
    }

    @Test func alphaOfOppositesIsNegative() throws {
        #expect(near(try KrippendorffAlpha.value([[1, 0], [0, 1], [1, 0], [0, 1]], metric: .nominal), -0.75, 1e-14))
        let three: [[Double?]] = [[1, 1, 1], [0, 0, 0], [1, 1, 1], [0, 0, 1]]
        #expect(near(try KrippendorffAlpha.value(three, metric: .nominal), 1 - 132.0 / 420, 1e-14))
    }

    @Test func alphaWithABootstrapInterval() throws {
        var generator = SeededGenerator(seed: 9)
        let estimate = try KrippendorffAlpha.estimate(units, metric: .nominal, using: &generator)
        let interval = try #require(estimate.interval)
        #expect(interval.contains(estimate.value))
        #expect(interval.width > 0.2 && interval.upper <= 1)
        #expect(estimate.notes.contains(.droppedMissingPairs(1)))
        #expect(estimate.n == 11)
    }

    @Test func alphaOfOneUnitHasNoInterval() throws {
        var generator = SeededGenerator(seed: 1)
        let estimate = try KrippendorffAlpha.estimate([[1, 2, 2], [3, nil]], metric: .interval, using: &generator)
        #expect(estimate.interval == nil && estimate.method == .krippendorffAlpha)
        #expect(estimate.notes.contains(.oneCase))
    }

    /// Thousands of different scores are no trouble: expected disagreement takes one pass.
    @Test func alphaOfManyDifferentScores() throws {
        var generator = SeededGenerator(seed: 14)
        let units: [[Double?]] = (0..<1_500).map { _ in
            let truth = generator.normal()
            return [truth + generator.normal(), truth + generator.normal()]
        }
        for metric in [AlphaMetric.ordinal, .interval] {
            #expect(near(try KrippendorffAlpha.value(units, metric: metric), 0.5, 0.06))
        }
        let plan = BootstrapPlan(resamples: 200, interval: .percentile)
        let estimate = try KrippendorffAlpha.estimate(units, metric: .interval, plan: plan, using: &generator)
        #expect(try #require(estimate.interval).contains(0.5))
    }

    @Test func alphaOfEqualRatingsIsRefused() {
        #expect(throws: StatisticsError.self) { try KrippendorffAlpha.value([[1, 1], [1, 1]], metric: .interval) }
        #expect(throws: StatisticsError.empty(what: "units with two or more ratings")) {
            try KrippendorffAlpha.value([[1, nil], [nil, 2]], metric: .nominal)
        }
        #expect(throws: StatisticsError.self) { try KrippendorffAlpha.value([[-1, 1], [2, 1]], metric: .ratio) }
    }

    @Test func unitsAndRatersMayComeInAnyOrder() throws {
        for metric in AlphaMetric.allCases {
            let plain = try KrippendorffAlpha.value(units, metric: metric)
            let turned = try KrippendorffAlpha.value(units.reversed().map { $0.reversed() }, metric: metric)
            #expect(near(plain, turned, 1e-14))
        }
    }
}

@Suite struct IntraclassCorrelations {
    /// Shrout and Fleiss (1979), table 2.
    private let ratings: [[Double]] = [
        [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
    ]

    @Test func shroutAndFleissExample() throws {
        // pingouin 0.7 intraclass_corr; its intervals have two digits
        let expected: [(ICCModel, Bool, Double, Double, Double)] = [
            (.oneWay, false, 0.165741768405, -0.13, 0.72), (.twoWayAgreement, false, 0.289763779528, 0.02, 0.76),
            (.twoWayConsistency, false, 0.714840714841, 0.34, 0.95), (.oneWay, true, 0.442797133679, -0.88, 0.91),
            (.twoWayAgreement, true, 0.620050547599, 0.07, 0.93), (.twoWayConsistency, true, 0.909315542377, 0.68,
            0.99),
        ]
        for (model, averaged, value, lower, upper) in expected {
            let estimate = try IntraclassCorrelation.estimate(ratings, model: model, averaged: averaged)
            let interval = try #require(estimate.interval)
            #expect(near(estimate.value, value, 1e-11))
            #expect(near(interval.lower, lower, 0.0051) && near(interval.upper, upper, 0.0051), "\(model) \(interval)")
        }
    }

    @Test func edges() throws {
        let same: [[Double]] = [[1, 1], [2, 2], [5, 5]]
        let perfect = try IntraclassCorrelation.estimate(same)
        #expect(near(perfect.value, 1))
        #expect(perfect.interval == nil)
        #expect(throws: StatisticsError.self) { try IntraclassCorrelation.estimate([[1, 1], [1, 1]]) }
        #expect(throws: StatisticsError.self) { try IntraclassCorrelation.estimate([[1, 2]]) }
        #expect(throws: StatisticsError.self) { try IntraclassCorrelation.estimate([[1, 2], [1]]) }
    }

    @Test func offsetsAreForgivenByConsistencyOnly() throws {
        let shifted: [[Double]] = [[1, 4.1], [2, 5], [5, 8], [7, 9.9]]
        #expect(try IntraclassCorrelation.estimate(shifted, model: .twoWayConsistency).value > 0.99)
        #expect(try IntraclassCorrelation.estimate(shifted, model: .twoWayAgreement).value < 0.8)
    }
}

import Statistics
import Testing

private func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-10) -> Bool { abs(a - b) <= tolerance }

@Suite struct BradleyTerryRanking {
    /// The worked example of the encyclopedia's article: strengths 0.640, 1.043, 0.660, 2.270.
    private let example = [
        ("A", "B", 2.0, 3.0), ("A", "D", 1, 4), ("B", "C", 5, 3), ("C", "D", 1, 3),
    ].flatMap {
        [PairwiseBattle($0.0, $0.1, score: 1, weight: $0.2), PairwiseBattle($0.0, $0.1, score: 0, weight: $0.3)]
    }

    private let styled: [PairwiseBattle<Int>] = [
        (0, 1, 1, [0.3, -0.1]), (0, 1, 0, [-0.2, 0.4]), (0, 1, 0.5, [0.0, 0.2]), (1, 2, 1, [0.5, 0.1]), (1, 2, 1, [0.1,
        -0.3]),
        (1, 2, 0, [-0.6, 0.2]), (2, 0, 1, [0.7, 0.0]), (2, 0, 0, [0.1, 0.5]), (2, 0, 0.5, [-0.3, -0.2]), (2, 1, 0,
        [0.2, 0.3]),
        (0, 2, 1, [0.4, -0.4]), (0, 2, 0, [0.2, 0.1]),
    ].map { PairwiseBattle($0.0, $0.1, score: $0.2, style: $0.3) }

    @Test func workedExampleWithSandwichIntervals() throws {
        // statsmodels GLM(Binomial) with HC0 covariance, strengths summing to zero
        let fit = try BradleyTerry.fit(example)
        let strengths = [-0.44654523746983316, 0.042402571712782805, -0.4158030674319959, 0.8199457331890463]
        let errors = [0.5443431554747203, 0.4846549057166827, 0.5281733175352095, 0.6239699563703818]
        let order = ["A", "B", "D", "C"]
        #expect(fit.competitors == order)
        for (name, place) in zip(order, [0, 1, 3, 2]) {
            let index = try #require(fit.competitors.firstIndex(of: name))
            let rating = try fit.ratings()[index].rating
            #expect(near(fit.strengths[index], strengths[place]))
            #expect(near(rating.value, 1_000 + strengths[place] * RatingScale.arena.factor, 1e-8))
            #expect(near(try #require(rating.standardError), errors[place] * RatingScale.arena.factor, 1e-8))
        }
        let difference = try #require(try fit.difference("B", "D"))
        #expect(near(difference.value, -135.07308178830016, 1e-8))
        #expect(near(try #require(difference.standardError), 174.27237989732484, 1e-7))
        #expect(try fit.difference("B", "Z") == nil)
        #expect(near(try #require(fit.winProbability("B", over: "D")),
            1.043314403086484 / (1.043314403086484 + 2.2703766280900743)))
    }

    @Test func styleIsControlledFor() throws {
        // statsmodels GLM(Binomial), HC0 and clustered (C / (C - 1)) covariance
        let fit = try BradleyTerry.fit(styled)
        let expected = [0.1746396145763771, -0.5146873484443011, 0.340047733867924]
        for (value, reference) in zip(fit.strengths, expected) { #expect(near(value, reference, 1e-8)) }
        let effects = try fit.styleEffects()
        #expect(near(effects[0].value, 7.355776192678715, 1e-8))
        #expect(near(effects[1].value, -12.812055878038915, 1e-8))
        #expect(near(try #require(effects[0].standardError), 2.0267358317114366, 1e-8))
        let rating = try fit.ratings()[0].rating
        #expect(near(try #require(rating.standardError), 0.8480529767639807 * RatingScale.arena.factor, 1e-6))
        let clustered = try BradleyTerry.fit(styled, clusters: [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
        #expect(near(try #require(try clustered.styleEffects()[1].standardError), 0.7992812766175958, 1e-8))
        #expect(try clustered.ratings()[0].rating.clusters == 4)
    }

    @Test func tiesCountHalf() throws {
        let fit = try BradleyTerry.fit([
            PairwiseBattle("x", "y", score: 0.5, weight: 4), PairwiseBattle("x", "y", score: 1, weight: 2),
        ])
        #expect(near(try #require(fit.winProbability("x", over: "y")), 4.0 / 6))
    }

    @Test func orderAndSidesDoNotMatter() throws {
        let turned = example.reversed().map { PairwiseBattle($0.b, $0.a, score: 1 - $0.score, weight: $0.weight) }
        let (one, other) = (try BradleyTerry.fit(example), try BradleyTerry.fit(turned))
        for name in one.competitors {
            let (i, j) = (try #require(one.competitors.firstIndex(of: name)),
                try #require(other.competitors.firstIndex(of: name)))
            #expect(near(one.strengths[i], other.strengths[j]))
        }
    }

    @Test func theUnbeatenAreNamed() throws {
        let battles = [PairwiseBattle("champion", "other", score: 1), PairwiseBattle("champion", "other", score: 1)]
        let error = try #require(throws: StatisticsError.self) { try BradleyTerry.fit(battles) }
        #expect(error.description.contains("other") || error.description.contains("champion"))
        let ridged = try BradleyTerry.fit(battles, ridge: 0.1)
        #expect(ridged.strengths[0] > 0 && ridged.strengths[0].isFinite)
        let apart = [
            PairwiseBattle("a", "b", score: 0.5), PairwiseBattle("c", "d", score: 0.5),
        ]
        #expect(throws: StatisticsError.self) { try BradleyTerry.fit(apart) }
    }

    @Test func separatingStyleIsToldNotReturned() {
        let battles = [("a", "b", 1.0, 1.0), ("a", "b", 0, -1), ("b", "a", 1, 1), ("b", "a", 0, -2)]
            .map { PairwiseBattle($0.0, $0.1, score: $0.2, style: [$0.3]) }
        #expect(throws: StatisticsError.self) { try BradleyTerry.fit(battles) }
    }

    @Test func badBattlesAreRefused() {
        #expect(throws: StatisticsError.self) { try BradleyTerry.fit([PairwiseBattle<Int>]()) }
        #expect(throws: StatisticsError.self) { try BradleyTerry.fit([PairwiseBattle(1, 1, score: 1)]) }
        #expect(throws: StatisticsError.self) { try BradleyTerry.fit([PairwiseBattle(1, 2, score: 2)]) }
        #expect(throws: StatisticsError.self) { try BradleyTerry.fit([PairwiseBattle(1, 2, score: 1, weight: 0)]) }
    }

    @Test func bootstrapAgreesWithTheSandwich() throws {
        var generator = SeededGenerator(seed: 21)
        let battles = (0..<600).map { index in
            let (a, b) = [(0, 1), (1, 2), (0, 2)][index % 3]
            let p = [0.6, 0.6, 0.69][index % 3]
            return PairwiseBattle(a, b, score: generator.unit() < p ? 1 : 0)
        }
        let sandwich = try BradleyTerry.fit(battles).ratings()
        let plan = BootstrapPlan(resamples: 400)
        let bootstrap = try BradleyTerry.bootstrap(battles, plan: plan, using: &generator)
        for (one, other) in zip(sandwich, bootstrap) {
            let (a, b) = (try #require(one.rating.standardError), try #require(other.rating.standardError))
            #expect(one.competitor == other.competitor)
            #expect(abs(a / b - 1) < 0.15)
        }
    }

    @Test func recoversStrengthsBehindALengthBias() throws {
        var generator = SeededGenerator(seed: 8)
        let truth = [0.0, 0.6, -0.4, 0.2]
        let lengths = [0.0, -0.5, 1.0, 0.3]
        let battles = (0..<6_000).map { _ in
            let a = generator.index(below: 4)
            let b = (a + 1 + generator.index(below: 3)) % 4
            let length = lengths[a] - lengths[b] + generator.normal()
            let odds = truth[a] - truth[b] + 0.8 * length
            let won = generator.unit() < 0.5 + 0.5 * odds / (1 + odds.magnitude)
            return PairwiseBattle(a, b, score: won ? 1 : 0, style: [length])
        }
        let fit = try BradleyTerry.fit(battles)
        let effect = try #require(try fit.styleEffects().first?.interval)
        #expect(effect.lower > 0)
        let index = { (name: Int) in fit.strengths[fit.competitors.firstIndex(of: name) ?? 0] }
        #expect(index(1) > index(3) && index(3) > index(0) && index(0) > index(2))
    }
}

@Suite struct StyleCovariates {
    @Test func differences() throws {
        #expect(StyleDifference.share(30, 10) == 0.5)
        #expect(StyleDifference.share(0, 0) == 0)
        let bounded = try StyleDifference.bounded([3, -3, 0, 3_000])
        #expect(bounded[2] == 0 && bounded[0] == -bounded[1] && bounded[3] < 1)
        #expect(try StyleDifference.bounded([0, 0]) == [0, 0])
        #expect(try StyleDifference.standardized([1, 3]) == [-1, 1])
        #expect(try StyleDifference.standardized([2, 2]) == [0, 0])
    }
}

@Suite struct BradleyTerryAtScale {
    @Test func equalBattlesAreOneOfMoreWeight() throws {
        let heavy = [
            PairwiseBattle("a", "b", score: 1, weight: 3), PairwiseBattle("a", "b", score: 0, weight: 2),
            PairwiseBattle("b", "c", score: 0.5, weight: 2),
        ]
        let single = heavy.flatMap { battle in
            (0..<Int(battle.weight)).map { _ in PairwiseBattle(battle.a, battle.b, score: battle.score) }
        }
        let (one, other) = (try BradleyTerry.fit(heavy).ratings(), try BradleyTerry.fit(single).ratings())
        for (x, y) in zip(one, other) { #expect(x.rating == y.rating) }
    }

    @Test func aSingleClusterPerBattleIsTheSandwichWithItsCorrection() throws {
        let battles = [(0, 1, 1.0), (1, 2, 1), (2, 0, 1), (0, 1, 0.5), (2, 1, 1)]
            .map { PairwiseBattle($0.0, $0.1, score: $0.2) }
        let plain = try #require(try BradleyTerry.fit(battles).ratings()[0].rating.standardError)
        let clustered = try BradleyTerry.fit(battles, clusters: [0, 1, 2, 3, 4]).ratings()[0].rating
        #expect(near(try #require(clustered.standardError), plain * (5.0 / 4).squareRoot(), 1e-8))
    }
}

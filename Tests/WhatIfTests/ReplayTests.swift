import Routing
import Statistics
import Testing
import Vocabulary
import WhatIf

@Suite struct ReplayTests {
    /// A thousand calls to `dear`, and a few to `cheap` under another name, which are twice as quick.
    private func report(_ plan: ChangedPlan, seed: UInt64 = 7) -> WhatIfReport {
        var replay = Replay(plan, seed: seed)
        for number in 0..<1_000 { replay.add(Traffic.call(number, duration: 100_000 + Int64(number % 100))) }
        for number in 0..<100 {
            replay.add(
                Traffic.call(
                    number, target: Traffic.cheap, model: "plain", duration: 50_000 + Int64(number),
                    outcome: number % 10 == 0 ? .error : .ok))
        }
        return replay.report(recorded: 1_100)
    }

    @Test func nothingChangesWhereNothingIsChanged() throws {
        let total = report(Traffic.plan(nil)).total
        #expect(total.baseline == total.changed)
        #expect(total.moved == 0)
        let cost = try #require(total.costDelta)
        #expect(cost.value == 0)
        #expect(cost.interval?.lower == 0 && cost.interval?.upper == 0)
        #expect(total.p95Delta?.value == 0)
        #expect(total.errorDelta?.value == 0)
    }

    @Test func callsThatMoveArePricedAndTimedAsTheirNewTarget() throws {
        let plan = Traffic.plan(try Traffic.route(.single, [(Traffic.cheap, 1)]))
        let report = report(plan)
        let smart = try #require(report.routes.first { $0.route == "smart" })
        #expect(smart.calls == 1_000 && smart.moved == 1_000 && smart.timed == 1_000)
        #expect(smart.baseline.cost == Money(nanodollars: 10_000_000_000_000))
        // A tenth of the calls there fail, and failed calls cost nothing.
        let rate = try #require(smart.changed.errorRate)
        #expect((0.07...0.13).contains(rate))
        #expect(smart.changed.cost.nanodollars == Int64((1_000 * (1 - rate)).rounded()) * 1_000_000_000)
        let median = try #require(smart.changed.p50)
        #expect((50_000...50_100).contains(median))
        let delta = try #require(smart.errorDelta)
        let interval = try #require(delta.interval)
        #expect(interval.lower > 0.05 && interval.upper < 0.15 && interval.contains(delta.value))
        let plain = try #require(report.routes.first { $0.route == "plain" })
        #expect(plain.moved == 0 && plain.baseline == plain.changed)
        #expect(report.targets.map(\.changed) == [1_100, 0])
    }

    @Test func aFallbackHidesFailuresAndTakesTheirTime() throws {
        let plan = Traffic.plan(try Traffic.route(.fallback, [(Traffic.cheap, 1), (Traffic.dear, 1)]))
        let smart = try #require(report(plan).routes.first { $0.route == "smart" })
        #expect(smart.changed.errorRate == 0)
        // The tail is a failure at one and an answer of the other.
        #expect(try #require(smart.changed.p95) > 150_000)
        #expect(smart.changed.cost.nanodollars > 1_000_000_000_000)
        #expect(smart.changed.cost.nanodollars < 3_000_000_000_000)
    }

    @Test func weightsShareOutTheCalls() throws {
        let plan = Traffic.plan(try Traffic.route(.weighted, [(Traffic.cheap, 3), (Traffic.dear, 1)]))
        let smart = try #require(report(plan).routes.first { $0.route == "smart" })
        #expect((690...810).contains(smart.moved))
        let cost = try #require(smart.costDelta)
        // A tenth of the 750 that move fail there, fall over and cost what they did.
        #expect(try #require(cost.interval).contains(-6_075_000_000_000))
    }

    @Test func theSameSeedGivesTheSameReport() throws {
        let plan = Traffic.plan(try Traffic.route(.weighted, [(Traffic.cheap, 3), (Traffic.dear, 1)]))
        #expect(report(plan, seed: 1) == report(plan, seed: 1))
        #expect(report(plan, seed: 1).total != report(plan, seed: 2).total)
    }

    @Test func aTargetThatNobodyCalledHasNoLatencyAndSaysSo() throws {
        let unknown = ReplayTarget(provider: "new", model: "new")
        let plan = Traffic.plan(try Traffic.route(.single, [(unknown, 1)]))
        let report = report(plan)
        let smart = try #require(report.routes.first { $0.route == "smart" })
        #expect(smart.timed == 0 && smart.changed.p50 == nil && smart.p50Delta == nil && smart.errorDelta == nil)
        #expect(smart.costDelta?.value == -9_000_000_000_000)
        #expect(report.coverage.contains { $0.hasPrefix("1000 calls would go to targets that answered no call") })
    }

    @Test func aRouteWithoutAnyTargetLeftRefusesItsCalls() throws {
        let plan = Traffic.plan(try Traffic.route(.weighted, [(Traffic.cheap, 0)]))
        let smart = try #require(report(plan).routes.first { $0.route == "smart" })
        #expect(smart.refused == 1_000 && smart.changed.errorRate == 1 && smart.changed.cost == .zero)
    }

    @Test func changedPricesCountForCallsThatStay() throws {
        var plan = ChangedPlan(repriced: [Traffic.dear], model: { Traffic.model($0, price: 5_000_000_000) })
        plan.cacheTTL = [:]
        let total = report(plan).total
        #expect(total.costDelta?.value == -5_000_000_000_000)
        #expect(total.p50Delta?.value == 0)
    }

    @Test func whatIsNotReplayedIsSaid() {
        var replay = Replay(Traffic.plan(nil), seed: 1)
        replay.add(Traffic.call(1))
        let report = replay.report(recorded: 500)
        #expect(report.coverage == ["1 of 500 calls were replayed, spread over the time."])
        #expect(report.total.costDelta?.interval == nil)
        #expect(!report.assumptions.isEmpty)
    }

    @Test func callersThatLeftSayNothingOfLatencyOrErrors() throws {
        var replay = Replay(Traffic.plan(try Traffic.route(.single, [(Traffic.cheap, 1)])), seed: 1)
        for number in 0..<10 { replay.add(Traffic.call(number, outcome: .cancelled)) }
        let total = replay.report(recorded: 10).total
        #expect(total.baseline.p50 == nil && total.baseline.errorRate == nil && total.timed == 0)
        #expect(total.baseline.cost == Money(nanodollars: 100_000_000_000))
    }
}

import Routing
import Testing

@Suite struct SessionsStay {
    private func route(_ world: World, targets: Int, ttl: String = "") throws -> CompiledRoute {
        let list = (0..<targets).map { #"{"provider":"p\#($0)"}"# }.joined(separator: ",")
        return try world.compile(
            #"{"name":"m","strategy":"weighted","targets":[\#(list)],"stickiness":{"by":"session"\#(ttl)}}"#)
    }

    private func places(_ route: CompiledRoute, sessions: Int, now: UInt64 = second) -> [String] {
        (0..<sessions).map { session in
            var request = RouteRequest(model: "m")
            request.session = "session-\(session)"
            return route.labels(route.decide(request, now: now, seed: UInt64(session)))[0]
        }
    }

    /// 2,000 sessions on five targets: one fifth each, give or take four standard deviations (3.6 %).
    @Test func andSpreadEvenly() throws {
        let places = places(try route(World(), targets: 5), sessions: 2000)
        for target in 0..<5 {
            let share = Double(places.filter { $0 == "p\(target)" }.count) / 2000
            #expect(abs(share - 0.2) < 0.036)
        }
    }

    @Test func whateverTheDice() throws {
        let route = try route(World(), targets: 5)
        var request = RouteRequest(model: "m")
        request.session = "s"
        let labels = Set((0..<50).map { route.labels(route.decide(request, seed: UInt64($0))) })
        #expect(labels.count == 1)
    }

    @Test func andMoveOnlyWhenTheirTargetIsOut() throws {
        let world = World()
        let route = try route(world, targets: 5)
        let before = places(route, sessions: 2000)
        world.breakDown("p2", now: second)
        let after = places(route, sessions: 2000)
        let moved = zip(before, after).filter { $0 != $1 }
        #expect(moved.allSatisfy { $0.0 == "p2" })
        #expect(moved.count == before.filter { $0 == "p2" }.count)
        #expect(Set(moved.map(\.1)).count == 4)
        #expect(abs(Double(moved.count) / 2000 - 0.2) < 0.036)
    }

    @Test func weightsCountForThemToo() throws {
        let route = try World().compile(
            #"""
            {"name":"m","strategy":"weighted","stickiness":"session",
             "targets":[{"provider":"p0","weight":3},{"provider":"p1","weight":1}]}
            """#)
        let share = Double(places(route, sessions: 4000).filter { $0 == "p0" }.count) / 4000
        #expect(abs(share - 0.75) < 0.028)
    }

    @Test func withATimeToLiveTheyMoveOneByOne() throws {
        let route = try route(World(), targets: 5, ttl: #","ttl":"1h""#)
        let hour = 3600 * second
        let first = places(route, sessions: 500, now: 0)
        let soon = places(route, sessions: 500, now: hour / 10)
        let later = places(route, sessions: 500, now: hour)
        let movedSoon = zip(first, soon).filter { $0 != $1 }.count
        let movedLater = zip(first, later).filter { $0 != $1 }.count
        #expect(movedSoon > 10 && movedSoon < 100)
        #expect(movedLater > 300)
    }
}

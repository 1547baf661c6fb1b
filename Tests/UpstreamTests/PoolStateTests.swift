import Testing
import Upstream

@Suite struct PoolStates {
    private func pool(connections: Int = 2, waiters: Int = 2) -> PoolState<Int, String> {
        PoolState(maximumConnections: connections, maximumWaiters: waiters)
    }

    @Test func opensUpToItsLimitThenQueuesThenRefuses() {
        var pool = pool()
        let decisions = ["a", "b", "c", "d", "e"].map { name in
            switch pool.request(name, fresh: false) {
            case .use: "use"
            case .connect: "connect"
            case .wait: "wait"
            case .refuse: "refuse"
            case .displace: "displace"
            }
        }
        // "c" and "d" wait for a connection; two waiters stand for the connections that are being opened.
        #expect(decisions.prefix(2) == ["connect", "connect"])
        #expect(decisions.last == "refuse" && pool.open == 2)
    }

    @Test func aMoreImportantCallGoesFirstAndPushesTheLeastImportantOut() {
        var pool = pool(connections: 1, waiters: 2)
        _ = pool.request("a", fresh: false)
        _ = pool.request("b", fresh: false)
        guard case .displace("b") = pool.request("urgent", fresh: false, priority: 5) else {
            Issue.record("the queue was full, and \"b\" the last of the least important")
            return
        }
        #expect(pool.connected(1, at: 0) == "urgent")
        #expect(pool.ready(1, at: 0) == "a")
        guard case .wait = pool.request("c", fresh: true) else {
            Issue.record("there is room in the queue")
            return
        }
    }

    @Test func theOldestWaiterIsServedByWhicheverConnectionIsReadyFirst() {
        var pool = pool()
        _ = pool.request("a", fresh: false)
        _ = pool.request("b", fresh: false)
        #expect(pool.connected(2, at: 0) == "a")
        #expect(pool.connected(1, at: 0) == "b")
        #expect(pool.ready(2, at: 0) == nil && pool.idleCount == 1)
    }

    @Test func theLatestUsedConnectionIsUsedFirst() {
        var pool = pool()
        _ = pool.request("a", fresh: false)
        _ = pool.request("b", fresh: false)
        _ = pool.connected(1, at: 0)
        _ = pool.connected(2, at: 0)
        _ = pool.ready(1, at: 10)
        _ = pool.ready(2, at: 20)
        guard case .use(let connection) = pool.request("c", fresh: false) else { return #expect(Bool(false)) }
        #expect(connection == 2)
    }

    @Test func aFreshConnectionIsNeverAnIdleOne() {
        var pool = pool()
        _ = pool.request("a", fresh: false)
        _ = pool.connected(1, at: 0)
        _ = pool.ready(1, at: 0)
        guard case .connect = pool.request("b", fresh: true) else { return #expect(Bool(false)) }
    }

    @Test func aFailedConnectTellsOneWaiterAndTriesAgainForTheOthers() {
        var pool = pool(connections: 1, waiters: 4)
        _ = pool.request("a", fresh: false)
        _ = pool.request("b", fresh: false)
        let (told, reconnect) = pool.connectFailed()
        #expect(told == "a" && reconnect && pool.open == 1)
        let (next, again) = pool.connectFailed()
        #expect(next == "b" && !again && pool.open == 0)
    }

    @Test func aConnectionThatDiesInUseIsReplacedForThoseWhoWait() {
        var pool = pool(connections: 1, waiters: 4)
        _ = pool.request("a", fresh: false)
        _ = pool.connected(1, at: 0)
        _ = pool.request("b", fresh: false)
        let reopens = pool.closedInUse()
        #expect(reopens)
        #expect(pool.connected(2, at: 0) == "b")
        let reopensAgain = pool.closedInUse()
        #expect(!reopensAgain && pool.open == 0)
    }

    @Test func oneWhoWithdrewIsNotServed() {
        var pool = pool(connections: 1, waiters: 4)
        _ = pool.request("a", fresh: false)
        _ = pool.request("b", fresh: false)
        pool.withdraw { $0 == "a" }
        #expect(pool.connected(1, at: 0) == "b")
    }

    @Test func idleConnectionsExpireOldestFirst() {
        var pool = pool(connections: 3, waiters: 3)
        for name in ["a", "b", "c"] { _ = pool.request(name, fresh: false) }
        for connection in 1...3 { _ = pool.connected(connection, at: 0) }
        for connection in 1...3 { _ = pool.ready(connection, at: UInt64(connection) * 10) }
        #expect(pool.expire(idleSince: 20) == [1, 2])
        #expect(pool.idleCount == 1 && pool.open == 1)
        pool.closedIdle { $0 == 3 }
        #expect(pool.open == 0)
    }
}

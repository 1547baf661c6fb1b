import DequeModule

/// Which connection serves which waiting call, as a state machine without I/O.
///
/// Connections are reused last in, first out, so that surplus ones grow idle and can be closed. Every connection that
/// becomes free serves the oldest waiter, whichever connection that waiter was counting on.
package struct PoolState<Connection, Waiter> {
    /// What to do with a call that wants a connection.
    package enum Decision {
        /// Send it on this connection.
        case use(Connection)
        /// Open a connection; the waiter stands in the queue.
        case connect
        /// The waiter stands in the queue until a connection is free.
        case wait
        /// Connections and queue are both full.
        case refuse
        /// The waiter stands in the queue, in place of this less important one, which has to be told.
        case displace(Waiter)
    }

    private let maximumConnections: Int
    private let maximumWaiters: Int
    private var idle: [(connection: Connection, since: UInt64)] = []
    private var waiters = Deque<(waiter: Waiter, priority: Int)>()
    /// Connections in any state: opening, busy or idle.
    package private(set) var open = 0
    /// Connections that are being opened; as many waiters can count on one each.
    private var connecting = 0

    /// - Parameters:
    ///   - maximumConnections: Open at once, in any state.
    ///   - maximumWaiters: Calls that may stand in the queue.
    package init(maximumConnections: Int, maximumWaiters: Int) {
        self.maximumConnections = maximumConnections
        self.maximumWaiters = maximumWaiters
    }

    /// How many connections are idle.
    package var idleCount: Int { idle.count }
    /// How many calls stand in the queue.
    package var waiting: Int { waiters.count }

    /// A call wants a connection.
    ///
    /// - Parameters:
    ///   - fresh: It must be one that was never used.
    ///   - priority: Higher ones are served first; among equals, the one that came first.
    package mutating func request(_ waiter: Waiter, fresh: Bool, priority: Int = 0) -> Decision {
        if !fresh, let found = idle.popLast() { return .use(found.connection) }
        if open < maximumConnections {
            open += 1
            connecting += 1
            enqueue(waiter, priority)
            return .connect
        }
        var displaced: Waiter?
        if waiters.count >= maximumWaiters {
            guard let last = waiters.last, last.priority < priority else { return .refuse }
            displaced = waiters.removeLast().waiter
        }
        enqueue(waiter, priority)
        return displaced.map { .displace($0) } ?? .wait
    }

    /// Behind all of the same or a higher priority. With one priority this is an append.
    private mutating func enqueue(_ waiter: Waiter, _ priority: Int) {
        var index = waiters.endIndex
        while index > waiters.startIndex, waiters[index - 1].priority < priority { index -= 1 }
        waiters.insert((waiter, priority), at: index)
    }

    /// A new connection is ready. Returns the waiter to serve with it, as `ready` does.
    package mutating func connected(_ connection: Connection, at now: UInt64) -> Waiter? {
        connecting -= 1
        return ready(connection, at: now)
    }

    /// A connection is free again. Returns the waiter to serve with it; with none the connection is idle now.
    package mutating func ready(_ connection: Connection, at now: UInt64) -> Waiter? {
        if let next = waiters.popFirst() { return next.waiter }
        idle.append((connection, now))
        return nil
    }

    /// Opening a connection failed. Returns the waiter that has to be told, and whether to try again for the others.
    package mutating func connectFailed() -> (waiter: Waiter?, reconnect: Bool) {
        open -= 1
        connecting -= 1
        return (waiters.popFirst()?.waiter, reopenIfNeeded())
    }

    /// A connection that was in use has closed. True if a new one should be opened for those who wait.
    package mutating func closedInUse() -> Bool {
        open -= 1
        return reopenIfNeeded()
    }

    /// A connection closed; if it was idle it is taken off the list.
    package mutating func closedIdle(where isSame: (Connection) -> Bool) {
        guard let index = idle.firstIndex(where: { isSame($0.connection) }) else { return }
        idle.remove(at: index)
        open -= 1
    }

    /// A call no longer waits.
    package mutating func withdraw(where isSame: (Waiter) -> Bool) {
        guard let index = waiters.firstIndex(where: { isSame($0.waiter) }) else { return }
        waiters.remove(at: index)
    }

    /// Takes the connections that have been idle since `deadline` or longer; the caller closes them.
    package mutating func expire(idleSince deadline: UInt64) -> [Connection] {
        let count = idle.firstIndex { $0.since > deadline } ?? idle.count
        guard count > 0 else { return [] }
        let expired = idle.prefix(count).map(\.connection)
        idle.removeFirst(count)
        open -= count
        return expired
    }

    private mutating func reopenIfNeeded() -> Bool {
        guard waiters.count > connecting, open < maximumConnections else { return false }
        open += 1
        connecting += 1
        return true
    }
}

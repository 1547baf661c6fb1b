import Caching
package import Gateway
package import Logging
package import NIOCore
import NIOSSL
import Routing
package import Runtime
package import Telemetry
import Upstream
import Vocabulary

/// What one event loop needs to serve calls: everything here is confined to that loop, so nothing is locked.
package final class LoopContext {
    /// How often deadlines are looked at. All of them are coarse by this much; none is shorter than a second.
    static let sweepInterval = TimeAmount.milliseconds(100)

    let loop: any EventLoop
    let time: any TimeSource
    let backlog: JournalBacklog
    let settings: DataPlaneSettings
    let logger: Logger
    private(set) var plan: GatewayPlan
    private(set) var isStopping = false
    /// The grace is over: nothing is served any more.
    private(set) var isStopped = false
    var counters = LoopCounters()
    /// The answer cache; set before the first connection.
    package var caching: CacheServices?
    private var routeCaches: [String: CacheDirectives] = [:]
    private let journal: JournalLane
    private let tlsContexts: TLSContexts
    private var ids = UUIDv7Generator()
    private var random = FastRandom()
    private var pools: [UpstreamOrigin: UpstreamPool] = [:]
    private var connections: [DataPlaneHandler] = []
    /// Calls whose caller has left, while their answer is read to its end.
    private var orphans: [ObjectIdentifier: Call] = [:]

    package init(
        loop: any EventLoop, plan: GatewayPlan, settings: DataPlaneSettings, journal: JournalLane,
        backlog: JournalBacklog, tlsContexts: TLSContexts, time: any TimeSource, logger: Logger
    ) {
        self.loop = loop
        self.plan = plan
        self.settings = settings
        self.journal = journal
        self.backlog = backlog
        self.tlsContexts = tlsContexts
        self.time = time
        self.logger = logger
    }

    /// Puts another plan in force for requests that begin from now on.
    ///
    /// Two changes at once may arrive in either order; the later one counts.
    package func publish(_ plan: GatewayPlan) {
        if plan.generation > self.plan.generation { self.plan = plan }
    }

    // MARK: For calls

    func now() -> UInt64 { time.monotonicNanoseconds() }

    func nextRequestID() -> RequestID {
        let words = ids.next(at: time.now())
        return RequestID(high: words.high, low: words.low)
    }

    /// A random span id; never 0, which W3C trace context forbids.
    func nextSpanID() -> SpanID { random.next() | 1 }

    /// A random number for choices and jitter.
    func nextRandom() -> UInt64 { random.next() }

    /// Chooses with the loop's own generator.
    func withRandom<Result>(_ body: (inout FastRandom) throws -> Result) rethrows -> Result { try body(&random) }

    /// A route's cache rules, read once. What can't be read was refused when the route was loaded.
    func cacheDirectives(_ json: String) -> CacheDirectives? {
        if let known = routeCaches[json] { return known }
        guard let read = try? RouteCache.read(json) else { return nil }
        // Routes come and go; a thousand texts are more than any plan has.
        if routeCaches.count >= 1_000 { routeCaches.removeAll() }
        routeCaches[json] = read
        return read
    }

    /// Writes a finished call to the journal. Throws what the journal throws; the answer must then not be completed.
    func record(
        _ span: SpanRecord, request: UnsafeRawBufferPointer, response: UnsafeRawBufferPointer
    ) throws(JournalError) {
        try journal.append(span, requestBody: request, responseBody: response)
    }

    /// The pool for an origin. Throws where the origin's certificates can't be loaded.
    func pool(for target: ProviderTarget) throws -> UpstreamPool {
        let connectTimeout = TimeAmount.nanoseconds(Int64(target.rules.connect))
        if let pool = pools[target.origin] {
            pool.connectTimeout = connectTimeout
            return pool
        }
        let tls = target.origin.usesTLS ? try tlsContexts.context(for: target.origin) : nil
        let time = time
        let pool = UpstreamPool(
            origin: target.origin, loop: loop, tls: tls, connectTimeout: connectTimeout,
            now: { time.monotonicNanoseconds() }
        )
        pools[target.origin] = pool
        return pool
    }

    // MARK: Connections and deadlines

    func register(_ handler: DataPlaneHandler) {
        handler.registryIndex = connections.count
        connections.append(handler)
    }

    /// Takes a connection out by moving the last one into its place.
    func unregister(_ handler: DataPlaneHandler) {
        let index = handler.registryIndex
        guard index >= 0, index < connections.count, connections[index] === handler else { return }
        let last = connections.removeLast()
        if last !== handler {
            connections[index] = last
            last.registryIndex = index
        }
        handler.registryIndex = -1
    }

    /// Keeps a call whose caller has left until it is settled.
    func keep(_ call: Call) { orphans[ObjectIdentifier(call)] = call }

    /// The call has ended.
    func release(_ call: Call) {
        if !orphans.isEmpty { orphans[ObjectIdentifier(call)] = nil }
    }

    /// Starts looking at deadlines. Call once, on the loop.
    package func startSweeping() {
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleRepeatedTask(initialDelay: Self.sweepInterval, delay: Self.sweepInterval) { _ in
            bound.value.sweep()
        }
    }

    private func sweep() {
        let time = now()
        // From the back, because a connection that closes takes itself out of the list.
        for index in connections.indices.reversed() where index < connections.count {
            connections[index].sweep(at: time)
        }
        for call in Array(orphans.values) { call.sweep(at: time) }
        for pool in pools.values { pool.sweep() }
    }

    // MARK: Stopping

    /// From now on connections are closed after their current answer.
    package func beginStopping() {
        isStopping = true
        for pool in pools.values { pool.closeIdle() }
    }

    /// Ends what is still open, honestly: each caller is told, each call is recorded.
    package func stopOpenCalls() {
        isStopped = true
        for index in connections.indices.reversed() where index < connections.count {
            connections[index].stopNow()
        }
        for call in Array(orphans.values) { call.stop() }
    }

    /// Closes the journal lane. Nothing may be recorded afterwards.
    package func close() {
        for pool in pools.values { pool.closeIdle() }
        journal.close()
    }
}

import Access
import ControlAPI
import DataPlane
import Doors
import Gateway
import Hummingbird
import HummingbirdCore
import Ledger
import Logging
import NIOCore
import NIOPosix
import Runtime
import ServiceLifecycle
import Settings
import Storage
import StorageSQLite
import Synchronization
import Telemetry
import UnixSignals
import Vocabulary
import WebUI

/// Every room of a running server, and the order in which they start and stop.
final class Platform: Sendable {
    let settings: Settings
    let registry: PlanRegistry
    let loops: DataPlaneLoops
    let keys: KeyRegistry
    let caching: CachingRooms
    let pipeline: RecordPipeline
    let live: LiveTail
    let events: SQLiteEventStore
    let records: SQLiteRecordStore
    let time: any TimeSource
    let startedAt: (wall: UnixMicroseconds, monotonic: UInt64)
    let logger: Logger
    private let lock: DataDirectoryLock
    private let reloader: Reloader
    private let group: MultiThreadedEventLoopGroup
    private let health = Mutex(HealthState.ok)

    private init(
        settings: Settings, stores: OpenStores, registry: PlanRegistry, loops: DataPlaneLoops, keys: KeyRegistry,
        caching: CachingRooms, reloader: Reloader, group: MultiThreadedEventLoopGroup, time: any TimeSource,
        logger: Logger
    ) {
        self.settings = settings
        self.registry = registry
        self.loops = loops
        self.keys = keys
        self.caching = caching
        self.reloader = reloader
        self.group = group
        self.time = time
        self.logger = logger
        pipeline = stores.pipeline
        live = stores.live
        events = stores.events
        records = stores.records
        lock = stores.lock
        startedAt = (time.now(), time.monotonicNanoseconds())
    }

    /// Opens the stores, replays the journal and compiles the first plan. Nothing listens yet.
    static func build(
        _ settings: Settings, configPath: String?, environment: [String: String], overrides: SettingsOverrides,
        group: MultiThreadedEventLoopGroup, logger: Logger
    ) async throws -> Platform {
        let time = SystemTime()
        let stores = try await Blocking.run("open-stores") { try OpenStores.open(settings, time: time, logger: logger) }
        let catalog = try await Blocking.run("read-prices") { try CatalogBuilder.build(settings, now: time.now()) }
        let shared = PlanCompiler.SharedState()
        let inputs: @Sendable () -> PlanCompiler.Inputs = {
            PlanCompiler.Inputs(loops: System.coreCount, now: time.now(), shared: shared)
        }
        let compiler = try PlanCompiler(settings, catalog: catalog, inputs: inputs())
        let registry = PlanRegistry(compiler: compiler, keys: .empty)
        let internalKeys = InternalKeys(randomBytes: randomBytes)
        let caching = CachingRooms(settings.cache, keys: internalKeys, group: group, time: time)
        let loops = try await makeLoops(group, registry, stores, settings, caching.services, time, logger)
        registry.attach(loops)
        let keys = KeyRegistry(
            store: stores.records, time: time, randomBytes: randomBytes, internalKeys: internalKeys,
            onChange: { await registry.publish(keys: $0) }
        )
        let snapshot = try await keys.snapshot()
        await registry.publish(keys: snapshot)
        // The journal has been replayed: what the store has settled is all that was ever answered.
        let now = time.now()
        shared.ledger.restore(try await stores.events.ledgerSums(since: snapshot.oldestOpenWindow(at: now)), at: now)
        let routes = RouteService(store: stores.records, registry: registry, time: time, logger: logger)
        try await routes.load()
        let reloader = Reloader(
            path: configPath, environment: environment, overrides: overrides, registry: registry, routes: routes,
            inputs: inputs, logger: logger
        )
        return Platform(
            settings: settings, stores: stores, registry: registry, loops: loops, keys: keys, caching: caching,
            reloader: reloader, group: group, time: time, logger: logger
        )
    }

    /// From the system's secure generator.
    private static let randomBytes: @Sendable (Int) -> [UInt8] = { count in
        var random = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    private static func makeLoops(
        _ group: MultiThreadedEventLoopGroup, _ registry: PlanRegistry, _ stores: OpenStores, _ settings: Settings,
        _ caching: CacheServices, _ time: SystemTime, _ logger: Logger
    ) async throws -> DataPlaneLoops {
        let plan = registry.plan
        let tls = TLSContexts()
        return try await Blocking.run("open-journal") {
            var contexts: [LoopContext] = []
            for (index, loop) in group.makeIterator().enumerated() {
                let lane = try JournalLane(
                    directory: settings.data, lane: index, backlog: stores.backlog, limits: settings.journalLimits
                )
                let context = LoopContext(
                    loop: loop, plan: plan.copied(), settings: settings.dataPlane, journal: lane,
                    backlog: stores.backlog, tlsContexts: tls, time: time, logger: logger
                )
                context.caching = caching
                contexts.append(context)
            }
            return DataPlaneLoops(contexts)
        }
    }

    /// Makes sure that there is an admin key.
    func bootstrapKeys(_ environment: [String: String]) async throws -> BootstrapOutcome {
        try await keys.bootstrap(
            secret: environment["SIGNALBOX_BOOTSTRAP_KEY"], environment: settings.environment
        )
    }

    // MARK: Serving

    /// Listens until it is told to stop, then finishes what is open.
    ///
    /// - Parameter onListening: Called with the port once connections are accepted.
    func serve(onListening: @escaping @Sendable (Int) -> Void) async throws {
        pipeline.start()
        await loops.start()
        let application = makeApplication(onListening)
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: application, successTerminationBehavior: .gracefullyShutdownGroup),
                .init(service: DrainService(platform: self)),
                .init(service: ReloadSignalService(reloader: reloader)),
                .init(service: HealthProbes(registry: registry, time: time, logger: logger)),
                .init(service: VertexSignIn(registry: registry, time: time, logger: logger)),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
        )
        // Open calls are ended by DrainService when the grace is over; this is the backstop behind it.
        configuration.maximumGracefulShutdownDuration = settings.timeouts.shutdown + .seconds(10)
        try await ServiceGroup(configuration: configuration).run()
    }

    private func makeApplication(_ onListening: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
        let router = Router(context: BasicRequestContext.self)
        ControlAPI(services).addRoutes(to: router)
        Doors(doorServices(isServing: { [self] in health.withLock { $0 } == .ok })).addRoutes(to: router)
        WebUI().addRoutes(to: router)
        let (loops, caching, settings) = (loops, caching, settings)
        return Application(
            router: router,
            server: HTTPServerBuilder { GatewayChannel(loops: loops, responder: $0) },
            configuration: ApplicationConfiguration(
                address: .hostname(settings.listen.host, port: settings.listen.port),
                backlog: 4096,
                availableConnectionsDelegate: MaximumAvailableConnections(settings.limits.connections)
            ),
            onServerRunning: { channel in
                // NIO accepts four connections per turn of the loop by default, which makes a burst of clients wait.
                try? await channel.setOption(.maxMessagesPerRead, value: 256).get()
                let port = channel.localAddress?.port ?? 0
                caching.caller.listens(host: settings.listen.host, port: port)
                onListening(port)
            },
            eventLoopGroupProvider: .shared(group),
            logger: logger
        )
    }

    private var services: ControlServices {
        let ids = Mutex(UUIDv7Generator())
        var services = ControlServices(
            events: events, keys: keys,
            keySnapshot: { [registry] in registry.keys },
            models: { [registry, time] in ModelListing.all(in: registry.plan, at: time.now()) },
            status: { [self] in try await status() },
            health: { [self] in health.withLock { $0 } },
            metrics: { [self] in await metrics() },
            reload: { [reloader] in try await reloader.reload() },
            liveSpans: { [live] in live.subscribe() },
            ledgerState: { [registry, time] in BudgetState.all(of: $0, in: registry.plan.ledger, at: time.now()) },
            time: time,
            makeRequestID: { [time] in
                let words = ids.withLock { $0.next(at: time.now()) }
                return ID128(high: words.high, low: words.low)
            }
        )
        services.cache = caching.cache
        services.routes = reloader.routes
        services.providers = { [registry, time] in ProviderListing.all(registry, at: time) }
        services.replay = WhatIfService(events: events, registry: registry)
        services.reconciliation = ReconcileService(events: events, registry: registry)
        return services
    }

    // MARK: Stopping

    /// New calls are told to come back (503), idle connections close, open calls may finish until the grace is over.
    func drain() async {
        health.withLock { $0 = .stopping }
        await loops.beginStopping()
        live.finish()
        let deadline = time.monotonicNanoseconds() + settings.timeouts.shutdown.wholeNanoseconds
        while time.monotonicNanoseconds() < deadline, await loops.counters().open > 0 {
            try? await Task.sleep(for: .milliseconds(50))
        }
        await loops.stopOpenCalls()
    }

    /// After the last connection: stores everything that was journaled and closes the stores.
    func shutDown() async {
        await caching.caller.shutDown()
        await loops.close()
        let (pipeline, events, records, logger) = (pipeline, events, records, logger)
        do {
            try await Blocking.run("shut-down") {
                pipeline.stop()
                try events.close()
                try records.close()
            }
        } catch {
            logger.error("The stores were not closed cleanly; the next start repairs that: \(error)")
        }
    }
}

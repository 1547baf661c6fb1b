package import Access
package import Caching
package import Runtime
package import Storage
package import Vocabulary

/// Everything the control API needs from the rest of the server. Closures are called on every request: keep them cheap.
package struct ControlServices: Sendable {
    package var events: any EventStore & ContentStore
    package var keys: KeyRegistry
    /// The keys in force now.
    package var keySnapshot: @Sendable () -> KeySnapshot
    /// Every model that a caller can name, in any order.
    package var models: @Sendable () -> [ModelListing]
    package var status: @Sendable () async throws -> SystemStatus
    /// Whether the server takes requests.
    package var health: @Sendable () -> HealthState
    package var metrics: @Sendable () async -> [MetricFamily]
    /// Reads the configuration again and puts it into force. A thrown `ReloadFailure` is shown to the caller.
    package var reload: @Sendable () async throws -> ReloadReport
    /// Every span stored from now on. The stream must bound its buffer, and end when the server stops.
    package var liveSpans: @Sendable () -> AsyncStream<SpanRecord>
    /// How full the rules of one subject are; empty if it has none.
    package var ledgerState: @Sendable (Subject) -> [BudgetState]
    /// The answer cache; `nil` where there is none.
    package var cache: AnswerCache?
    /// Routes that people change while the server runs; `nil` where there are none.
    package var routes: (any RouteControl)?
    /// Every provider with the health of its targets, in any order.
    package var providers: @Sendable () -> [ProviderListing] = { [] }
    /// Replays recorded traffic; `nil` where nothing is recorded.
    package var replay: (any TrafficReplay)?
    /// Compares a provider's bill with the records; `nil` where nothing is recorded.
    package var reconciliation: (any BillReconciliation)?
    package var time: any TimeSource
    /// Ids of control requests, UUIDv7; they appear in errors and logs.
    package var makeRequestID: @Sendable () -> ID128
    /// Silence on a live stream is broken after this long, so that proxies keep it open and departures are noticed.
    package var liveHeartbeat: Duration = .seconds(15)
    /// How many live streams may be open: each holds a connection and is written to for every request.
    package var maximumLiveStreams: Int = 64

    package init(
        events: any EventStore & ContentStore,
        keys: KeyRegistry,
        keySnapshot: @escaping @Sendable () -> KeySnapshot,
        models: @escaping @Sendable () -> [ModelListing],
        status: @escaping @Sendable () async throws -> SystemStatus,
        health: @escaping @Sendable () -> HealthState,
        metrics: @escaping @Sendable () async -> [MetricFamily],
        reload: @escaping @Sendable () async throws -> ReloadReport,
        liveSpans: @escaping @Sendable () -> AsyncStream<SpanRecord>,
        ledgerState: @escaping @Sendable (Subject) -> [BudgetState] = { _ in [] },
        time: any TimeSource,
        makeRequestID: @escaping @Sendable () -> ID128
    ) {
        self.events = events
        self.keys = keys
        self.keySnapshot = keySnapshot
        self.models = models
        self.status = status
        self.health = health
        self.metrics = metrics
        self.reload = reload
        self.liveSpans = liveSpans
        self.ledgerState = ledgerState
        self.time = time
        self.makeRequestID = makeRequestID
    }
}

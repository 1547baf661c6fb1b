package import Access
package import Catalog
package import Runtime
package import Storage
package import Vocabulary

/// Everything the doors need from the rest of the server. Closures are called on every request: keep them cheap.
package struct DoorServices: Sendable {
    package var events: any EventStore
    /// Holds what only a door knows: saved Portkey configurations, LiteLLM's named budgets.
    package var records: any RecordStore
    package var keys: KeyRegistry
    /// The keys in force now.
    package var keySnapshot: @Sendable () -> KeySnapshot
    /// Every model that a caller can name, in any order.
    package var models: @Sendable () -> [DoorModel]
    /// Whether the server takes requests.
    package var isServing: @Sendable () -> Bool
    /// Stores one record that a client kept by itself; `nil` where that is not possible.
    package var store: (@Sendable (SpanRecord) async throws -> Void)?
    /// Stores what somebody thought of a call and gives the feedback's id; `nil` where that is not possible.
    package var feedback: (@Sendable (DoorFeedback) async throws -> String)?
    /// Told of every change to the saved Portkey configurations, so that `x-portkey-config: <id>` finds them.
    package var savedConfigs: @Sendable ([SavedConfig]) async -> Void
    package var time: any TimeSource
    /// Ids of requests to the doors, UUIDv7.
    package var makeRequestID: @Sendable () -> ID128

    package init(
        events: any EventStore, records: any RecordStore, keys: KeyRegistry,
        keySnapshot: @escaping @Sendable () -> KeySnapshot, models: @escaping @Sendable () -> [DoorModel],
        isServing: @escaping @Sendable () -> Bool, store: (@Sendable (SpanRecord) async throws -> Void)? = nil,
        feedback: (@Sendable (DoorFeedback) async throws -> String)? = nil,
        savedConfigs: @escaping @Sendable ([SavedConfig]) async -> Void = { _ in }, time: any TimeSource,
        makeRequestID: @escaping @Sendable () -> ID128
    ) {
        self.events = events
        self.records = records
        self.keys = keys
        self.keySnapshot = keySnapshot
        self.models = models
        self.isServing = isServing
        self.store = store
        self.feedback = feedback
        self.savedConfigs = savedConfigs
        self.time = time
        self.makeRequestID = makeRequestID
    }
}

/// A model that callers can name, with one place that serves it.
package struct DoorModel: Sendable {
    /// What callers write into `model`.
    package var name: String
    /// The provider's configured name.
    package var provider: String
    /// What is sent to the provider.
    package var upstreamModel: String
    /// Facts and prices; `nil` where the catalogue has none.
    package var catalog: CatalogModel?
    /// Whether the target answers, as far as its breaker knows.
    package var isHealthy: Bool

    package init(
        name: String, provider: String, upstreamModel: String, catalog: CatalogModel? = nil, isHealthy: Bool = true
    ) {
        self.name = name
        self.provider = provider
        self.upstreamModel = upstreamModel
        self.catalog = catalog
        self.isHealthy = isHealthy
    }

    /// The prices of an ordinary call at `time`, in nano-dollars per million units.
    func prices(at time: UnixMicroseconds) -> BucketPrices? { catalog?.price(at: time).base }
}

/// What somebody thought of a call.
package struct DoorFeedback: Sendable, Equatable {
    package var project: ProjectID
    /// The trace or the request that it is about, as the client named it.
    package var subject: String
    package var value: Double
    package var weight: Double
    package var metadata: [MetadataPair]

    package init(project: ProjectID, subject: String, value: Double, weight: Double = 1, metadata: [MetadataPair] = [])
    {
        self.project = project
        self.subject = subject
        self.value = value
        self.weight = weight
        self.metadata = metadata
    }
}

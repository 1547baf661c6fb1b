import Access
import Catalog
import Doors
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Runtime
import Storage
import StorageConformance
import Synchronization
import Vocabulary

/// A clock that stands still: 2027-01-15T08:00:00Z.
struct StoppedClock: TimeSource {
    static let time: UnixMicroseconds = 1_800_000_000_000_000

    func now() -> Int64 { Self.time }
    func monotonicNanoseconds() -> UInt64 { 0 }
}

/// A cell that several tasks may read and write.
final class Box<Value: Sendable>: Sendable {
    private let held: Mutex<Value>

    init(_ value: Value) { held = Mutex(value) }

    var value: Value {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }

    /// Changes the value and returns it.
    func change(_ body: (inout Value) -> Void) -> Value {
        held.withLock {
            body(&$0)
            return $0
        }
    }
}

/// The doors over stores in memory, with an admin key that works.
struct DoorServer {
    static let adminSecret = "the-admin-key-of-these-tests"
    let events = MemoryEvents()
    let keys: KeyRegistry
    let snapshot = Box(KeySnapshot.empty)
    let saved = Box<[SavedConfig]>([])
    let feedback = Box<[DoorFeedback]>([])
    var services: DoorServices

    init() async throws {
        let (snapshot, events, saved, feedback) = (snapshot, events, saved, feedback)
        let (records, ids) = (MemoryRecordStore(), Box<UInt64>(0))
        keys = KeyRegistry(
            store: records, time: StoppedClock(),
            randomBytes: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } },
            onChange: { snapshot.value = $0 })
        services = DoorServices(
            events: events, records: records, keys: keys, keySnapshot: { snapshot.value }, models: { Self.models },
            isServing: { true }, store: { try events.append(EventBatch(spans: [$0])) },
            feedback: { one in "f\(feedback.change { $0.append(one) }.count)" }, savedConfigs: { saved.value = $0 },
            time: StoppedClock(),
            makeRequestID: { ID128(high: 0x0192_0000_0000_7000, low: ids.change { $0 += 1 }) })
        _ = try await keys.bootstrap(secret: Self.adminSecret, environment: "dev")
    }

    static let models: [DoorModel] = {
        var prices = BucketPrices()
        prices[.uncachedInput] = 150_000_000
        prices[.outputText] = 600_000_000
        let row = PriceRow(
            version: "v1", effectiveFrom: 0, source: .catalog,
            tiers: [PriceTier(plan: .standard, aboveInputTokens: 0, prices: prices)])
        var mini = CatalogModel(provider: "openai", name: "gpt-4o-mini", prices: [row])
        mini.contextWindow = 128_000
        mini.capabilities = [.tools, .vision, .jsonSchema]
        return [
            DoorModel(name: "gpt-4o-mini", provider: "up", upstreamModel: "gpt-4o-mini", catalog: mini),
            DoorModel(name: "anthropic/claude", provider: "claude", upstreamModel: "claude", isHealthy: false),
        ]
    }()

    /// Sends one request with the admin key, unless other headers are given.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONTree? = nil, headers: HTTPFields? = nil
    ) async throws -> Answer {
        let router = Router()
        Doors(services).addRoutes(to: router)
        let fields = headers ?? [.authorization: "Bearer \(Self.adminSecret)"]
        return try await Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            .test(.router) { client in
                try await client.execute(
                    uri: "/compat" + path, method: method, headers: fields,
                    body: body.map { ByteBuffer(bytes: $0.json) }
                ) { Answer(status: $0.status.code, body: JSONTree(json: Array($0.body.readableBytesView)) ?? .null) }
            }
    }

    /// A call of 1,000 tokens in and 100 out for a key.
    func record(key: String, id: UInt64 = 7) throws -> SpanRecord {
        var span = SpanRecord(id: ID128(high: 1, low: id), project: "default", environment: "dev", keyID: key)
        span.requestModel = "gpt-4o-mini"
        span.provider = "up"
        span.usage.uncachedInput = 1_000
        span.usage.outputText = 100
        span.timing.startedAt = StoppedClock.time - 1_000_000
        span.timing.endedAfter = 500_000
        span.finishReason = "stop"
        let line = ReceiptLine(
            bucket: .uncachedInput, quantity: 1_000, nanodollarsPerMillion: 150_000_000,
            amount: Money(nanodollars: 150_000))
        span.receipt = Receipt(lines: [line], priceVersion: "v1", source: "catalog")
        try events.append(EventBatch(spans: [span]))
        return span
    }
}

/// What came back.
struct Answer: Sendable {
    var status: Int
    var body: JSONTree
}

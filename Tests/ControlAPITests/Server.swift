import Access
import Catalog
import ControlAPI
import Foundation
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
    func now() -> Int64 { 1_800_000_000_000_000 }
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
}

/// The API over stores in memory, with an admin key that works.
struct Server {
    static let adminSecret = "the-admin-key-of-these-tests"
    let events = MemoryEvents()
    let keys: KeyRegistry
    let snapshot = Box(KeySnapshot.empty)
    let health = Box(HealthState.ok)
    let budgets = Box<[BudgetState]>([])
    let reload = Box<Result<ReloadReport, ReloadFailure>>(.success(ReloadReport(changes: ["provider up: added"])))
    var services: ControlServices

    init() async throws {
        let (snapshot, health, reload, events, budgets) = (snapshot, health, reload, events, budgets)
        keys = KeyRegistry(
            store: MemoryRecordStore(), time: StoppedClock(),
            randomBytes: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } },
            onChange: { snapshot.value = $0 }
        )
        services = ControlServices(
            events: events, keys: keys, keySnapshot: { snapshot.value }, models: { Fixtures.models },
            status: { Fixtures.status(try await events.statistics()) }, health: { health.value },
            metrics: { Fixtures.metrics }, reload: { try reload.value.get() },
            liveSpans: { AsyncStream { $0.finish() } },
            ledgerState: { subject in budgets.value.filter { $0.subject == subject } }, time: StoppedClock(),
            makeRequestID: { ID128(high: 0x0192_0000_0000_7000, low: 0x8000_0000_0000_0000) }
        )
        _ = try await keys.bootstrap(secret: Self.adminSecret, environment: "dev")
    }

    var router: Router<BasicRequestContext> {
        let router = Router()
        ControlAPI(services).addRoutes(to: router)
        return router
    }

    /// Sends one request; with the admin key unless another, or `nil` for none, is given.
    func send(
        _ method: HTTPRequest.Method = .get, _ uri: String, key: String? = adminSecret, body: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [:]
        if let key { headers[.authorization] = "Bearer \(key)" }
        return try await send(method, uri, headers: headers, body: body)
    }

    func send(_ method: HTTPRequest.Method, _ uri: String, headers: HTTPFields, body: String? = nil) async throws
        -> Answer
    {
        try await Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            .test(.router) { client in
                try await client.execute(
                    uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
                ) { Answer(status: $0.status.code, headers: $0.headers, body: Data($0.body.readableBytesView)) }
            }
    }

    /// Makes a member key and returns its secret.
    func memberSecret() async throws -> String {
        try await keys.create(NewKey(name: "app", project: KeyRegistry.defaultProject, environment: "dev")).secret
    }
}

/// What came back.
struct Answer: Sendable {
    var status: Int
    var headers: HTTPFields
    var body: Data

    var text: String { String(decoding: body, as: UTF8.self) }
    /// The body as a JSON object; empty if it is none.
    var object: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
    var list: [[String: Any]] { object["data"] as? [[String: Any]] ?? [] }
    var nextCursor: String? { object["next_cursor"] as? String }
    private var error: [String: Any] { object["error"] as? [String: Any] ?? [:] }
    var errorCode: String? { error["code"] as? String }
    var errorMessage: String { error["message"] as? String ?? "" }
}

import Bytes
import ControlAPI
import Gateway
import Logging
import Routing
import Runtime
import Settings
import Storage
import Telemetry
import Vocabulary

/// Routes that people change while the server runs: stored as versions, in force on every event loop when a change
/// returns. Changes are made one after the other.
actor RouteService: RouteControl {
    static let kind = "route"
    static let pointer = "active"

    private let store: any VersionStore
    private let registry: PlanRegistry
    private let time: any TimeSource
    private let logger: Logger
    /// What the store has in force, by name.
    private var stored: [String: StoredRoute] = [:]
    /// The change that is being made: the next one waits for it.
    private let turnstile = Turnstile()

    init(store: any VersionStore, registry: PlanRegistry, time: any TimeSource, logger: Logger) {
        self.store = store
        self.registry = registry
        self.time = time
        self.logger = logger
    }

    /// Puts into force what is stored. A route that can't be used, as where its provider is gone, is left out and said
    /// so: it must not keep the server from starting.
    func load() async throws {
        try await serially { service in
            service.stored = try await service.readAll()
            try await service.putIntoForce()
        }
    }

    // MARK: Changes

    func put(_ change: RouteChange) async throws -> RouteListing {
        let definition = try RouteText.definition(change.definition, named: change.name)
        try await serially { service in
            let current = try await service.checkCurrent(change.name, change.expected)
            try service.compile(service.definitions(with: definition.route))
            let place = Self.place(change.name)
            let version = try await service.store.put(
                VersionDraft(
                    place: place, hash: VersionHash.hex(of: definition.json), body: definition.json, parent: current,
                    author: change.author, message: change.message, at: service.time.now()))
            try await service.activate(version, from: current, by: change.author, note: change.message)
        }
        return try route(change.name)
    }

    func delete(_ name: String, expected: RouteChange.Expected, author: String) async throws {
        try await serially { service in
            let current = try await service.checkCurrent(name, expected)
            guard let current else { throw service.notStored(name) }
            try service.compile(service.definitions(without: name))
            try await service.move(name, from: current, to: nil, by: author, note: "")
            service.stored[name] = nil
            try await service.putIntoForce()
        }
    }

    func rollback(
        _ name: String, to number: Int64, expected: RouteChange.Expected, author: String, note: String
    ) async throws -> RouteListing {
        try await serially { service in
            let current = try await service.checkCurrent(name, expected)
            guard let version = try await service.store.version(Self.place(name), number: number) else {
                throw RouteControlError.notFound("The route \"\(name)\" has no version \(number).")
            }
            let definition = try RouteText.definition(version.body, named: name)
            try service.compile(service.definitions(with: definition.route))
            try await service.activate(version, from: current, by: author, note: note)
        }
        return try route(name)
    }

    // MARK: Looking

    func list() throws -> [RouteListing] { try RouteListings(registry, stored, time).all() }

    func route(_ name: String) throws -> RouteListing {
        let all = try list()
        guard let found = all.first(where: { $0.name == name }) else {
            let hint = NearestName.hint(name, in: all.map(\.name))
            throw RouteControlError.notFound(
                "There is no route \"\(name.prefix(200))\"\(hint.isEmpty ? "." : hint) GET /api/v1/routes lists them.")
        }
        return found
    }

    func versions(_ name: String, before: Int64?, limit: Int) async throws -> [RouteVersion] {
        let found = try await store.versions(Self.place(name), before: before, limit: limit)
        guard !found.isEmpty || before != nil else { throw notStored(name) }
        let active = try await store.pointer(Self.place(name), name: Self.pointer)?.number
        return found.map { version in
            RouteVersion(
                number: version.number, hash: version.hash, parent: version.parent, author: version.author,
                message: version.message, createdAt: version.createdAt, isActive: version.number == active,
                definition: version.body)
        }
    }

    nonisolated func dryRun(_ trial: RouteTrial) async throws -> RouteTrialResult {
        let clock = HealthClock(time)
        return try RouteDryRun(plan: registry.plan, clock: clock).result(of: trial)
    }
}

// How a change is made.
extension RouteService {
    private func serially<Value: Sendable>(
        _ work: @escaping @Sendable (isolated RouteService) async throws -> Value
    ) async throws -> Value {
        try await turnstile.pass { try await work(self) }
    }

    private static func place(_ name: String) -> VersionPlace {
        VersionPlace(kind: kind, project: Subject.defaultName, path: name)
    }

    private func notStored(_ name: String) -> RouteControlError {
        .notFound("There is no stored route \"\(name.prefix(200))\". One of the configuration file is changed there.")
    }

    /// The version in force, if it is the one that the author believes so.
    private func checkCurrent(_ name: String, _ expected: RouteChange.Expected) async throws -> Int64? {
        let current = try await store.pointer(Self.place(name), name: Self.pointer)?.number
        if case .version(let number) = expected, number != current {
            throw RouteControlError.conflict(current: current)
        }
        return current
    }

    /// - Throws: `RouteControlError.invalid` where the plan can't be made of these.
    private func compile(_ definitions: [RouteDefinition]) throws {
        do {
            _ = try registry.compiler.replacing(storedRoutes: definitions)
        } catch let error as StartupError {
            throw RouteControlError.invalid(error.message)
        }
    }

    private func activate(
        _ version: VersionRecord, from current: Int64?, by author: String, note: String
    ) async throws {
        let name = version.place.path
        try await move(name, from: current, to: version.number, by: author, note: note)
        stored[name] = StoredRoute(version)
        try await putIntoForce()
        logger.notice(
            "Route changed", metadata: ["route": "\(name)", "version": "\(version.number)", "key": "\(author)"])
    }

    private func move(_ name: String, from current: Int64?, to number: Int64?, by author: String, note: String)
        async throws
    {
        let pointer = VersionPointer(name: Self.pointer, number: number, by: author, at: time.now(), note: note)
        do {
            _ = try await store.movePointer(
                PointerMove(Self.place(name), to: pointer, expected: .version(current)))
        } catch let conflict as VersionConflict {
            throw RouteControlError.conflict(current: conflict.current)
        }
    }

    private func definitions(with route: RouteDefinition) -> [RouteDefinition] {
        definitions(without: route.name) + [route]
    }

    private func definitions(without name: String) -> [RouteDefinition] {
        stored.values.filter { $0.problem == nil && $0.version.place.path != name }
            .sorted { $0.version.place.path < $1.version.place.path }.compactMap(\.definition)
    }
}

// What is stored, and what of it can be used.
extension RouteService {
    private func readAll() async throws -> [String: StoredRoute] {
        var all: [String: StoredRoute] = [:]
        var last: String?
        while true {
            let page = try await store.paths(
                kind: Self.kind, project: Subject.defaultName, pointer: Self.pointer, prefix: "", after: last,
                limit: 1_000)
            for record in page { all[record.place.path] = StoredRoute(record) }
            last = page.last?.place.path
            if page.count < 1_000 { return all }
        }
    }

    /// All of them together, or else as many as can be used together.
    private func putIntoForce() async throws {
        stored = stored.mapValues { route in
            var route = route
            route.problem = route.unreadable
            return route
        }
        do {
            try await publish()
        } catch is StartupError {
            findUsable()
            try await publish()
        }
    }

    private func publish() async throws {
        let definitions = definitions(without: "")
        try await registry.update { try $0.replacing(storedRoutes: definitions) }
    }

    /// Takes routes in one by one until no other can be used: those that link to one another need each other first.
    private func findUsable() {
        var usable: [RouteDefinition] = []
        var waiting = stored.values.filter { $0.unreadable == nil }
        waiting.sort { $0.version.place.path < $1.version.place.path }
        var problems: [String: String] = [:]
        while true {
            let before = waiting.count
            waiting.removeAll { route in
                guard let definition = route.definition else { return true }
                do {
                    _ = try registry.compiler.replacing(storedRoutes: usable + [definition])
                } catch {
                    problems[definition.name] = "\(error)"
                    return false
                }
                usable.append(definition)
                return true
            }
            if waiting.count == before { break }
        }
        for route in waiting {
            let name = route.version.place.path
            stored[name]?.problem = problems[name] ?? "It can't be used."
            logger.error("A stored route is not in force: \(problems[name] ?? name)")
        }
    }
}

/// A route that the store has in force.
struct StoredRoute {
    let version: VersionRecord
    let definition: RouteDefinition?
    /// Why its text can't be read: it was stored by another version of this program.
    let unreadable: String?
    /// Why it is not in force; `nil` for one that is.
    var problem: String?

    init(_ version: VersionRecord) {
        self.version = version
        do {
            definition = try RouteText.definition(version.body, named: version.place.path).route
            unreadable = nil
        } catch {
            definition = nil
            unreadable = "\(error)"
        }
        problem = unreadable
    }
}

/// Reads definitions that come through the API.
enum RouteText {
    /// A definition and the canonical JSON that is stored of it.
    struct Parsed {
        var route: RouteDefinition
        var json: [UInt8]
    }

    /// - Throws: `RouteControlError.invalid` that names the place and the mend.
    static func definition(_ json: [UInt8], named name: String) throws -> Parsed {
        guard !name.isEmpty, name.utf8.count <= 256 else {
            throw RouteControlError.invalid("A route's name has 1 to 256 bytes.")
        }
        let canonical = try named(json, name).withUnsafeBytes { JSONCanonical.bytes(try parse($0)) }
        let read: Result<RouteDefinition, RouteFault> = canonical.withUnsafeBytes { bytes in
            do throws(RouteFault) {
                return .success(try RouteDefinition(json: JSONView(validated: bytes)))
            } catch {
                return .failure(error)
            }
        }
        do {
            return Parsed(route: try read.get(), json: canonical)
        } catch {
            throw RouteControlError.invalid("definition: \(error)")
        }
    }

    private static func parse(_ bytes: UnsafeRawBufferPointer) throws -> JSONView {
        do throws(JSONSyntaxError) { return try JSONView.parse(bytes) } catch {
            throw RouteControlError.invalid("definition: \(error)")
        }
    }

    /// The definition with its name, which may be left out where the path says it.
    private static func named(_ json: [UInt8], _ name: String) throws -> [UInt8] {
        try json.withUnsafeBytes { bytes in
            let view = try parse(bytes)
            if let written = view["name"] {
                guard written.string == name else {
                    throw RouteControlError.invalid(
                        "definition.name is not the path's, \"\(name)\". Leave it out, or write the same.")
                }
                return json
            }
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("name")
            writer.string(name)
            view.forEachMember { key, value in
                writer.key(key.string)
                writer.raw(value.raw)
            }
            writer.endObject()
            return writer.bytes
        }
    }
}

import ControlAPI
import Synchronization
import Vocabulary

/// Routes in memory: takes any definition with a member `targets`.
final class MemoryRoutes: RouteControl {
    private struct State {
        var versions: [String: [RouteVersion]] = [:]
        var trials: [RouteTrial] = []
    }

    private let state = Mutex(State())
    var trials: [RouteTrial] { state.withLock { $0.trials } }

    func list() async throws -> [RouteListing] {
        state.withLock { state in
            state.versions.compactMap { name, versions in
                versions.first(where: \.isActive).map { Self.listing(name, $0) }
            }
        }
    }

    func route(_ name: String) async throws -> RouteListing {
        guard let found = try await list().first(where: { $0.name == name }) else {
            throw RouteControlError.notFound("There is no route \"\(name)\".")
        }
        return found
    }

    func put(_ change: RouteChange) async throws -> RouteListing {
        guard String(decoding: change.definition, as: UTF8.self).contains("targets") else {
            throw RouteControlError.invalid("definition: targets: Name at least one.")
        }
        return try activate(change.name, change.expected) { versions in
            let number = Int64(versions.count) + 1
            versions.append(
                RouteVersion(
                    number: number, hash: "00", parent: number > 1 ? number - 1 : nil, author: change.author,
                    message: change.message, createdAt: Fixtures.start, isActive: false,
                    definition: change.definition))
            return number
        }
    }

    func delete(_ name: String, expected: RouteChange.Expected, author: String) async throws {
        _ = try await route(name)
        _ = try activate(name, expected) { _ in 0 }
    }

    func versions(_ name: String, before: Int64?, limit: Int) async throws -> [RouteVersion] {
        state.withLock { state in
            Array((state.versions[name] ?? []).reversed().filter { $0.number < before ?? .max }.prefix(limit))
        }
    }

    func rollback(
        _ name: String, to version: Int64, expected: RouteChange.Expected, author: String, note: String
    ) async throws -> RouteListing {
        try activate(name, expected) { _ in version }
    }

    func dryRun(_ trial: RouteTrial) async throws -> RouteTrialResult {
        state.withLock { $0.trials.append(trial) }
        let routing = """
            {"strategy":"fallback","breaker_bypassed":false,"window_bypassed":false,"attempts":[0],
            "considered":[{"target":0,"name":"up/a","verdict":"chosen","order":0}]}
            """
        return RouteTrialResult(
            route: "r", model: "r", inputTokens: 3, needs: ["tools"], targets: [], routing: Array(routing.utf8))
    }

    private func activate(
        _ name: String, _ expected: RouteChange.Expected, _ change: (inout [RouteVersion]) -> Int64
    ) throws -> RouteListing {
        try state.withLock { state in
            var versions = state.versions[name] ?? []
            let current = versions.first(where: \.isActive)?.number
            if case .version(let number) = expected, number != current {
                throw RouteControlError.conflict(current: current)
            }
            let active = change(&versions)
            for place in versions.indices { versions[place].isActive = versions[place].number == active }
            state.versions[name] = versions
            let version = versions.first(where: \.isActive)
            return version.map { Self.listing(name, $0) }
                ?? RouteListing(name: name, source: .stored, definition: Array("{}".utf8))
        }
    }

    private static func listing(_ name: String, _ version: RouteVersion) -> RouteListing {
        let health = TargetHealthListing(
            breaker: .open, inFlight: 1, requests: 4, failures: 1, p50: 1_500, p95: 2_000, tokensPerSecond: 12.5,
            coolingUntil: Fixtures.start, lastError: "timeout", lastErrorAt: Fixtures.start)
        return RouteListing(
            name: name, aliases: ["alias"], source: .stored, version: version.number, definition: version.definition,
            targets: [RouteTargetListing(label: "up/a", provider: "up", model: "a", health: health)])
    }
}

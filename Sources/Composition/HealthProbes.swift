import AsyncHTTPClient
import Gateway
import Logging
import NIOCore
import NIOHTTP1
import Routing
import Runtime
import ServiceLifecycle
import Settings
import Vocabulary

/// Asks providers that are to be probed how they are, in the background, and tells their targets' health.
struct HealthProbes: Service {
    let registry: PlanRegistry
    let time: any TimeSource
    let logger: Logger

    /// Longer than any healthy provider needs for an answer without work.
    private static let patience: TimeAmount = .seconds(10)
    /// How often it is looked whether a probe is due: intervals shorter than this are not kept.
    private static let tick: Duration = .seconds(1)

    func run() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.redirectConfiguration = .disallow
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        await cancelWhenGracefulShutdown { await probe(with: client) }
        try? await client.shutdown()
    }

    private func probe(with client: HTTPClient) async {
        var last: [String: UInt64] = [:]
        while !Task.isCancelled {
            let now = time.monotonicNanoseconds()
            let due = registry.settings.providers.filter { provider in
                guard let interval = provider.probe else { return false }
                return now >= (last[provider.name] ?? 0) + interval.wholeNanoseconds
            }
            for provider in due { last[provider.name] = now }
            await withDiscardingTaskGroup { group in
                for provider in due { group.addTask { await probe(provider, with: client) } }
            }
            try? await Task.sleep(for: Self.tick)
        }
    }

    private func probe(_ provider: Settings.Provider, with client: HTTPClient) async {
        let began = time.monotonicNanoseconds()
        let finding = await ask(provider, with: client, since: began)
        let now = time.monotonicNanoseconds()
        let prefix = "\(provider.name)/"
        let board = registry.compiler.health
        for (id, view) in board.snapshots(now: now) where id.hasPrefix(prefix) {
            guard let sample = view.sample(of: finding) else { continue }
            board.known(id)?.probed(sample, now: now)
            logger.info("A probe changed a target's health", metadata: ["target": "\(id)", "found": "\(finding)"])
        }
    }

    private func ask(
        _ provider: Settings.Provider, with client: HTTPClient, since began: UInt64
    ) async -> ProbeFinding {
        var request = HTTPClientRequest(url: "\(provider.baseURL)\(provider.healthPath ?? "")")
        if provider.healthPath == nil { request.method = .HEAD }
        for (name, value) in credentials(provider) { request.headers.add(name: name, value: value) }
        do {
            let answer = try await client.execute(request, timeout: Self.patience)
            let status = Int(answer.status.code)
            let after = time.monotonicNanoseconds() - began
            // Without a path of its own any answer shows that somebody is there.
            return .answered(status: provider.healthPath == nil && status < 500 ? 200 : status, after: after)
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout {
            return .timedOut(after: time.monotonicNanoseconds() - began)
        } catch {
            return .notReached
        }
    }

    /// Only a path that was set up for it gets the key.
    private func credentials(_ provider: Settings.Provider) -> [(String, String)] {
        var headers = provider.headers.map { ($0.name, $0.value.reveal()) }
        guard provider.healthPath != nil, let target = registry.plan.providers[provider.name] else { return headers }
        switch target.credential {
        case .bearer(let key): headers.append(("authorization", "Bearer \(key)"))
        case .header(let name, let value): headers.append((name, value))
        case .token(let token): headers.append(("authorization", "Bearer \(token.current)"))
        case .none, .query, .signature: break
        }
        if target.dialect == .anthropic { headers.append(("anthropic-version", "2023-06-01")) }
        return headers
    }
}

import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
package import Settings
import Storage
import StorageSQLite
import Vocabulary

/// One thing that was examined.
package struct DoctorFinding: Sendable, Equatable {
    /// How it stands.
    package enum State: String, Sendable {
        case ok, warning, failure
    }

    /// What was examined, in a few words.
    package var check: String
    package var state: State
    /// What was found.
    package var detail: String
    /// What to do about it; `nil` where there is nothing to do.
    package var remedy: String?

    package init(check: String, state: State, detail: String, remedy: String? = nil) {
        self.check = check
        self.state = state
        self.detail = detail
        self.remedy = remedy
    }
}

/// Examines what a server needs before it is started: configuration, data folder, port, providers.
package struct Doctor {
    /// How long a provider may take to answer.
    private static let patience = TimeAmount.seconds(5)

    /// Findings in the order of a start. Never throws: what fails is a finding.
    package static func examine(_ loaded: LoadedSettings) async -> [DoctorFinding] {
        var findings = [configuration(loaded)]
        findings += loaded.warnings.map {
            DoctorFinding(check: "configuration", state: .warning, detail: "\($0)", remedy: "Correct or remove it.")
        }
        findings.append(await store(loaded.settings))
        findings.append(await port(loaded.settings))
        findings += await providers(loaded.settings)
        return findings
    }

    private static func configuration(_ loaded: LoadedSettings) -> DoctorFinding {
        let source = loaded.path ?? "environment and defaults"
        let settings = loaded.settings
        let named = "\(settings.providers.count) provider(s), \(settings.models.count) model(s) named"
        let what = settings.useSimulator ? "the built-in simulator" : named
        return DoctorFinding(check: "configuration", state: .ok, detail: "\(source): \(what)")
    }

    private static func store(_ settings: Settings) async -> DoctorFinding {
        do {
            return try await Blocking.run("doctor") {
                guard access(settings.data, F_OK) == 0 else {
                    let detail = "\(settings.data) will be made at the first start"
                    return DoctorFinding(check: "store", state: .ok, detail: detail)
                }
                let lock = try DataDirectoryLock(directory: settings.data)
                defer { withExtendedLifetime(lock) {} }
                let events = try SQLiteEventStore(directory: settings.data)
                let positions = try events.journalPositions().count
                try events.close()
                return DoctorFinding(
                    check: "store", state: .ok, detail: "\(settings.data) opens; \(positions) journal segment(s) known"
                )
            }
        } catch {
            return DoctorFinding(
                check: "store", state: .failure, detail: "\(settings.data): \(error)",
                remedy: "If a server is running on this folder, that is why: ask it with GET /api/v1/status."
            )
        }
    }

    private static func port(_ settings: Settings) async -> DoctorFinding {
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: settings.listen.host, port: settings.listen.port).get()
            try await channel.close()
            return DoctorFinding(check: "address", state: .ok, detail: "\(settings.listen) is free")
        } catch {
            return DoctorFinding(
                check: "address", state: .failure, detail: "\(settings.listen) can't be listened on: \(error)",
                remedy: "Stop what uses it, or set listen to another port."
            )
        }
    }

    private static func providers(_ settings: Settings) async -> [DoctorFinding] {
        if settings.useSimulator {
            return [
                DoctorFinding(
                    check: "providers", state: .warning, detail: "none configured: the built-in simulator answers",
                    remedy: "Set OPENAI_API_KEY or ANTHROPIC_API_KEY, or name providers in signalbox.yaml."
                )
            ]
        }
        var findings: [DoctorFinding] = []
        for provider in settings.providers { findings.append(await reach(provider)) }
        return findings
    }

    /// Asks the provider for its models, which needs no money and shows whether name, network, TLS and key are good.
    private static func reach(_ provider: Settings.Provider) async -> DoctorFinding {
        let check = "provider \(provider.name)"
        let path = provider.healthPath ?? HealthPath.usual(provider.dialect)
        var request = HTTPClientRequest(url: "\(provider.baseURL)\(path)")
        for header in provider.headers { request.headers.add(name: header.name, value: header.value.reveal()) }
        for (name, value) in HealthPath.credential(provider) { request.headers.add(name: name, value: value) }
        do {
            let answer = try await ask(request)
            return judge(check, status: Int(answer.status.code), url: request.url)
        } catch {
            return DoctorFinding(
                check: check, state: .failure, detail: "\(provider.baseURL) can't be reached: \(error)",
                remedy: "Check base_url, the network, a proxy, and ca_file for a private certificate authority."
            )
        }
    }

    private static func ask(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
        var configuration = HTTPClient.Configuration()
        // By default a refused connection is tried again until the time is over; here the refusal is the finding.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let answer = try await client.execute(request, timeout: patience)
            try? await client.shutdown()
            return answer
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private static func judge(_ check: String, status: Int, url: String) -> DoctorFinding {
        switch status {
        case 200..<300: DoctorFinding(check: check, state: .ok, detail: "\(url) answers")
        case 401, 403:
            DoctorFinding(
                check: check, state: .failure, detail: "\(url) refuses the key (HTTP \(status))",
                remedy: "Check api_key, and that the variable it names is set where the server runs."
            )
        case 404, 405:
            DoctorFinding(
                check: check, state: .warning, detail: "\(url) has no such path (HTTP \(status)); the address answers",
                remedy: "If calls fail, check base_url; else set health_path to a path that the provider has."
            )
        default:
            DoctorFinding(
                check: check, state: .warning, detail: "\(url) answers with HTTP \(status)",
                remedy: "Look at the provider's status page."
            )
        }
    }
}

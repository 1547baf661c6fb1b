import Access
import ControlAPI
import DataPlane
import Gateway
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Runtime
import ServiceLifecycle
package import Settings
import Simulator
import UnixSignals
import Vocabulary
import WebUI

/// The whole server: builds every room from the settings, serves until it is told to stop, and stops in order.
package enum SignalboxServer {
    /// Serves until SIGTERM or SIGINT; SIGHUP reads the configuration again.
    ///
    /// - Parameters:
    ///   - configPath: Where a reload reads the configuration; `nil` for the environment alone.
    ///   - showsKey: Announce the key that `SIGNALBOX_BOOTSTRAP_KEY` gave; a key that is made is always announced.
    ///   - announce: Hears what a person at the terminal should read: the address, the first key, a first call.
    /// - Throws: `StartupError`, `StorageError` or `SettingsError`, each of which says what to do.
    package static func run(
        _ loaded: LoadedSettings, configPath: String?, environment: [String: String],
        showsKey: Bool = false, announce: @escaping @Sendable (String) -> Void
    ) async throws {
        Memory.configureAllocator()
        var settings = loaded.settings
        let logger = makeLogger(settings)
        for warning in loaded.warnings { logger.warning("\(warning)") }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        let simulator = try await startSimulator(settings, group: group)
        let overrides = SettingsOverrides(
            listen: settings.listen, data: settings.data, simulatorProviders: simulator?.providers ?? []
        )
        overrides.apply(to: &settings)

        let platform = try await Platform.build(
            settings, configPath: configPath, environment: environment, overrides: overrides, group: group,
            logger: logger
        )
        let greeting = Greeting(
            settings: settings, bootstrap: try await platform.bootstrapKeys(environment),
            givenKey: showsKey ? environment["SIGNALBOX_BOOTSTRAP_KEY"] : nil, usesSimulator: simulator != nil
        )
        do {
            try await platform.serve { announce(greeting.text(port: $0)) }
        } catch {
            await platform.shutDown()
            throw StartupError("\(settings.listen) can't be served: \(error). Is another program using the address?")
        }
        await platform.shutDown()
        try await simulator?.server.stop()
        try await group.shutdownGracefully()
    }

    private static func makeLogger(_ settings: Settings) -> Logger {
        var logger = Logger(label: "signalbox") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: settings.logLevel.rawValue) ?? .info
        return logger
    }

    private static func startSimulator(
        _ settings: Settings, group: MultiThreadedEventLoopGroup
    ) async throws -> (server: SimulatorServer, providers: [Settings.Provider])? {
        guard settings.useSimulator else { return nil }
        let server = try await SimulatorServer.start(SimulatorConfiguration(), group: group)
        return (server, SimulatedProviders.all(port: server.port))
    }
}

/// The built-in simulator as providers, with the catalogue's names and prices, so that a first call costs nothing and
/// looks like a real one.
enum SimulatedProviders {
    static func all(port: Int) -> [Settings.Provider] {
        [
            provider("simulator", .openai, "http://127.0.0.1:\(port)/v1", catalogue: "openai"),
            provider("simulator-anthropic", .anthropic, "http://127.0.0.1:\(port)", catalogue: "anthropic"),
        ]
    }

    private static func provider(
        _ name: String, _ dialect: Dialect, _ url: String, catalogue: String
    ) -> Settings.Provider {
        var provider = Settings.Provider()
        provider.name = name
        provider.dialect = dialect
        provider.baseURL = BaseURL(url) ?? provider.baseURL
        provider.apiKey = Secret("simulated")
        provider.catalogue = catalogue
        return provider
    }
}

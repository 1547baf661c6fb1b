import ArgumentParser
import Foundation
import Settings

/// Which configuration a command works with.
package struct ConfigurationOptions: ParsableArguments {
    @Option(help: "The configuration file; also SIGNALBOX_CONFIG. Without one, defaults and environment hold.")
    var config: String?

    @Option(help: "Where to listen, as host:port; wins over file and environment.")
    var listen: String?

    @Option(help: "The folder of store and journal; wins over file and environment.")
    var data: String?

    package init() {}

    /// The configuration file that option or environment name.
    package func path(environment: [String: String]) -> String? {
        let candidates = [config, environment["SIGNALBOX_CONFIG"]].compactMap { $0 }
        return candidates.first { !$0.isEmpty }
    }

    /// The environment with the options in it, so that they also hold when the configuration is read again.
    package func overlaid(on environment: [String: String]) -> [String: String] {
        var environment = environment
        if let listen { environment["SIGNALBOX_LISTEN"] = listen }
        if let data { environment["SIGNALBOX_DATA"] = data }
        return environment
    }

    /// Loads the settings. Throws `SettingsError` with everything that is wrong.
    func load() throws -> LoadedConfiguration {
        let environment = overlaid(on: ProcessInfo.processInfo.environment)
        let path = path(environment: environment)
        let loaded = try SettingsLoader.load(path: path, environment: environment)
        return LoadedConfiguration(loaded: loaded, path: path, environment: environment)
    }
}

/// Settings with what is needed to load them again.
struct LoadedConfiguration {
    var loaded: LoadedSettings
    var path: String?
    var environment: [String: String]
}

import ArgumentParser
import Composition

/// `signalbox serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server.",
        discussion: "SIGHUP reads the configuration again; SIGTERM and SIGINT finish open requests and stop.")

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Print the key that SIGNALBOX_BOOTSTRAP_KEY sets, ready to paste. Not where output is kept as a log.")
    var showKey = false

    func run() async throws {
        let configuration = try options.load()
        try await SignalboxServer.run(
            configuration.loaded, configPath: configuration.path, environment: configuration.environment,
            showsKey: showKey
        ) { line in
            // Whoever started the server may have stopped listening to it; it serves on.
            try? Console.standardOutput.writeLine(line)
        }
    }
}

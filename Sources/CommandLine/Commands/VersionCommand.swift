import ArgumentParser
import Vocabulary

/// `signalbox version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run() throws {
        try Console.standardOutput.writeLine("signalbox \(SignalboxVersion.current)")
    }
}

import ArgumentParser
import Foundation
import NIOPosix
import Settings
import Simulator
import UnixSignals

/// `signalbox sim`.
struct SimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sim",
        abstract: "Run a deterministic OpenAI and Anthropic provider for demos, tests and CI.",
        discussion: "Any key will do. What it answers and which faults it plays is told in docs/simulator.md.")

    @Option(help: "Where to listen, as host:port; port 0 lets the system choose.")
    var listen = "127.0.0.1:9001"

    @Option(help: "Other seeds give other answers to the same prompts.")
    var seed: UInt64 = 1

    @Option(help: "A JSON file of faults by rule.")
    var script: String?

    @Option(help: "A fault for every request, in the grammar of docs/simulator.md.")
    var fault: String?

    func validate() throws {
        guard ListenAddress(listen) == nil else { return }
        throw ValidationError("--listen takes host:port, such as 127.0.0.1:9001, not \"\(listen)\".")
    }

    func run() async throws {
        let address = ListenAddress(listen) ?? ListenAddress(host: "127.0.0.1", port: 9001)
        let configuration = SimulatorConfiguration(
            host: address.host, port: address.port, seed: seed, script: try readScript(), fault: fault)
        let server = try await start(configuration)
        let url = "http://\(ListenAddress(host: address.host, port: server.port))"
        try Console.standardOutput.writeLine("Simulated provider on \(url) (OpenAI: \(url)/v1, Anthropic: \(url))")
        // Trapped, because the first process of a container does not die of a signal by itself.
        for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) { break }
        try await server.stop()
    }

    private func start(_ configuration: SimulatorConfiguration) async throws -> SimulatorServer {
        do {
            return try await SimulatorServer.start(configuration, group: MultiThreadedEventLoopGroup.singleton)
        } catch let error as FaultGrammarError {
            throw ValidationError(error.message)
        } catch {
            let line = "error: \(listen) can't be served: \(error). Is another program using the address?"
            throw CommandFailure(lines: [line], exitCode: .failure)
        }
    }

    private func readScript() throws -> SimulatorScript? {
        guard let script else { return nil }
        guard let bytes = FileManager.default.contents(atPath: script) else {
            throw ValidationError("The script \(script) can't be read.")
        }
        do {
            return try SimulatorScript.parse([UInt8](bytes))
        } catch {
            throw ValidationError("\(script): \(error.message)")
        }
    }
}

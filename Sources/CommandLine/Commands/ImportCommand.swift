import ArgumentParser
import Foundation
import Imports

/// `signalbox import`.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn another product's configuration into signalbox.yaml.",
        discussion: """
            Reads LiteLLM's config.yaml, a Portkey configuration (JSON), the configuration of Helicone's AI gateway \
            (YAML) or TensorZero's tensorzero.toml. What can't be taken over is listed with its place and reason on \
            standard error. Secrets in the file are not copied: the result refers to environment variables.
            """)

    @Argument(help: "What the file is: \(ImportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: ImportFormat

    @Argument(help: "The file; - reads standard input.", completion: .file())
    var file: String

    @Option(help: "Write the configuration here instead of to standard output; an existing file is kept.")
    var out: String?

    @Option(help: "What the route is called where the file gives it no name.")
    var name = "imported"

    @Flag(help: "Print the report alone, to standard output.")
    var report = false

    func run() throws {
        let result = try imported()
        if report { return try Console.standardOutput.write(Array(result.report.utf8)) }
        if let out {
            try write(result.yaml, to: out)
        } else {
            try Console.standardOutput.write(Array(result.yaml.utf8))
        }
        for line in result.report.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            try Console.standardError.writeLine(TerminalText.escaped(String(line)))
        }
    }

    private func imported() throws -> ImportResult {
        do {
            return try Importer.run(format, try bytes(), name: name)
        } catch let error as ImportError {
            throw CommandFailure(
                lines: ["error: \(TerminalText.escaped(file)): \(TerminalText.escaped(error.description))"],
                exitCode: .configuration)
        }
    }

    private func bytes() throws -> [UInt8] {
        let path = file == "-" ? "/dev/stdin" : file
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw CommandFailure(
                lines: ["error: \(TerminalText.escaped(file)) can't be read. Check the path and its permissions."],
                exitCode: .failure)
        }
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw CommandFailure(
                lines: [
                    "error: \(TerminalText.escaped(path)) can't be written. It may exist already; choose "
                        + "another name, or remove it."
                ],
                exitCode: .failure)
        }
    }
}

extension ImportFormat: ExpressibleByArgument {}

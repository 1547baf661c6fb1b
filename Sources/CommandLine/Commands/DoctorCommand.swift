import ArgumentParser
import Composition

/// `signalbox doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check configuration, store, ports and providers, and say what to do.",
        discussion: "Exit code 1 if something fails, 78 if the configuration can't be used.")

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "JSON, one finding per line; the default where output is no terminal.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let findings = await Doctor.examine(configuration.loaded).map(Finding.init)
        let output = Console.standardOutput
        if json || !output.isTerminal {
            for finding in findings { try output.write(JSONOutput.line(finding.json)) }
        } else {
            try output.writeLine(FindingView.render(findings, width: output.width))
        }
        if findings.contains(where: { $0.state == "failure" }) { throw ExitCode.failure }
    }
}

extension Finding {
    fileprivate init(_ finding: DoctorFinding) {
        self.init(
            check: finding.check, state: finding.state.rawValue, detail: finding.detail, remedy: finding.remedy ?? "")
    }
}

package import ArgumentParser
import Settings
import SignalboxClient

/// How a command failed: what to say on standard error, and the exit code that scripts see.
package struct CommandFailure: Error, Equatable {
    /// What to say on standard error.
    package var lines: [String]
    /// See the help of `signalbox`.
    package var exitCode: ExitCode

    init(lines: [String], exitCode: ExitCode) {
        self.lines = lines
        self.exitCode = exitCode
    }

    /// `nil` for errors that the argument parser explains better: usage, help, bare exit codes.
    package init?(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as SettingsError: self.init(error)
        case let error as SignalboxError: self.init(error)
        case is CancellationError, is BrokenPipe: self.init(lines: [], exitCode: .success)
        case is ExitCode: return nil
        default:
            guard SignalboxCommand.exitCode(for: error) == .failure else { return nil }
            self.init(lines: ["error: " + TerminalText.escaped("\(error)")], exitCode: .failure)
        }
    }

    private init(_ error: SettingsError) {
        let count = error.problems.count == 1 ? "one problem" : "\(error.problems.count) problems"
        lines = ["error: the configuration can't be used, it has \(count):"]
        lines += error.problems.map { "  " + TerminalText.escaped($0.description) }
        lines.append("Every key is explained in docs/configuration.md; `signalbox doctor` checks more.")
        exitCode = .configuration
    }

    private init(_ error: SignalboxError) {
        var line = "error: " + TerminalText.escaped(error.description)
        if let id = error.requestID { line += " [request \(TerminalText.escaped(id))]" }
        lines = [line]
        switch (error.status, error.code) {
        case (401, _), (403, _):
            lines.append("Give an admin key with --key or SIGNALBOX_KEY.")
            exitCode = .refused
        case (_, "unreachable"), (_, "deadline_exceeded"), (503, _):
            lines.append("Give the server's address with --url or SIGNALBOX_URL.")
            exitCode = .unavailable
        case (_, "invalid_url"): exitCode = .validationFailure
        default: exitCode = .failure
        }
    }
}

extension ExitCode {
    /// `EX_UNAVAILABLE` of sysexits.h: the server can't be reached.
    static let unavailable = ExitCode(69)
    /// `EX_NOPERM`: the key is missing or was refused.
    static let refused = ExitCode(77)
    /// `EX_CONFIG`: the configuration can't be used.
    static let configuration = ExitCode(78)
}

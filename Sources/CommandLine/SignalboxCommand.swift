package import ArgumentParser
import Settings
import SignalboxClient
import Vocabulary

/// The `signalbox` command: the server, a simulated provider, and a client of the control API.
package struct SignalboxCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "signalbox",
        abstract: "One binary between your applications and their models: every call recorded, priced and visible.",
        discussion: """
            Exit codes: 0 done, 1 failed, 64 wrong usage, 69 server not reachable, 77 key refused or missing, \
            78 configuration can't be used.
            """,
        version: SignalboxVersion.current,
        subcommands: [
            ServeCommand.self, SimCommand.self, RequestsCommand.self, KeysCommand.self,
            SubjectsCommand<TeamNoun>.self, SubjectsCommand<UserNoun>.self, SubjectsCommand<CustomerNoun>.self,
            SubjectsCommand<ProjectNoun>.self, SubjectsCommand<OrganisationNoun>.self, BudgetsCommand.self,
            CacheCommand.self, ModelsCommand.self, RoutesCommand.self, ProvidersCommand.self, WhyCommand.self,
            WhatIfCommand.self, ReconcileCommand.self, ImportCommand.self, StatsCommand.self,
            DoctorCommand.self, VersionCommand.self,
        ]
    )

    package init() {}
}

extension SignalboxCommand {
    /// Runs the command that `arguments` (the process's own where `nil`) name, and ends the process with its exit code.
    package static func runToExit(_ arguments: [String]? = nil) async -> Never {
        do {
            var command = try await asyncParseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit()
        } catch {
            let failure = CommandFailure(error)
            guard let failure else { exit(withError: error) }
            for line in failure.lines { try? Console.standardError.writeLine(line) }
            exit(withError: failure.exitCode)
        }
    }
}

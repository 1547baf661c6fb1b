package import ArgumentParser
import Foundation
package import Statistics

// The room's own choices are the options' choices.

extension ComparisonMethod: ExpressibleByArgument {}

/// What the two scores of a line have to do with each other.
package enum Pairing: String, EnumerableFlag {
    case paired, unpaired

    /// What `--help` says of each.
    package static func help(for value: Pairing) -> ArgumentHelp? {
        switch value {
        case .paired: "Both scores of a line are of the same case."
        case .unpaired: "The columns are separate samples."
        }
    }
}

/// `signalbox stats`.
package struct StatsCommand: ParsableCommand {
    /// Hundreds of millions of scores need another tool; a pipe that never ends must not fill the memory.
    private static let largestInput = 256 << 20

    package static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Compare two columns of scores and say what they allow to be said.",
        discussion: """
            Reads a CSV table with a header, one case per line. Scores are numbers, or true/false and pass/fail, which \
            count as 1 and 0; empty cells are cases without a score. Needs no server. Exit code 1 where the scores \
            can't be compared, and with --gate where the candidate is worse by more than the margin.
            """)

    @Argument(help: "The table; - or none for standard input.") var file: String?
    @Option(help: "The baseline's column. (default: the first)") var baseline: String?
    @Option(help: "The candidate's column. (default: the next)") var candidate: String?
    @Option(help: "A column with the source of each case, where several cases share one.") var cluster: String?
    @Flag var pairing = Pairing.paired
    @Option(help: "The least difference that matters, in the scores' units.") var margin: Double?
    @Option(help: "The level of intervals.") var level = 0.95
    @Option(help: "How the interval of the difference is made.") var method = ComparisonMethod.automatic
    @Option(help: "Resamples of the bootstrap, 100 to 10 million.") var resamples = 10_000
    @Option(help: "The seed of everything random.") var seed: UInt64 = 1
    @Flag(help: "Less is better, as with cost, latency and violations.") var lowerIsBetter = false
    @Flag(help: "End with 1 if the candidate is worse by more than the margin.") var gate = false
    @Flag(help: "JSON, one object; the default where output is no terminal.") var json = false

    package init() {}

    package func validate() throws {
        guard level > 0, level < 1 else {
            throw ValidationError("--level takes a number between 0 and 1, such as 0.95.")
        }
        if let margin, !(margin > 0 && margin.isFinite) { throw ValidationError("--margin takes a number above 0.") }
        guard BootstrapPlan.allowedResamples.contains(resamples) else {
            throw ValidationError("--resamples takes 100 to 10000000.")
        }
        if gate, margin == nil { throw ValidationError("--gate needs the --margin that it lets pass.") }
    }

    /// The options as a plan.
    package var plan: ComparisonPlan {
        ComparisonPlan(
            level: level, margin: margin, method: method, higherIsBetter: !lowerIsBetter, resamples: resamples)
    }

    /// Compares what stands in `bytes`. Throws `DataProblem` and `StatisticsError`.
    package func report(on bytes: [UInt8]) throws -> StatsReport {
        let columns = try ScoreColumns(
            try CSVTable.parse(bytes), baseline: baseline, candidate: candidate, cluster: cluster)
        return try StatsReport(columns, isPaired: pairing == .paired, plan: plan, seed: seed)
    }

    package func run() throws {
        let report = try explained { try self.report(on: try read()) }
        let output = Console.standardOutput
        if json || !output.isTerminal {
            try output.write(JSONOutput.line(StatsJSON.object(report)))
        } else {
            for line in StatsText.lines(report, width: output.width) { try output.writeLine(line) }
        }
        if gate, report.gate?.outcome == .fail { throw ExitCode.failure }
    }

    /// Errors of the data with the name of the file before them.
    private func explained<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DataProblem {
            throw failure("\(source): \(error)")
        } catch let error as StatisticsError {
            throw failure("\(source): \(error)")
        }
    }

    private var source: String { file.map { $0 == "-" ? "standard input" : $0 } ?? "standard input" }

    private func failure(_ text: String) -> CommandFailure {
        CommandFailure(lines: ["error: " + TerminalText.escaped(text)], exitCode: .failure)
    }

    private func read() throws -> [UInt8] {
        var handle = FileHandle.standardInput
        if let file, file != "-" {
            guard let opened = FileHandle(forReadingAtPath: file) else {
                throw failure("\(file) can't be read. Does it exist, and may you read it?")
            }
            handle = opened
        }
        let data = try handle.read(upToCount: Self.largestInput + 1) ?? Data()
        guard data.count <= Self.largestInput else {
            throw failure("\(source) holds more than 256 MiB. Give fewer columns or a sample of the cases.")
        }
        return [UInt8](data)
    }
}

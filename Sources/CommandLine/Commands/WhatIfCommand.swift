import ArgumentParser
import SignalboxClient

/// `signalbox whatif`.
struct WhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatif", abstract: "Replay recorded calls through a changed plan. Nothing is sent.")

    @Argument(help: "A file with the question as JSON (docs/what-if.md); - is the standard input.") var file: String
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let call = SignalboxClient.postCall("/what-if", try InputFile.bytes(file))
        let answer = try await server.client().bytes(call)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let report = try SignalboxClient.decode(JSONValue.self, from: answer)
        try output.writeLine(WhatIfView.render(report, width: output.width))
    }
}

/// `signalbox reconcile`.
struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "Hold a provider's usage or cost export against the records.")

    @Argument(help: "The provider's export, CSV or JSON as it came; - is the standard input.") var file: String
    @Option(help: "The provider's name in the configuration.") var provider: String
    @Option(help: "The share of a figure up to which a difference is none, such as 0.01.") var tolerance: Double?
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let call = SignalboxClient.reconcileCall(
            provider: provider, export: try InputFile.bytes(file), tolerance: tolerance)
        let answer = try await server.client().bytes(call)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let report = try SignalboxClient.decode(JSONValue.self, from: answer)
        try output.writeLine(ReconcileView.render(report, width: output.width))
    }
}

import ArgumentParser
import SignalboxClient

/// `signalbox cache`.
struct CacheCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache", abstract: "What the answer cache holds and saves, and emptying it.",
        subcommands: [CacheShowCommand.self, CacheClearCommand.self], defaultSubcommand: CacheShowCommand.self
    )
}

/// `signalbox cache show`, which is what `signalbox cache` does.
struct CacheShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Hits, savings and false hits by route.")

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.cacheCall)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let report = try SignalboxClient.decode(CacheReport.self, from: answer)
        try output.writeLine(CacheTable.render(report, width: output.width))
    }
}

/// `signalbox cache clear`.
struct CacheClearCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "Forget stored answers of the key's project.")

    @Option(help: "Only answers of this route.") var route: String?
    @Option(help: "Only answers of this namespace.") var namespace: String?
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let call = SignalboxClient.purgeCacheCall(route: route, namespace: namespace)
        let answer = try await server.client().bytes(call)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let purge = try SignalboxClient.decode(CachePurge.self, from: answer)
        try output.writeLine("\(purge.purged) stored answer(s) forgotten.")
    }
}

import ArgumentParser
import SignalboxClient

/// `signalbox why`.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Why a call went as it did: candidates, attempts, cache, budgets, price.")

    @Argument(help: "The call's id: x-signalbox-request-id of its answer.")
    var id: String

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.whyCall(id))
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let why = try SignalboxClient.decode(JSONValue.self, from: answer)
        try output.writeLine(RoutingView.sentences(why))
    }
}

/// `signalbox providers`.
struct ProvidersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers", abstract: "How providers and their models do at this moment.")

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.providersCall)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(try JSONOutput.lines(ofList: answer)) }
        let page = try SignalboxClient.decode(Page<JSONValue>.self, from: answer)
        try output.writeLine(RoutingView.providers(page.data, width: output.width))
    }
}

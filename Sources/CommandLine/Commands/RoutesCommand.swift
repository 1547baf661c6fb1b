import ArgumentParser
import SignalboxClient

/// `signalbox routes`.
struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "List, show, change and try routes.",
        subcommands: [
            RoutesListCommand.self, RoutesShowCommand.self, RoutesPutCommand.self, RoutesDeleteCommand.self,
            RoutesVersionsCommand.self, RoutesRollbackCommand.self, RoutesTryCommand.self,
        ],
        defaultSubcommand: RoutesListCommand.self)
}

/// `signalbox routes list`, which is what `signalbox routes` does.
struct RoutesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List routes and their targets.")

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.routesCall)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(try JSONOutput.lines(ofList: answer)) }
        let page = try SignalboxClient.decode(Page<JSONValue>.self, from: answer)
        try output.writeLine(RoutingView.routes(page.data, width: output.width))
    }
}

/// `signalbox routes show`.
struct RoutesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one route as JSON.")

    @Argument(help: "The route's name.") var name: String
    @OptionGroup var server: ServerOptions

    func run() async throws {
        try Console.standardOutput.write(
            JSONOutput.line(try await server.client().bytes(SignalboxClient.routeCall(name))))
    }
}

/// `signalbox routes put`.
struct RoutesPutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put", abstract: "Store a route's next version and put it into force.")

    @Argument(help: "A file with the route as JSON; - reads the standard input.") var file: String
    @Option(help: "The route's name, if the file does not say it.") var name: String?
    @Option(name: .shortAndLong, help: "Why, for whoever reads the versions.") var message = ""
    @Option(help: "Only if this version is in force.") var expectedVersion: Int64?
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let definition = try InputFile.json(file)
        guard let name = name ?? definition["name"]?.string else {
            throw ValidationError("Neither the file nor --name says the route's name.")
        }
        let call = try SignalboxClient.putCall(name, definition, message: message, expectedVersion: expectedVersion)
        try Console.standardOutput.write(JSONOutput.line(try await server.client().bytes(call)))
    }
}

/// `signalbox routes delete`.
struct RoutesDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Take a stored route out of force; its versions stay.")

    @Argument(help: "The route's name.") var name: String
    @OptionGroup var server: ServerOptions

    func run() async throws { try await server.client().deleteRoute(name) }
}

/// `signalbox routes versions`.
struct RoutesVersionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions", abstract: "List the versions of a stored route, newest first.")

    @Argument(help: "The route's name.") var name: String
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.versionsCall(name))
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(try JSONOutput.lines(ofList: answer)) }
        let page = try SignalboxClient.decode(Page<JSONValue>.self, from: answer)
        try output.writeLine(RoutingView.versions(page.data, width: output.width))
    }
}

/// `signalbox routes rollback`.
struct RoutesRollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Put an older version into force again.")

    @Argument(help: "The route's name.") var name: String
    @Argument(help: "The version's number.") var version: Int64
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let call = try SignalboxClient.rollbackCall(name, to: version)
        try Console.standardOutput.write(JSONOutput.line(try await server.client().bytes(call)))
    }
}

/// `signalbox routes dry-run`.
struct RoutesTryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dry-run", abstract: "Ask what the router would decide. Nothing is sent.")

    @Argument(help: "A file with request, and route or definition (docs/routes-api.md); - is the standard input.")
    var file: String
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let call = SignalboxClient.postCall("/routes/dry-run", try InputFile.bytes(file))
        let answer = try await server.client().bytes(call)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        try output.writeLine(RoutingView.sentences(try SignalboxClient.decode(JSONValue.self, from: answer)))
    }
}

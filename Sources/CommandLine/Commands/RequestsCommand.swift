package import ArgumentParser
package import SignalboxClient

/// `signalbox requests`.
struct RequestsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests", abstract: "List, follow and show recorded calls.",
        subcommands: [RequestsListCommand.self, RequestsShowCommand.self],
        defaultSubcommand: RequestsListCommand.self)
}

/// `signalbox requests list`, which is what `signalbox requests` does.
package struct RequestsListCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List recorded calls, newest first, or follow new ones.")

    @Option(help: "Only this end user.") var user: String?
    @Option(help: "Only this session.") var session: String?
    @Option(help: "Only this model, as callers name it.") var model: String?
    @Option(help: "Only this provider.") var provider: String?
    @Option(help: "Only this environment.") var environment: String?
    @Option(help: "Only this team.") var team: String?
    @Option(help: "Only this end customer.") var customer: String?
    @Option(help: "Only this route.") var route: String?
    @Option(help: "Only this verdict of the answer cache: hit, semantic_hit, coalesced, miss, bypass or refresh.")
    var cache: String?
    @Option(help: "Only calls that ended so: ok, error or cancelled.") var status: RequestFilter.Status?
    @Option(help: "Only calls from then on: RFC 3339, or milliseconds since 1970.") var from: String?
    @Option(help: "Only calls before then.") var to: String?
    @Option(help: "How many, 1 to 1000.") var limit = 20
    @Option(help: "Go on where a list before ended.") var cursor: String?
    @Flag(name: .shortAndLong, help: "Show new calls as they are recorded, until interrupted.") var follow = false
    @OptionGroup var server: ServerOptions

    package init() {}

    package func validate() throws {
        guard !(1...1000).contains(limit) else { return }
        throw ValidationError("--limit takes 1 to 1000.")
    }

    /// The options as a filter.
    package var filter: RequestFilter {
        var filter = RequestFilter(user: user, model: model, status: status, limit: limit, cursor: cursor)
        filter.session = session
        filter.provider = provider
        filter.environment = environment
        filter.team = team
        filter.customer = customer
        filter.route = route
        filter.cache = cache
        filter.from = from
        filter.to = to
        return filter
    }

    package func run() async throws {
        let client = try server.client()
        if follow { try await followLive(client) } else { try await list(client) }
    }

    private func list(_ client: SignalboxClient) async throws {
        let answer = try await client.bytes(SignalboxClient.listCall(filter))
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(try JSONOutput.lines(ofList: answer)) }
        let page = try SignalboxClient.decode(Page<RequestSummary>.self, from: answer)
        try output.writeLine(RequestTable.render(page, width: output.width))
    }

    private func followLive(_ client: SignalboxClient) async throws {
        let output = Console.standardOutput
        let widths = RequestTable.followWidths(output.width)
        if !server.wantsJSON { try output.writeLine(RequestTable.table.titles(widths)) }
        for try await event in client.liveEvents(filter) {
            if server.wantsJSON {
                try output.write(JSONOutput.line(event))
            } else {
                let request = try SignalboxClient.decode(RequestSummary.self, from: event)
                try output.writeLine(RequestTable.table.row(RequestTable.cells(request), widths))
            }
        }
        throw SignalboxError(status: 0, code: "unreachable", message: "The server ended the live tail.")
    }
}

/// `signalbox requests show`.
struct RequestsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one call: what was said, when, and what it cost.")

    @Argument(help: "The call's id: x-signalbox-request-id of its answer.")
    var id: String

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.detailCall(id))
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let detail = try SignalboxClient.decode(RequestDetail.self, from: answer)
        try output.writeLine(RequestView.render(detail, width: output.width))
    }
}

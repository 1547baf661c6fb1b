package import ArgumentParser
package import SignalboxClient

/// `signalbox keys`.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "List, create and revoke keys.",
        subcommands: [KeysListCommand.self, KeysCreateCommand.self, KeysRevokeCommand.self],
        defaultSubcommand: KeysListCommand.self)
}

/// `signalbox keys list`, which is what `signalbox keys` does.
struct KeysListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List keys, without secrets.")

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.keysCall)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(try JSONOutput.lines(ofList: answer)) }
        let page = try SignalboxClient.decode(Page<APIKey>.self, from: answer)
        try output.writeLine(KeyTable.render(page.data, width: output.width))
    }
}

/// `signalbox keys create`.
package struct KeysCreateCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a key and show its secret, this once.")

    @Option(help: "A name for people.") var name: String
    @Option(help: "The environment of its records, such as dev or production.") var environment: String?
    @Option(help: "member calls models; admin also uses the control API.") var role = NewKey.Role.member
    @Option(help: "When it stops working, RFC 3339.") var expires: String?
    @Option(help: "A model it may call; repeat for several, leave out for all.") var model: [String] = []
    @OptionGroup var server: ServerOptions

    /// The options as a key to be made.
    package var newKey: NewKey {
        NewKey(
            name: name, environment: environment, role: role, expiresAt: expires,
            allowedModels: model.isEmpty ? nil : model)
    }

    package init() {}

    package func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.createCall(newKey))
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let created = try SignalboxClient.decode(CreatedKey.self, from: answer)
        try output.writeLine(KeyTable.render([created.key], width: output.width))
        try output.writeLine("\n\(TerminalText.escaped(created.secret))\n\nThis secret is not shown again.")
    }
}

/// `signalbox keys revoke`.
struct KeysRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a key, at once and for good; its records stay.")

    @Argument(help: "The key's id.")
    var id: String

    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await server.client().revokeKey(id)
        // On standard error, so that --json prints only what the API gave: nothing.
        try Console.standardError.writeLine("Revoked \(TerminalText.escaped(id)).")
    }
}

import ArgumentParser
import SignalboxClient

/// `signalbox keys`.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "List, create, change and revoke keys.",
        subcommands: [
            KeysListCommand.self, KeysCreateCommand.self, KeysUpdateCommand.self, KeysRotateCommand.self,
            KeysBlockCommand.self, KeysUnblockCommand.self, KeysRevokeCommand.self,
        ],
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

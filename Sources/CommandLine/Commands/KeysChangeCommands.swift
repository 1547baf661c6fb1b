package import ArgumentParser
package import SignalboxClient

/// `signalbox keys update`.
package struct KeysUpdateCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change a key.",
        discussion: """
            What no option names stays as it is; lists and rules are replaced as a whole. An empty --team or --user \
            takes the key out of it.
            """)

    @Argument(help: "The key's id.") var id: String
    @Option(help: "A name for people.") var name: String?
    @Option(help: "When it stops working, RFC 3339; never for no end.") var expires: String?
    @Option(help: "A model it may call, or a beginning and *; repeatable.") var model: [String] = []
    @Flag(help: "It may call every model.") var allModels = false
    @Flag(help: "Take away all its budgets and limits.") var noRules = false
    @OptionGroup var grants: KeyGrantOptions
    @OptionGroup var server: ServerOptions

    package init() {}

    /// The options as changes.
    package var changes: KeyChanges {
        var changes = grants.changes
        changes.name = name
        if let expires { changes.expiresAt = .some(expires == "never" ? nil : expires) }
        if !model.isEmpty || allModels { changes.allowedModels = allModels ? [] : model }
        if noRules { changes.rules = SpendingRules() }
        return changes
    }

    package func validate() throws {
        if changes == KeyChanges() { throw ValidationError("Nothing to change: give at least one option.") }
        if allModels, !model.isEmpty { throw ValidationError("Give either --model or --all-models.") }
        if noRules, grants.rules.rules != nil { throw ValidationError("Give either --no-rules or rules.") }
    }

    package func run() async throws {
        try KeyOutput.show(try await server.client().bytes(SignalboxClient.updateCall(id, changes)), server)
    }
}

/// `signalbox keys rotate`.
package struct KeysRotateCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give a key a new secret and show it, this once.",
        discussion: "The new secret works at once, the old one until the grace period is over.")

    @Argument(help: "The key's id.") var id: String
    @Option(help: "How long the old secret goes on working: 0s, 30m, 24h, 7d.") var grace = "24h"
    @OptionGroup var server: ServerOptions

    package init() {}

    /// The grace period in seconds; `nil` if it cannot be read.
    package var graceSeconds: Int? { RuleText.seconds(grace).flatMap { Int(exactly: $0) } }

    package func validate() throws {
        if graceSeconds == nil { throw ValidationError("--grace \"\(grace)\" is no time; write 0s, 30m, 24h or 7d.") }
    }

    package func run() async throws {
        let call = try SignalboxClient.rotateCall(id, graceSeconds: graceSeconds)
        try KeyOutput.showSecret(try await server.client().bytes(call), server)
    }
}

/// `signalbox keys block`.
struct KeysBlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block", abstract: "Refuse a key's calls until it is unblocked.")

    @Argument(help: "The key's id.") var id: String
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let call = SignalboxClient.blockCall(id, isBlocked: true)
        try KeyOutput.show(try await server.client().bytes(call), server)
    }
}

/// `signalbox keys unblock`.
struct KeysUnblockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unblock", abstract: "Let a blocked key call again.")

    @Argument(help: "The key's id.") var id: String
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let call = SignalboxClient.blockCall(id, isBlocked: false)
        try KeyOutput.show(try await server.client().bytes(call), server)
    }
}

package import ArgumentParser
package import SignalboxClient

/// What keys can be given, at their making and later.
package struct KeyGrantOptions: ParsableArguments {
    @Option(help: "The team that its calls count for.") var team: String?
    @Option(help: "The user that its calls count for.") var user: String?
    @Option(help: "inference, records.read, records.write, prompts.read or admin; repeatable, leave out for all.")
    var scope: [String] = []
    @Option(help: "A name for a model, as NAME=MODEL; repeatable.") var alias: [String] = []
    @Option(help: "Put on every record of its calls; repeatable.") var tag: [String] = []
    @Option(help: "For people, as NAME=VALUE; repeatable.") var metadata: [String] = []
    @Option(help: "For parameters that a provider can't take: strict, warn or drop.") var parameterPolicy: String?
    @Flag(inversion: .prefixedNo, help: "A request's user names the end customer where no header does.")
    var userIsCustomer: Bool?
    @OptionGroup var rules: RuleOptions

    package init() {}

    /// Says what is wrong with an option before anything is sent.
    package func validate() throws {
        _ = try PairText.pairs(alias, option: "alias")
        _ = try PairText.pairs(metadata, option: "metadata")
    }

    /// The options as changes; what no option names stays as it is.
    package var changes: KeyChanges {
        var changes = KeyChanges()
        if let team { changes.team = .some(team.isEmpty ? nil : team) }
        if let user { changes.user = .some(user.isEmpty ? nil : user) }
        if !scope.isEmpty { changes.scopes = scope }
        if !tag.isEmpty { changes.tags = tag }
        changes.modelAliases = try? PairText.pairs(alias, option: "alias")
        changes.metadata = try? PairText.pairs(metadata, option: "metadata")
        if let parameterPolicy { changes.parameterPolicy = .some(parameterPolicy) }
        changes.takesUserAsCustomer = userIsCustomer
        changes.rules = rules.rules
        changes.customerRules = rules.customerRules
        return changes
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
    @Option(help: "A model it may call, or a beginning and *; repeat for several, leave out for all.")
    var model: [String] = []
    @Option(help: "The project; others than its own only with an admin key of the project default.")
    var project: String?
    @OptionGroup var grants: KeyGrantOptions
    @OptionGroup var server: ServerOptions

    /// The options as a key to be made.
    package var newKey: NewKey {
        NewKey(
            name: name, environment: environment, role: role, expiresAt: expires,
            allowedModels: model.isEmpty ? nil : model, project: project, grants: grants.changes)
    }

    package init() {}

    package func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.createCall(newKey))
        try KeyOutput.showSecret(answer, server)
    }
}

/// Keys as commands print them.
enum KeyOutput {
    /// A key and its secret.
    static func showSecret(_ answer: [UInt8], _ server: ServerOptions) throws {
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let created = try SignalboxClient.decode(CreatedKey.self, from: answer)
        try output.writeLine(KeyTable.render([created.key], width: output.width))
        try output.writeLine("\n\(TerminalText.escaped(created.secret))\n\nThis secret is not shown again.")
    }

    /// A key.
    static func show(_ answer: [UInt8], _ server: ServerOptions) throws {
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let key = try SignalboxClient.decode(APIKey.self, from: answer)
        try output.writeLine(KeyTable.render([key], width: output.width))
    }
}

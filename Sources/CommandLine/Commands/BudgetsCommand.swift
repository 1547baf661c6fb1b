package import ArgumentParser
package import SignalboxClient

/// `signalbox budgets`.
struct BudgetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "budgets", abstract: "How full budgets and limits are, and what past windows used.",
        subcommands: [BudgetsListCommand.self, BudgetsHistoryCommand.self],
        defaultSubcommand: BudgetsListCommand.self)
}

/// Whose rules are meant.
package struct BudgetOptions: ParsableArguments {
    @Option(help: "Only organisation, project, team, user, key or customer.") var kind: String?
    @Option(help: "Only this one, by its id.") var id: String?
    @Option(help: "Only this rule.") var rule: String?

    package init() {}

    /// The options as the API takes them.
    package var query: BudgetQuery { BudgetQuery(kind: kind, id: id, rule: rule) }
}

/// `signalbox budgets list`, which is what `signalbox budgets` does.
package struct BudgetsListCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(commandName: "list", abstract: "How full every rule is.")

    @OptionGroup var options: BudgetOptions
    @OptionGroup var server: ServerOptions

    package init() {}

    package func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.budgetsCall(options.query))
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(try JSONOutput.lines(ofList: answer)) }
        let page = try SignalboxClient.decode(Page<BudgetState>.self, from: answer)
        try output.writeLine(BudgetTable.render(page.data, width: output.width))
    }
}

/// `signalbox budgets history`.
struct BudgetsHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What the windows of budgets used.")

    @OptionGroup var options: BudgetOptions
    @Option(help: "Windows that began from here on, RFC 3339; 90 days ago if left out.") var from: String?
    @Option(help: "And before here; now if left out.") var to: String?
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let call = SignalboxClient.budgetHistoryCall(options.query, from: from, to: to)
        let answer = try await server.client().bytes(call)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(try JSONOutput.lines(ofList: answer)) }
        let page = try SignalboxClient.decode(Page<BudgetHistory>.self, from: answer)
        try output.writeLine(BudgetTable.render(page.data, width: output.width))
    }
}

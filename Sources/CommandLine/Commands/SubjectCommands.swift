package import ArgumentParser
package import SignalboxClient

/// Which kind a family of commands is about.
package protocol SubjectNoun: Sendable {
    /// The kind.
    static var kind: SubjectKind { get }
    /// One of them, for example `team`.
    static var word: String { get }
}

/// `signalbox organisations`.
package enum OrganisationNoun: SubjectNoun {
    package static let kind = SubjectKind.organisations
    package static let word = "organisation"
}

/// `signalbox projects`.
package enum ProjectNoun: SubjectNoun {
    package static let kind = SubjectKind.projects
    package static let word = "project"
}

/// `signalbox teams`.
package enum TeamNoun: SubjectNoun {
    package static let kind = SubjectKind.teams
    package static let word = "team"
}

/// `signalbox users`.
package enum UserNoun: SubjectNoun {
    package static let kind = SubjectKind.users
    package static let word = "user"
}

/// `signalbox customers`.
package enum CustomerNoun: SubjectNoun {
    package static let kind = SubjectKind.customers
    package static let word = "customer"
}

/// `signalbox teams` and its sisters.
struct SubjectsCommand<Noun: SubjectNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Noun.kind.rawValue, abstract: "List, create, change and remove \(Noun.kind.rawValue).",
            subcommands: [
                SubjectsListCommand<Noun>.self, SubjectsCreateCommand<Noun>.self, SubjectsUpdateCommand<Noun>.self,
                SubjectsDeleteCommand<Noun>.self,
            ],
            defaultSubcommand: SubjectsListCommand<Noun>.self)
    }
}

/// `signalbox teams list`, which is what `signalbox teams` does.
struct SubjectsListCommand<Noun: SubjectNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List \(Noun.kind.rawValue).")
    }

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.subjectsCall(Noun.kind))
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(try JSONOutput.lines(ofList: answer)) }
        let page = try SignalboxClient.decode(Page<Subject>.self, from: answer)
        try output.writeLine(SubjectTable.render(page.data, Noun.kind, width: output.width))
    }
}

/// What a subject can be given.
package struct SubjectOptions: ParsableArguments {
    @Option(help: "A name for people.") var name: String?
    @Option(help: "What stands above it: a user's team, a project's organisation. Empty for none.") var parent: String?
    @Option(help: "A model its calls may use, or a beginning and *; repeatable.") var model: [String] = []
    @Option(help: "For people, as NAME=VALUE; repeatable.") var metadata: [String] = []
    @Flag(inversion: .prefixedNo, help: "Refuse its calls.") var blocked: Bool?
    @OptionGroup var rules: RuleOptions

    package init() {}

    /// Says what is wrong with an option before anything is sent.
    package func validate() throws { _ = try PairText.pairs(metadata, option: "metadata") }

    /// The options as changes to one of that kind.
    package func changes(_ kind: SubjectKind) -> SubjectChanges {
        var changes = SubjectChanges()
        changes.name = name
        let above: String?? = parent.map { $0.isEmpty ? nil : $0 }
        if kind == .users { changes.team = above }
        if kind == .projects { changes.organisation = above }
        if !model.isEmpty { changes.allowedModels = model }
        changes.metadata = try? PairText.pairs(metadata, option: "metadata")
        changes.blocked = blocked
        changes.rules = rules.rules
        changes.customerRules = rules.customerRules
        return changes
    }

    /// Says where `--parent` makes no sense.
    func check(_ kind: SubjectKind) throws {
        if parent != nil, kind != .users, kind != .projects {
            throw ValidationError("--parent is for users (their team) and projects (their organisation) only.")
        }
    }
}

/// `signalbox teams create`.
package struct SubjectsCreateCommand<Noun: SubjectNoun>: AsyncParsableCommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "create", abstract: "Make a \(Noun.word).")
    }

    @Argument(help: "Its id; leave out to have one made.") var id: String?
    @OptionGroup var options: SubjectOptions
    @OptionGroup var server: ServerOptions

    package init() {}

    /// The options as the API takes them.
    package var changes: SubjectChanges { options.changes(Noun.kind) }

    package func validate() throws { try options.check(Noun.kind) }

    package func run() async throws {
        let call = try SignalboxClient.createCall(Noun.kind, id: id, changes)
        try SubjectTable.show(try await server.client().bytes(call), Noun.kind, server)
    }
}

/// `signalbox teams update`.
package struct SubjectsUpdateCommand<Noun: SubjectNoun>: AsyncParsableCommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "update", abstract: "Change a \(Noun.word).",
            discussion: "What no option names stays as it is; lists and rules are replaced as a whole.")
    }

    @Argument(help: "Its id.") var id: String
    @Flag(help: "Its calls may use every model.") var allModels = false
    @Flag(help: "Take away all its budgets and limits.") var noRules = false
    @OptionGroup var options: SubjectOptions
    @OptionGroup var server: ServerOptions

    package init() {}

    /// The options as the API takes them.
    package var changes: SubjectChanges {
        var changes = options.changes(Noun.kind)
        if allModels { changes.allowedModels = [] }
        if noRules { changes.rules = SpendingRules() }
        return changes
    }

    package func validate() throws {
        try options.check(Noun.kind)
        if changes == SubjectChanges() { throw ValidationError("Nothing to change: give at least one option.") }
    }

    package func run() async throws {
        let call = try SignalboxClient.updateCall(Noun.kind, id, changes)
        try SubjectTable.show(try await server.client().bytes(call), Noun.kind, server)
    }
}

/// `signalbox teams delete`.
struct SubjectsDeleteCommand<Noun: SubjectNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete", abstract: "Remove a \(Noun.word) to whom nothing belongs; its records stay.")
    }

    @Argument(help: "Its id.") var id: String
    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await server.client().deleteSubject(Noun.kind, id)
        try Console.standardError.writeLine("Removed \(TerminalText.escaped(id)).")
    }
}

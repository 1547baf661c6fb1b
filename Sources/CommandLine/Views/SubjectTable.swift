import SignalboxClient

/// Teams, users and their like as a table.
enum SubjectTable {
    private static let table = TextTable(columns: [
        .init(title: "ID", minimum: 8), .init(title: "NAME", minimum: 6, rank: 2),
        .init(title: "IN", minimum: 4, rank: 3),
        .init(title: "STATE"), .init(title: "RULES", minimum: 8), .init(title: "MODELS", minimum: 6, rank: 4),
        .init(title: "CREATED (UTC)", rank: 1),
    ])

    /// One row each.
    static func render(_ subjects: [Subject], _ kind: SubjectKind, width: Int) -> String {
        guard !subjects.isEmpty else { return "There are no \(kind.rawValue)." }
        return table.render(subjects.map(cells), width: width)
    }

    /// One of them, as a command that made or changed it prints it.
    static func show(_ answer: [UInt8], _ kind: SubjectKind, _ server: ServerOptions) throws {
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(JSONOutput.line(answer)) }
        let subject = try SignalboxClient.decode(Subject.self, from: answer)
        try output.writeLine(render([subject], kind, width: output.width))
    }

    private static func cells(_ subject: Subject) -> [String] {
        [
            subject.id, subject.name, subject.team ?? subject.organisation ?? Figures.unknown,
            subject.blocked ? "blocked" : "active", RuleList.text(subject.rules),
            subject.allowedModels.isEmpty ? "all" : subject.allowedModels.joined(separator: ", "),
            Figures.time(subject.createdAt),
        ]
    }
}

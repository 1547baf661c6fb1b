import SignalboxClient

/// Keys as a table.
enum KeyTable {
    private static let table = TextTable(columns: [
        .init(title: "NAME", minimum: 8), .init(title: "HINT", rank: 5), .init(title: "ROLE"),
        .init(title: "ENVIRONMENT", minimum: 6, rank: 1), .init(title: "PROJECT", minimum: 6, rank: 6),
        .init(title: "STATE"), .init(title: "TEAM", minimum: 4, rank: 7),
        .init(title: "RULES", minimum: 8, rank: 3), .init(title: "MODELS", minimum: 6, rank: 4),
        .init(title: "CREATED (UTC)", rank: 2),
        .init(title: "ID"),
    ])

    /// One row per key.
    static func render(_ keys: [APIKey], width: Int) -> String {
        guard !keys.isEmpty else { return "There are no keys." }
        return table.render(keys.map(cells), width: width)
    }

    private static func cells(_ key: APIKey) -> [String] {
        let models = key.allowedModels.isEmpty ? "all" : key.allowedModels.joined(separator: ", ")
        return [
            key.name, key.hint, key.role, key.environment, key.project, state(key), key.team ?? Figures.unknown,
            RuleList.text(key.rules), models, Figures.time(key.createdAt), key.id,
        ]
    }

    private static func state(_ key: APIKey) -> String {
        if key.revokedAt != nil { return "revoked" }
        if key.blocked { return "blocked" }
        return key.expiresAt.map { "until \(Figures.time($0))" } ?? "active"
    }
}

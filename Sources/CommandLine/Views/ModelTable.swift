import SignalboxClient

/// Models as a table, prices in dollars per million tokens.
enum ModelTable {
    private static let table = TextTable(columns: [
        .init(title: "MODEL", minimum: 12), .init(title: "PROVIDER", minimum: 6), .init(title: "DIALECT", rank: 4),
        .init(title: "UPSTREAM MODEL", minimum: 12, rank: 3), .init(title: "INPUT/M", isRightAligned: true, rank: 1),
        .init(title: "CACHED/M", isRightAligned: true, rank: 2),
        .init(title: "OUTPUT/M", isRightAligned: true, rank: 1),
        .init(title: "CONTEXT", isRightAligned: true, rank: 5), .init(title: "TRAINS", rank: 6),
        .init(title: "REGION", minimum: 4, rank: 7),
    ])

    /// One row per model.
    static func render(_ models: [ModelInfo], width: Int) -> String {
        guard !models.isEmpty else { return "No model is served. Add providers and models to the configuration." }
        return table.render(models.map(cells), width: width)
    }

    private static func cells(_ model: ModelInfo) -> [String] {
        let prices = model.price?.nanodollarsPerMillion ?? [:]
        let trains = model.trainsOnInputs.map { $0 ? "yes" : "no" }
        return [
            model.name, model.provider, model.dialect, model.upstreamModel, Figures.price(prices["input"]),
            Figures.price(prices["cache_read"]), Figures.price(prices["output"]),
            model.contextWindow.map { String($0) } ?? Figures.unknown, trains ?? Figures.unknown,
            model.region ?? Figures.unknown,
        ]
    }
}

import SignalboxClient

/// The cache's routes as a table.
enum CacheTable {
    private static let table = TextTable(columns: [
        .init(title: "ROUTE", minimum: 8), .init(title: "ENTRIES", isRightAligned: true, rank: 2),
        .init(title: "HITS", isRightAligned: true), .init(title: "SEMANTIC", isRightAligned: true),
        .init(title: "SHARED", isRightAligned: true, rank: 3), .init(title: "MISSES", isRightAligned: true),
        .init(title: "HIT RATE", isRightAligned: true), .init(title: "SAVED", isRightAligned: true, rank: 1),
        .init(title: "FALSE HITS", isRightAligned: true, rank: 1),
        .init(title: "THRESHOLD", isRightAligned: true, rank: 2),
    ])

    /// One row per route.
    static func render(_ report: CacheReport, width: Int) -> String {
        guard !report.routes.isEmpty else {
            return "No route uses the cache yet. docs/caching.md says how one does."
        }
        return table.render(report.routes.map(cells), width: width)
    }

    private static func cells(_ route: CacheRoute) -> [String] {
        [
            route.route, String(route.entries), String(route.hits), String(route.semanticHits),
            String(route.coalesced), String(route.misses), percent(route.hitRate), Figures.money(route.saved),
            falseHits(route.semantic), route.semantic.map { "\(tenThousandths($0.threshold))" } ?? Figures.unknown,
        ]
    }

    /// The rate and the upper end of its interval.
    private static func falseHits(_ meter: CacheMeter?) -> String {
        guard let meter, meter.judged > 0 else { return Figures.unknown }
        return "\(percent(meter.falseHitRate)) (<= \(percent(meter.falseHitRateHigh)))"
    }

    private static func percent(_ rate: Double?) -> String {
        rate.map { "\(($0 * 1_000).rounded() / 10)%" } ?? Figures.unknown
    }

    private static func tenThousandths(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}

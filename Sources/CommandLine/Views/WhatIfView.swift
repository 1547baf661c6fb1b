import SignalboxClient

/// A replay's report for a terminal.
enum WhatIfView {
    private static let table = TextTable(columns: [
        .init(title: "ROUTE", minimum: 8), .init(title: "CALLS", isRightAligned: true, rank: 3),
        .init(title: "MOVED", isRightAligned: true, rank: 2), .init(title: "COST", isRightAligned: true),
        .init(title: "CHANGE (95 %)", isRightAligned: true), .init(title: "P95", isRightAligned: true, rank: 1),
        .init(title: "WOULD BE", isRightAligned: true, rank: 1), .init(title: "ERRORS", isRightAligned: true, rank: 4),
        .init(title: "WOULD BE", isRightAligned: true, rank: 4),
    ])

    static func render(_ report: JSONValue, width: Int) -> String {
        let figures = [report["total"]].compactMap(\.self) + (report["routes"]?.array ?? [])
        let notes = ["coverage", "assumptions"].flatMap { report[$0]?.array ?? [] }.compactMap(\.string)
        let lines = notes.map { "- \(TerminalText.escaped($0))" }
        return ([table.render(figures.map(cells), width: width), ""] + lines).joined(separator: "\n")
    }

    private static func cells(_ figures: JSONValue) -> [String] {
        let (before, after) = (figures["baseline"], figures["changed"])
        return [
            figures["route"]?.string ?? "all", RoutingView.cell(figures["calls"]), RoutingView.cell(figures["moved"]),
            Figures.money(before?["cost_nanodollars"]?.wholeNumber), change(figures["delta"]?["cost_nanodollars"]),
            Figures.duration(before?["p95_ms"]?.double), Figures.duration(after?["p95_ms"]?.double),
            RoutingView.percent(before?["error_rate"]), RoutingView.percent(after?["error_rate"]),
        ]
    }

    private static func change(_ delta: JSONValue?) -> String {
        guard let value = delta?["value"]?.wholeNumber else { return Figures.unknown }
        guard let lower = delta?["lower"]?.wholeNumber, let upper = delta?["upper"]?.wholeNumber else {
            return Figures.money(value)
        }
        return "\(Figures.money(value)) (\(Figures.money(lower)) to \(Figures.money(upper)))"
    }
}

/// A comparison with a provider's bill for a terminal.
enum ReconcileView {
    private static let table = TextTable(columns: [
        .init(title: "DAY"), .init(title: "MODEL", minimum: 10), .init(title: "THEIR COST", isRightAligned: true),
        .init(title: "OURS", isRightAligned: true), .init(title: "THEIR TOKENS", isRightAligned: true, rank: 1),
        .init(title: "OURS", isRightAligned: true, rank: 1), .init(title: "LIKELY REASON", minimum: 12),
    ])

    static func render(_ report: JSONValue, width: Int) -> String {
        let rows = report["rows"]?.array ?? []
        let verdict = report["agrees"] == .bool(true)
            ? "The bill and the records agree." : "The bill and the records differ; the last column says where."
        let notes = (report["notes"]?.array ?? []).compactMap(\.string).map { TerminalText.escaped($0) }
        return ([table.render(rows.map(cells), width: width), "", verdict] + notes).joined(separator: "\n")
    }

    private static func cells(_ row: JSONValue) -> [String] {
        let (theirs, ours) = (row["theirs"], row["ours"])
        return [
            RoutingView.cell(row["day"]), row["model"]?.string ?? "all",
            Figures.money(theirs?["cost_nanodollars"]?.wholeNumber),
            Figures.money(ours?["cost_nanodollars"]?.wholeNumber), tokens(theirs), tokens(ours),
            row["detail"]?.string ?? "",
        ]
    }

    private static func tokens(_ figures: JSONValue?) -> String {
        let parts = ["input_tokens", "cached_tokens", "cache_write_tokens", "output_tokens"].compactMap {
            figures?[$0]?.wholeNumber
        }
        return parts.isEmpty ? Figures.unknown : String(parts.reduce(0, &+))
    }
}

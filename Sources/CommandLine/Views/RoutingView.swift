import SignalboxClient

/// Routes, providers and decisions for a terminal.
enum RoutingView {
    /// The sentences of a decision, one line each.
    static func sentences(_ answer: JSONValue) -> String {
        (answer["summary"]?.array ?? []).compactMap(\.string).map { TerminalText.escaped($0) }.joined(separator: "\n")
    }

    static func routes(_ routes: [JSONValue], width: Int) -> String {
        guard !routes.isEmpty else { return "There are no routes. Write some in the configuration, or put one." }
        let table = TextTable(columns: [
            .init(title: "ROUTE", minimum: 8), .init(title: "SOURCE", rank: 2),
            .init(title: "VERSION", isRightAligned: true, rank: 1), .init(title: "TARGETS", minimum: 12),
            .init(title: "PROBLEM", minimum: 8),
        ])
        return table.render(
            routes.map { route in
                let targets = (route["targets"]?.array ?? []).compactMap { $0["label"]?.string }
                return [
                    cell(route["name"]), cell(route["source"]), cell(route["version"]),
                    targets.joined(separator: ", "), route["problem"]?.string ?? "",
                ]
            }, width: width)
    }

    static func versions(_ versions: [JSONValue], width: Int) -> String {
        let table = TextTable(columns: [
            .init(title: "VERSION", isRightAligned: true), .init(title: "IN FORCE"), .init(title: "CREATED", rank: 2),
            .init(title: "BY", minimum: 8, rank: 3), .init(title: "MESSAGE", minimum: 8, rank: 1),
        ])
        return table.render(
            versions.map { version in
                [
                    cell(version["version"]), version["active"] == .bool(true) ? "yes" : "",
                    Figures.time(version["created_at"]?.string), cell(version["author"]),
                    version["message"]?.string ?? "",
                ]
            }, width: width)
    }

    static func providers(_ providers: [JSONValue], width: Int) -> String {
        guard !providers.isEmpty else { return "No provider is configured." }
        let table = TextTable(columns: [
            .init(title: "PROVIDER", minimum: 6), .init(title: "MODEL", minimum: 12), .init(title: "BREAKER"),
            .init(title: "CALLS", isRightAligned: true, rank: 3), .init(title: "ERRORS", isRightAligned: true),
            .init(title: "P50", isRightAligned: true, rank: 2), .init(title: "P95", isRightAligned: true, rank: 1),
            .init(title: "LAST ERROR", minimum: 8, rank: 4),
        ])
        return table.render(providers.flatMap(rows), width: width)
    }

    private static func rows(_ provider: JSONValue) -> [[String]] {
        let targets = provider["targets"]?.array ?? []
        guard !targets.isEmpty else {
            return [[cell(provider["name"]), "not called yet"] + Array(repeating: "", count: 6)]
        }
        return targets.map { target in
            [
                cell(provider["name"]), cell(target["model"]), cell(target["breaker"]), cell(target["requests"]),
                percent(target["error_rate"]), Figures.duration(target["p50_ms"]?.double),
                Figures.duration(target["p95_ms"]?.double), target["last_error"]?.string ?? "",
            ]
        }
    }

    /// A value as a cell.
    static func cell(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "yes" : "no"
        default: Figures.unknown
        }
    }

    /// A share as per cent with one decimal.
    static func percent(_ share: JSONValue?) -> String {
        guard let share = share?.double else { return Figures.unknown }
        let tenths = Int64((share * 1_000).rounded())
        return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
    }
}

extension JSONValue {
    /// The number, whole or not.
    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The whole number; fractions are rounded.
    var wholeNumber: Int64? {
        if case .integer(let value) = self { return value }
        return double.flatMap { Int64(exactly: $0.rounded()) }
    }
}

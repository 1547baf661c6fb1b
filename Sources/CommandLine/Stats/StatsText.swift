import Statistics

/// A comparison in words that a person can read.
package enum StatsText {
    /// The whole report, one element for each line; names are escaped.
    package static func lines(_ report: StatsReport, width: Int) -> [String] {
        var lines = [title(report), "", table(report, width: width), "", verdict(report)]
        if let gate = report.gate { lines.append(self.gate(gate, report)) }
        lines.append("")
        lines += details(report)
        return lines
    }

    private static func title(_ report: StatsReport) -> String {
        let (a, b) = (name(report.baselineName), name(report.candidateName))
        let difference = report.comparison.difference
        let clusters = difference.clusters < difference.n ? " in \(difference.clusters) clusters" : ""
        if report.isPaired { return "\(b) against \(a), on the same \(difference.n) cases\(clusters)." }
        let counts = (report.comparison.a.n, report.comparison.b.n)
        return "\(counts.1) cases of \(b) against \(counts.0) separate ones of \(a)\(clusters)."
    }

    private static func table(_ report: StatsReport, width: Int) -> String {
        let comparison = report.comparison
        let level = DecimalText.percent(comparison.difference.interval?.level ?? comparison.a.interval?.level ?? 0.95)
        let table = TextTable(columns: [
            .init(title: "", minimum: 8), .init(title: "MEAN", isRightAligned: true),
            .init(title: "\(level) INTERVAL", isRightAligned: true),
            .init(title: "STD ERROR", isRightAligned: true, rank: 1), .init(title: "BY", rank: 2),
        ])
        let rows = [
            row(report.baselineName, comparison.a, signed: false),
            row(report.candidateName, comparison.b, signed: false),
            row("difference", comparison.difference, signed: true),
        ]
        return table.render(rows, width: width)
    }

    private static func row(_ name: String, _ estimate: Estimate, signed: Bool) -> [String] {
        let value = signed ? DecimalText.signed(estimate.value) : DecimalText.significant(estimate.value)
        return [
            name, value, estimate.interval.map(range) ?? "-",
            estimate.standardError.map { DecimalText.significant($0) } ?? "-", estimate.method.rawValue,
        ]
    }

    /// "0.0051 to 0.0345".
    static func range(_ interval: Interval) -> String {
        DecimalText.significant(interval.lower) + " to " + DecimalText.significant(interval.upper)
    }

    /// A name in quotes, safe for a terminal.
    static func name(_ text: String) -> String { "\"\(TerminalText.escaped(text))\"" }
}

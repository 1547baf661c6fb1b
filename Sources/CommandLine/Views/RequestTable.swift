package import SignalboxClient

/// Recorded calls as a table.
package enum RequestTable {
    /// The columns by what one looks for first; the id is whole because it is there to be copied.
    static let table = TextTable(columns: [
        .init(title: "TIME (UTC)", rank: 2),
        .init(title: "STATUS", minimum: 6),
        .init(title: "MODEL", minimum: 12),
        .init(title: "USER", minimum: 6, rank: 6),
        .init(title: "TOKENS", isRightAligned: true, rank: 5),
        .init(title: "COST", isRightAligned: true, rank: 3),
        .init(title: "LATENCY", isRightAligned: true, rank: 4),
        .init(title: "TTFT", isRightAligned: true, rank: 7),
        .init(title: "INPUT", minimum: 16, rank: 8),
        .init(title: "ID"),
    ])

    /// A page with a line below it that says how to go on.
    package static func render(_ page: Page<RequestSummary>, width: Int) -> String {
        guard !page.data.isEmpty else { return "No recorded call matches." }
        let rows = table.render(page.data.map(cells), width: width)
        guard let cursor = page.nextCursor else { return rows }
        return rows + "\n\nMore: --cursor \(TerminalText.escaped(cursor))"
    }

    /// The cells of one call.
    static func cells(_ request: RequestSummary) -> [String] {
        [
            Figures.time(request.startedAt), status(request), request.model, request.user ?? Figures.unknown,
            "\(request.usage.totalInput)>\(request.usage.totalOutput)", Figures.money(request.costNanodollars),
            Figures.duration(request.durationMS), Figures.duration(request.timeToFirstTokenMS),
            request.inputPreview, request.id,
        ]
    }

    /// `ok`, or what went wrong: the error's code, else its HTTP status.
    private static func status(_ request: RequestSummary) -> String {
        request.status == "error" ? request.errorCode ?? "error \(request.httpStatus)" : request.status
    }

    /// Widths for rows that come one by one: as for a typical row.
    static func followWidths(_ width: Int) -> [Int?] {
        let typical = [
            "2026-11-01 09:30:00", "upstream_error", "claude-haiku-4-5-20261001", "somebody@example", "123456>12345",
            "$0.000123", "12.34s", "123ms", String(repeating: "x", count: 60), "0198c1f2-0000-7000-8000-000000000000",
        ]
        return table.layout([typical], width: width)
    }
}

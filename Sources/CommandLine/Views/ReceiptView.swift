import SignalboxClient

/// What a call cost and why, as a table.
enum ReceiptView {
    private static let table = TextTable(columns: [
        .init(title: "BUCKET", minimum: 8), .init(title: "QUANTITY", isRightAligned: true),
        .init(title: "PER MILLION", isRightAligned: true, rank: 1), .init(title: "AMOUNT", isRightAligned: true),
    ])

    /// The lines, their total and the price they were computed from.
    static func render(_ receipt: Receipt, width: Int) -> String {
        var rows = receipt.lines.map { line in
            [
                line.bucket, String(line.quantity), Figures.price(line.nanodollarsPerMillion),
                Figures.money(line.amountNanodollars),
            ]
        }
        rows.append(["total", "", "", Figures.money(receipt.totalNanodollars)])
        let source = TerminalText.escaped("price \(receipt.priceVersion) (\(receipt.source))")
        return table.render(rows, width: width) + "\n" + source
    }
}

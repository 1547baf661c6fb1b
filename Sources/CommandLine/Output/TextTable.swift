/// A table for a terminal: columns aligned, as wide as they need to be, together never wider than the terminal.
///
/// Cells may hold anything: they are escaped here. Where space is short, first the widest columns that allow it are cut
/// shorter, then columns are left out by their rank.
package struct TextTable {
    /// A column of a table.
    package struct Column {
        var title: String
        var isRightAligned = false
        /// The least width worth showing; `nil` where a cut cell is worthless, as with an id.
        var minimum: Int?
        /// Which columns go first where space is short: the highest. 0 stays to the end.
        var rank = 0

        /// A column. `minimum` is in terminal columns; `nil` keeps cells whole. The highest `rank` goes first, 0 never.
        package init(title: String, isRightAligned: Bool = false, minimum: Int? = nil, rank: Int = 0) {
            self.title = title
            self.isRightAligned = isRightAligned
            self.minimum = minimum
            self.rank = rank
        }
    }

    /// Between two columns.
    private static let gap = "  "

    var columns: [Column]

    /// A table of the given columns, left to right.
    package init(columns: [Column]) { self.columns = columns }

    /// The table with its titles, one line per row, without a line break at the end.
    package func render(_ rows: [[String]], width: Int) -> String {
        let cells = rows.map { $0.map { TerminalText.escaped($0) } }
        let widths = layout(cells, width: width)
        return ([columns.map(\.title)] + cells).map { line($0, widths) }.joined(separator: "\n")
    }

    /// One row in given widths, for rows that come one by one.
    func row(_ cells: [String], _ widths: [Int?]) -> String { line(cells.map { TerminalText.escaped($0) }, widths) }

    /// The titles in given widths.
    func titles(_ widths: [Int?]) -> String { line(columns.map(\.title), widths) }

    /// The width of each column, `nil` for those left out, such that a line fits into `width` where that is possible.
    func layout(_ rows: [[String]], width: Int) -> [Int?] {
        let natural = columns.indices.map { index in
            rows.reduce(DisplayWidth.of(columns[index].title)) { widest, row in
                widest >= width ? widest : max(widest, DisplayWidth.of(row[index].prefix(width)))
            }
        }
        var widths: [Int?] = natural
        while excess(widths, over: width) > 0 {
            if let index = widestShrinkable(widths) {
                widths[index] = (widths[index] ?? 0) - 1
            } else if let index = nextToDrop(widths) {
                widths[index] = nil
                // What had been cut from the others may fit now.
                for other in widths.indices where widths[other] != nil { widths[other] = natural[other] }
            } else {
                break
            }
        }
        return widths
    }

    private func excess(_ widths: [Int?], over width: Int) -> Int {
        let shown = widths.compactMap { $0 }
        return shown.reduce(0, +) + max(0, shown.count - 1) * Self.gap.count - width
    }

    private func widestShrinkable(_ widths: [Int?]) -> Int? {
        columns.indices.filter { index in
            guard let width = widths[index], let minimum = columns[index].minimum else { return false }
            return width > minimum
        }.max { (widths[$0] ?? 0) < (widths[$1] ?? 0) }
    }

    private func nextToDrop(_ widths: [Int?]) -> Int? {
        columns.indices.filter { widths[$0] != nil && columns[$0].rank > 0 }.max { columns[$0].rank < columns[$1].rank }
    }

    private func line(_ cells: [String], _ widths: [Int?]) -> String {
        var parts: [String] = []
        for (index, cell) in cells.enumerated() {
            guard let width = widths[index] else { continue }
            let text = DisplayWidth.cut(cell, to: width)
            let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
            parts.append(columns[index].isRightAligned ? space + text : text + space)
        }
        var line = parts.joined(separator: Self.gap)
        while line.last == " " { line.removeLast() }
        return line
    }
}

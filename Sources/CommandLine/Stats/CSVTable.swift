/// A table of comma-separated values as RFC 4180 has it: cells may be quoted, and then hold commas, line breaks and
/// doubled quotes. Also separated by tabs or semicolons. Blank lines are passed over; a byte order mark is, too.
package struct CSVTable: Hashable, Sendable {
    /// One record and the line that it starts on, counted from 1.
    package struct Row: Hashable, Sendable {
        package var line: Int
        package var cells: [String]
    }

    /// The names of the columns, without white space around them.
    package var header: [String]
    package var rows: [Row]

    /// Reads a table with a header. Without `separator` the header decides: a comma if it has one, else a tab, else a
    /// semicolon. Throws ``DataProblem`` for text that is no UTF-8, a missing header, and lines with too few or too
    /// many cells.
    package static func parse(_ bytes: [UInt8], separator: UInt8? = nil) throws(DataProblem) -> CSVTable {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw DataProblem("The input is no UTF-8 text. Save the table as CSV in UTF-8.")
        }
        var reader = CSVReader(bytes, separator: separator ?? guess(bytes))
        guard let first = try reader.next() else {
            throw DataProblem("The input is empty. Give a table whose first line names the columns.")
        }
        var table = CSVTable(header: first.cells.map(ScoreCell.trimmed), rows: [])
        while let row = try reader.next() {
            guard row.cells.count == first.cells.count else {
                throw DataProblem(
                    line: row.line,
                    "\(row.cells.count) cells, but the header names \(first.cells.count). "
                        + "Leave cells without a value empty, and quote cells that hold the separator.")
            }
            table.rows.append(row)
        }
        return table
    }

    private static func guess(_ bytes: ArraySlice<UInt8>) -> UInt8 {
        let header = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let candidates = [",", "\t", ";"].map { (text: Unicode.Scalar) in UInt8(ascii: text) }
        return candidates.first { header.contains($0) } ?? candidates[0]
    }
}

/// Walks over the records of a table.
private struct CSVReader {
    private let bytes: ArraySlice<UInt8>
    private let separator: UInt8
    private var at: Int
    private var line = 1

    init(_ bytes: ArraySlice<UInt8>, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        at = bytes.startIndex
    }

    /// The next record that is not blank; `nil` at the end.
    mutating func next() throws(DataProblem) -> CSVTable.Row? {
        while at < bytes.endIndex {
            let start = line
            let cells = try record()
            if cells.count == 1, ScoreCell.trimmed(cells[0]).isEmpty { continue }
            return CSVTable.Row(line: start, cells: cells)
        }
        return nil
    }

    private mutating func record() throws(DataProblem) -> [String] {
        var cells: [String] = []
        while true {
            let isQuoted = at < bytes.endIndex && bytes[at] == UInt8(ascii: "\"")
            cells.append(try isQuoted ? quoted() : plain())
            guard at < bytes.endIndex else { return cells }
            let end = bytes[at]
            at += 1
            if end == UInt8(ascii: "\n") {
                line += 1
                return cells
            }
        }
    }

    /// Up to a separator or the end of the line, which stays unread.
    private mutating func plain() -> String {
        let rest = bytes[at...]
        let cell = rest.prefix { $0 != separator && $0 != UInt8(ascii: "\n") }
        at = cell.endIndex
        let isEndOfLine = at == bytes.endIndex || bytes[at] == UInt8(ascii: "\n")
        let hasReturn = isEndOfLine && cell.last == UInt8(ascii: "\r")
        return String(decoding: hasReturn ? cell.dropLast() : cell, as: UTF8.self)
    }

    private mutating func quoted() throws(DataProblem) -> String {
        let start = line
        var text: [UInt8] = []
        at += 1
        while at < bytes.endIndex {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            guard byte == UInt8(ascii: "\"") else {
                text.append(byte)
                continue
            }
            if at < bytes.endIndex, bytes[at] == UInt8(ascii: "\"") {
                text.append(byte)
                at += 1
                continue
            }
            try expectEndOfCell(start)
            return String(decoding: text, as: UTF8.self)
        }
        throw DataProblem(line: start, "A quote is opened here and never closed. Close it, or double it to be text.")
    }

    private mutating func expectEndOfCell(_ start: Int) throws(DataProblem) {
        if at < bytes.endIndex, bytes[at] == UInt8(ascii: "\r") { at += 1 }
        guard at < bytes.endIndex, bytes[at] != separator, bytes[at] != UInt8(ascii: "\n") else { return }
        throw DataProblem(line: start, "Text follows a closing quote. Double the quotes that belong to the text.")
    }
}

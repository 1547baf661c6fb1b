/// What is wrong with a table of scores, where, and how it is mended.
package struct DataProblem: Error, Hashable, CustomStringConvertible {
    /// Counted from 1, as editors do; `nil` where the whole input is meant.
    package var line: Int?
    /// The column's name in the header; `nil` where the whole line is meant.
    package var column: String?
    /// What is wrong, and what to do: full sentences.
    package var message: String

    package init(line: Int? = nil, column: String? = nil, _ message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    package var description: String {
        let place = [line.map { "line \($0)" }, column.map { "column \"\($0)\"" }].compactMap { $0 }
        return place.isEmpty ? message : place.joined(separator: ", ") + ": " + message
    }
}

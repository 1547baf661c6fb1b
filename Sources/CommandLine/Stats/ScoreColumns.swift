/// The scores of two systems, taken from a table.
package struct ScoreColumns: Hashable, Sendable {
    /// The columns' names.
    package var names: (baseline: String, candidate: String) { (baselineName, candidateName) }
    /// One for each row; `nil` where there is none.
    package var baseline: [Double?]
    package var candidate: [Double?]
    /// The source of each row's case; `nil` without such a column.
    package var clusters: [String]?
    private var baselineName: String
    private var candidateName: String

    /// Reads the named columns; without names, the first two that are not the clusters'.
    ///
    /// Throws ``DataProblem`` for columns that don't exist, for the first cell that is no score, and for a row without
    /// a cluster.
    package init(
        _ table: CSVTable, baseline: String? = nil, candidate: String? = nil, cluster: String? = nil
    ) throws(DataProblem) {
        let places = ColumnPlaces(header: table.header)
        let clusterPlace = try cluster.map { name throws(DataProblem) in try places.place(of: name) }
        let first = try places.chosen(baseline, leaving: [clusterPlace])
        let second = try places.chosen(candidate, leaving: [clusterPlace, first])
        guard first != second else {
            throw DataProblem("Both columns are \"\(table.header[first])\". Name two with --baseline and --candidate.")
        }
        baselineName = table.header[first]
        candidateName = table.header[second]
        self.baseline = try Self.scores(table, first, isNamed: baseline != nil)
        self.candidate = try Self.scores(table, second, isNamed: candidate != nil)
        clusters = try clusterPlace.map { place throws(DataProblem) in try Self.clusters(table, place) }
    }

    /// One side without its missing scores, with the clusters that remain.
    package func side(_ values: [Double?]) -> (values: [Double], clusters: [String]?) {
        let kept = values.indices.filter { values[$0] != nil }
        return (values.compactMap { $0 }, clusters.map { all in kept.map { all[$0] } })
    }

    private static func scores(
        _ table: CSVTable, _ place: Int, isNamed: Bool
    ) throws(DataProblem) -> [Double?] {
        var scores: [Double?] = []
        scores.reserveCapacity(table.rows.count)
        for row in table.rows {
            do {
                scores.append(try ScoreCell.parse(row.cells[place]))
            } catch {
                let hint = isNamed ? "" : " If another column holds the scores, name it with --baseline or --candidate."
                throw DataProblem(line: row.line, column: table.header[place], error.message + hint)
            }
        }
        return scores
    }

    private static func clusters(_ table: CSVTable, _ place: Int) throws(DataProblem) -> [String] {
        var clusters: [String] = []
        for row in table.rows {
            let name = ScoreCell.trimmed(row.cells[place])
            guard !name.isEmpty else {
                throw DataProblem(
                    line: row.line, column: table.header[place],
                    "No cluster. Give every row one; a case without relatives gets a name of its own.")
            }
            clusters.append(name)
        }
        return clusters
    }
}

/// Columns by name.
private struct ColumnPlaces {
    let header: [String]

    func place(of name: String) throws(DataProblem) -> Int {
        let places = header.indices.filter { header[$0] == name }
        guard let place = places.first else {
            throw DataProblem("There is no column \"\(name)\". The header names: \(list).")
        }
        guard places.count == 1 else {
            throw DataProblem(line: 1, column: name, "\(places.count) columns have this name. Give each its own.")
        }
        return place
    }

    /// The named column, or the first that is not taken.
    func chosen(_ name: String?, leaving taken: [Int?]) throws(DataProblem) -> Int {
        if let name { return try place(of: name) }
        guard let place = header.indices.first(where: { !taken.contains($0) }) else {
            throw DataProblem(line: 1, "Two columns of scores are needed, but the header names: \(list).")
        }
        return place
    }

    private var list: String { header.map { "\"\($0)\"" }.joined(separator: ", ") }
}

import Storage
import Vocabulary

/// Series from the rollup rows, inside one read of one connection.
struct SeriesReader {
    let connection: OpaquePointer
    let names: NameLookup

    /// Two passes over one contiguous range of keys: the first ranks the values by their sums alone, the second
    /// fetches rows with histograms for those that made it.
    func series(_ query: SeriesQuery) throws(StorageError) -> [SeriesGroup] {
        guard let range = try Range(query, names) else { return [] }
        let ranked = try ranking(range, limit: min(max(query.limit, 1), 1_000))
        if ranked.isEmpty { return [] }
        var groups: [String: SeriesGroup] = [:]
        for value in ranked { groups[value] = SeriesGroup(value: value, totals: RollupValues(), points: []) }
        try addRows(range, values: ranked, to: &groups)
        return ranked.compactMap { groups[$0] }
    }

    /// Which rows a query means.
    private struct Range {
        var project: Int64
        var grain: Int64
        var dimension: Int64
        var from: UnixMicroseconds
        var to: UnixMicroseconds
        var environment: Int64?
        var value: String?

        /// `nil` if there can be none.
        init?(_ query: SeriesQuery, _ names: NameLookup) throws(StorageError) {
            guard let project = try names.id(of: query.project) else { return nil }
            let kept = query.dimension.finestGrain
            let grain = query.grain.width < kept.width ? kept : query.grain
            self.project = project
            self.grain = RollupCode.code(of: grain)
            dimension = RollupCode.code(of: query.dimension)
            from = grain.bucket(of: query.from)
            to = query.to
            value = query.value
            if let name = query.environment {
                guard let id = try names.id(of: name) else { return nil }
                environment = id
            }
        }

        var condition: String {
            "project = ? AND grain = ? AND dimension = ? AND bucket >= ? AND bucket < ?"
                + (environment == nil ? "" : " AND environment = ?") + (value == nil ? "" : " AND value = ?")
        }

        func bind(to statement: SQLStatement) {
            for number in [project, grain, dimension, from, to] { statement.bind(number) }
            if let environment { statement.bind(environment) }
            if let value { statement.bind(value) }
        }
    }

    /// The values with the highest cost first, then the most calls; equal ones by name, so that the order is stable.
    private func ranking(_ range: Range, limit: Int) throws(StorageError) -> [String] {
        let statement = try SQLStatement(
            """
            SELECT value FROM rollups WHERE \(range.condition)
            GROUP BY value ORDER BY sum(cost) DESC, sum(calls) DESC, value LIMIT \(limit)
            """, on: connection)
        range.bind(to: statement)
        var values: [String] = []
        while try statement.step() { values.append(statement.nextText()) }
        return values
    }

    private func addRows(
        _ range: Range, values: [String], to groups: inout [String: SeriesGroup]
    ) throws(StorageError) {
        let marks = values.map { _ in "?" }.joined(separator: ", ")
        let statement = try SQLStatement(
            """
            SELECT bucket, value, \(RollupColumns.values) FROM rollups
            WHERE \(range.condition) AND +value IN (\(marks)) ORDER BY bucket
            """, on: connection)
        range.bind(to: statement)
        for value in values { statement.bind(value) }
        while try statement.step() {
            let bucket = statement.nextInt()
            let value = statement.nextText()
            let row = try RollupColumns.read(statement)
            groups[value]?.add(row, at: bucket)
        }
    }
}

extension SeriesGroup {
    /// Adds a row, in order of time; the rows of several environments make one point.
    fileprivate mutating func add(_ row: RollupValues, at bucket: UnixMicroseconds) {
        totals.add(row)
        if let last = points.indices.last, points[last].at == bucket {
            points[last].values.add(row)
        } else {
            points.append(SeriesPoint(at: bucket, values: row))
        }
    }
}

import Storage
import Vocabulary

/// The span queries, inside one read of one connection.
struct SpanReader {
    let connection: OpaquePointer
    let names: NameLookup
    /// Whether every id carries its start time (`SpanTime`).
    let ordered: Bool

    /// One page; asks for one row more than wanted, to know whether there is a next page.
    func page(_ query: SpanQuery) throws(StorageError) -> SpanPage {
        let limit = min(max(query.limit, 1), 1_000)
        guard let bounds = bounds(query), let condition = try condition(query.filter, ids: bounds) else {
            return SpanPage(spans: [], next: nil)
        }
        let statement = try SQLStatement(pageSQL(condition, query.descending, limit: limit + 1), on: connection)
        condition.bind(to: statement)
        let row = SpanRow(statement: statement, names: names, hasBodies: false)
        var spans: [SpanSummary] = []
        while try statement.step() {
            if spans.count == limit { return SpanPage(spans: spans, next: spans.last?.span.id) }
            spans.append(try row.read(project: query.filter.project))
        }
        return SpanPage(spans: spans, next: nil)
    }

    /// The page's keys first and their rows second: what is sorted, where something is, is small.
    private func pageSQL(_ condition: SpanCondition, _ descending: Bool, limit: Int) -> String {
        let order = descending ? "DESC" : "ASC"
        return """
            SELECT \(SpanColumns.selection(bodies: false))
            FROM (SELECT s.project, s.id \(condition.sql) ORDER BY s.id \(order) LIMIT \(limit)) AS k
            CROSS JOIN spans AS s ON s.project = k.project AND s.id = k.id
            CROSS JOIN span_details AS d ON d.seq = s.seq ORDER BY k.id \(order)
            """
    }

    func count(_ filter: SpanFilter) throws(StorageError) -> Int {
        guard let condition = try condition(filter, ids: (nil, nil)) else { return 0 }
        let statement = try SQLStatement("SELECT count(*) \(condition.sql)", on: connection)
        condition.bind(to: statement)
        return try statement.step() ? Int(statement.nextInt()) : 0
    }

    private func condition(_ filter: SpanFilter, ids: (ID128?, ID128?)) throws(StorageError) -> SpanCondition? {
        let runs = try SpanRuns.all(on: connection)
        return try SpanCondition(filter, ids: ids, runs: runs, ordered: ordered, names: names)
    }

    func span(_ id: RequestID, project: ProjectID) throws(StorageError) -> SpanRecord? {
        guard let number = try names.id(of: project) else { return nil }
        let statement = try SQLStatement(
            """
            SELECT \(SpanColumns.selection(bodies: true))
            FROM spans AS s CROSS JOIN span_details AS d ON d.seq = s.seq WHERE s.project = ? AND s.id = ?
            """, on: connection)
        statement.bind(number)
        statement.bind(id)
        guard try statement.step() else { return nil }
        return try SpanRow(statement: statement, names: names, hasBodies: true).read(project: project).span
    }

    /// Inclusive lower and exclusive upper id of the page; `nil` if no id can follow.
    private func bounds(_ query: SpanQuery) -> (ID128?, ID128?)? {
        guard let after = query.after else { return (nil, nil) }
        if query.descending { return (nil, after) }
        guard let next = after.successor else { return nil }
        return (next, nil)
    }
}

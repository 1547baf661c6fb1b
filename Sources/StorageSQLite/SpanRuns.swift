import Storage

/// Runs of 16,384 spans in the order they were stored: the indexes on random values are cut into them.
///
/// A lookup costs one probe a run: about 60 for a million spans, 3 microseconds each.
enum SpanRuns {
    /// The run of a span; the very expression that the indexes are made on, or the planner does not use them.
    static let column = "s.seq >> 14"

    /// The first and the last run that are stored.
    static func all(on connection: OpaquePointer) throws(StorageError) -> ClosedRange<Int64> {
        // Two subqueries, because SQLite finds only a lone min or max without a scan.
        let statement = try SQLStatement(
            "SELECT (SELECT min(seq) FROM span_details) >> 14, (SELECT max(seq) FROM span_details) >> 14",
            on: connection)
        guard try statement.step() else { return 0...0 }
        let first = statement.nextInt()
        return first...max(first, statement.nextInt())
    }

    /// A table of one column `run`.
    static func list(_ runs: ClosedRange<Int64>) -> String {
        """
        (WITH RECURSIVE list (run) AS (
            SELECT \(runs.lowerBound) UNION ALL SELECT run + 1 FROM list WHERE run < \(runs.upperBound)
        ) SELECT run FROM list)
        """
    }
}

import Storage
import Vocabulary

/// Adds a batch's sums to the stored rollup rows. Belongs to the writer's connection.
///
/// The rows of the current minute, hour and day are touched by every batch. As the writer is the only one who
/// writes, it keeps them in memory and only ever writes them out.
final class RollupTable {
    private let select: SQLStatement
    private let replace: SQLStatement
    private var young: [RollupKey: RollupValues] = [:]
    private var old: [RollupKey: RollupValues] = [:]

    /// Rows per generation; a row with two histograms of 30 bins is about 1.2 KB, so at most 5 MB together.
    private static let remembered = 2_048

    init(on connection: OpaquePointer) throws(StorageError) {
        select = try SQLStatement(
            """
            SELECT \(RollupColumns.values) FROM rollups
            WHERE project = ? AND grain = ? AND dimension = ? AND bucket = ? AND value = ? AND environment = ?
            """, on: connection)
        replace = try SQLStatement(
            """
            INSERT OR REPLACE INTO rollups
                (project, grain, dimension, bucket, value, environment, \(RollupColumns.values))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, on: connection)
    }

    func add(_ batch: RollupBatch) throws(StorageError) {
        for (key, values) in batch.rows() {
            var row = try take(key)
            row.add(values)
            try write(key, row)
            remember(key, row)
        }
    }

    /// After a rollback: the rows in memory hold what the file does not.
    func forget() {
        young.removeAll(keepingCapacity: true)
        old.removeAll(keepingCapacity: true)
    }

    /// The row so far; taken out of memory, so that adding to its histograms copies nothing.
    private func take(_ key: RollupKey) throws(StorageError) -> RollupValues {
        if let row = young.removeValue(forKey: key) ?? old.removeValue(forKey: key) { return row }
        defer { select.reset() }
        bind(key, to: select)
        return try select.step() ? try RollupColumns.read(select) : RollupValues()
    }

    private func remember(_ key: RollupKey, _ row: RollupValues) {
        if young.count >= Self.remembered {
            swap(&young, &old)
            young.removeAll(keepingCapacity: true)
        }
        young[key] = row
    }

    private func write(_ key: RollupKey, _ row: RollupValues) throws(StorageError) {
        bind(key, to: replace)
        RollupColumns.bind(row, to: replace)
        try replace.run()
    }

    private func bind(_ key: RollupKey, to statement: SQLStatement) {
        statement.bind(key.project)
        statement.bind(RollupCode.code(of: key.grain))
        statement.bind(RollupCode.code(of: key.dimension))
        statement.bind(key.bucket)
        statement.bind(key.value)
        statement.bind(key.environment)
    }
}

/// The figures of a rollup row, in the order they are written and read.
enum RollupColumns {
    static let values = """
        calls, errors, cancelled, input_tokens, cached_tokens, output_tokens, cost, unpriced, latency, first_token,
        saved_cost
        """

    static func bind(_ row: RollupValues, to statement: SQLStatement) {
        statement.bind(row.calls)
        statement.bind(row.errors)
        statement.bind(row.cancelled)
        statement.bind(row.inputTokens)
        statement.bind(row.cachedTokens)
        statement.bind(row.outputTokens)
        statement.bind(row.cost.nanodollars)
        statement.bind(row.unpriced)
        statement.bind(row.latency.encoded)
        statement.bind(row.firstToken.encoded)
        statement.bind(row.savedCost.nanodollars)
    }

    static func read(_ statement: SQLStatement) throws(StorageError) -> RollupValues {
        var row = RollupValues()
        row.calls = statement.nextInt()
        row.errors = statement.nextInt()
        row.cancelled = statement.nextInt()
        row.inputTokens = statement.nextInt()
        row.cachedTokens = statement.nextInt()
        row.outputTokens = statement.nextInt()
        row.cost = Money(nanodollars: statement.nextInt())
        row.unpriced = statement.nextInt()
        row.latency = try histogram(statement)
        row.firstToken = try histogram(statement)
        row.savedCost = Money(nanodollars: statement.nextInt())
        return row
    }

    private static func histogram(_ statement: SQLStatement) throws(StorageError) -> LatencyHistogram {
        try statement.withNextBlob { (bytes) throws(StorageError) in
            guard let histogram = LatencyHistogram(encoded: bytes) else {
                throw .engine("the store is damaged: a rollup's histogram cannot be read")
            }
            return histogram
        }
    }
}

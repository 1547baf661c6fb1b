import GRDBSQLite
import Storage
import Vocabulary

/// A prepared statement of one connection, bound and read column by column through the C interface.
///
/// GRDB keeps the connections, the pool and the migrations. On the insert path its argument conversion would cost
/// more than SQLite itself (some fifty values a span), so values go straight to `sqlite3_bind_*` here.
/// Not `Sendable`: it belongs to the queue of the connection that prepared it.
final class SQLStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private var parameter: Int32 = 0
    private var column: Int32 = 0
    private var bindingStatus: Int32 = SQLITE_OK

    /// Prepares one statement. Throws `StorageError.engine` with SQLite's own words.
    init(_ sql: String, on connection: OpaquePointer) throws(StorageError) {
        var prepared: OpaquePointer?
        let status = sqlite3_prepare_v2(connection, sql, -1, &prepared, nil)
        guard status == SQLITE_OK, let prepared else { throw SQLiteFailure.error(on: connection, status: status) }
        self.connection = connection
        handle = prepared
    }

    deinit { sqlite3_finalize(handle) }

    /// Runs to the end, without rows, and makes the statement ready for the next values.
    func run() throws(StorageError) {
        defer { reset() }
        while try step() {}
    }

    /// Runs, and says whether a row was inserted, updated or deleted.
    func runCountingChange() throws(StorageError) -> Bool {
        try run()
        return sqlite3_changes(connection) > 0
    }

    /// Moves to the next row; `false` at the end. Reading then starts at the first column.
    func step() throws(StorageError) -> Bool {
        guard bindingStatus == SQLITE_OK else {
            throw SQLiteFailure.error(on: connection, status: bindingStatus)
        }
        column = 0
        let status = sqlite3_step(handle)
        if status == SQLITE_ROW { return true }
        guard status == SQLITE_DONE else { throw SQLiteFailure.error(on: connection, status: status) }
        return false
    }

    /// Ends the current run; binding starts again at the first parameter.
    func reset() {
        sqlite3_reset(handle)
        parameter = 0
        bindingStatus = SQLITE_OK
    }
}

/// Binding, from the first parameter on.
extension SQLStatement {
    func bind(_ value: Int64) {
        parameter += 1
        note(sqlite3_bind_int64(handle, parameter, value))
    }

    func bind(_ value: Bool) { bind(value ? Int64(1) : 0) }

    func bind(_ value: Int64?) {
        if let value { bind(value) } else { bindNull() }
    }

    func bindNull() {
        parameter += 1
        note(sqlite3_bind_null(handle, parameter))
    }

    func bind(_ text: String) {
        parameter += 1
        var text = text
        let status = text.withUTF8 { bytes in
            // An empty string may have no address, which SQLite would read as NULL.
            guard let base = bytes.baseAddress else { return sqlite3_bind_text(handle, parameter, "", 0, nil) }
            return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text(handle, parameter, $0, Int32(clamping: bytes.count), copyNow)
            }
        }
        note(status)
    }

    func bind(_ text: String?) {
        if let text { bind(text) } else { bindNull() }
    }

    func bind(_ id: ID128) {
        parameter += 1
        let words = (id.high.bigEndian, id.low.bigEndian)
        note(withUnsafeBytes(of: words) { sqlite3_bind_blob(handle, parameter, $0.baseAddress, 16, copyNow) })
    }

    func bind(_ id: ID128?) {
        if let id { bind(id) } else { bindNull() }
    }

    func bind(_ blob: [UInt8]?) {
        guard let blob else { return bindNull() }
        parameter += 1
        let status = blob.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return sqlite3_bind_zeroblob(handle, parameter, 0) }
            return sqlite3_bind_blob64(handle, parameter, base, UInt64(bytes.count), copyNow)
        }
        note(status)
    }

    /// Binds `bytes` as the last parameter and runs, without copying them.
    func run(lending bytes: [UInt8]) throws(StorageError) {
        parameter += 1
        let index = parameter
        let outcome: Result<Void, StorageError> = bytes.withUnsafeBytes { buffer in
            if let base = buffer.baseAddress {
                note(sqlite3_bind_blob64(handle, index, base, UInt64(buffer.count), nil))
            } else {
                note(sqlite3_bind_zeroblob(handle, index, 0))
            }
            return Result { () throws(StorageError) in try run() }
        }
        sqlite3_bind_null(handle, index)
        try outcome.get()
    }

    private func note(_ status: Int32) {
        if status != SQLITE_OK { bindingStatus = status }
    }
}

/// Reading, from the first column on; each call takes the next column of the current row.
extension SQLStatement {
    func nextInt() -> Int64 {
        defer { column += 1 }
        return sqlite3_column_int64(handle, column)
    }

    func nextOptionalInt() -> Int64? {
        defer { column += 1 }
        return sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
    }

    func nextBool() -> Bool { nextInt() != 0 }

    func nextOptionalText() -> String? {
        defer { column += 1 }
        guard let text = sqlite3_column_text(handle, column) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    func nextText() -> String { nextOptionalText() ?? "" }

    /// True if the next column holds text; does not take it.
    var nextIsText: Bool { sqlite3_column_type(handle, column) == SQLITE_TEXT }

    /// The bytes of the next column, empty for NULL, valid only inside the closure.
    func withNextBlob<T>(_ body: (UnsafeRawBufferPointer) throws(StorageError) -> T) throws(StorageError) -> T {
        defer { column += 1 }
        let base = sqlite3_column_blob(handle, column)
        let count = base == nil ? 0 : Int(sqlite3_column_bytes(handle, column))
        return try body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// 16 bytes as an id; `nil` for NULL or any other length.
    func nextOptionalID() -> ID128? {
        defer { column += 1 }
        guard let base = sqlite3_column_blob(handle, column), sqlite3_column_bytes(handle, column) == 16 else {
            return nil
        }
        let high = UInt64(bigEndian: base.loadUnaligned(as: UInt64.self))
        let low = UInt64(bigEndian: base.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        return ID128(high: high, low: low)
    }
}

/// SQLITE_TRANSIENT: SQLite copies the value before the call returns.
private let copyNow = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

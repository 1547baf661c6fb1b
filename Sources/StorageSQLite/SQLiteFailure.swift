import GRDB
import GRDBSQLite
import Storage

/// Turns what SQLite says into a `StorageError` that also says what to do about it.
enum SQLiteFailure {
    /// The error of a C call that has just failed on `connection`.
    static func error(on connection: OpaquePointer, status: Int32) -> StorageError {
        let words = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "status \(status)"
        let file = sqlite3_db_filename(connection, "main").map { String(cString: $0) } ?? "the store"
        return error(status: status, words: words, file: file)
    }

    /// The error of a call through GRDB. Errors that are `StorageError`s already, and cancellation, stay what they are.
    static func error(_ error: any Error, file: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        if error.resultCode == .SQLITE_INTERRUPT { return CancellationError() }
        return Self.error(status: error.resultCode.rawValue, words: error.message ?? "", file: file)
    }

    /// What a primary result code means for somebody who runs the server.
    private static func error(status: Int32, words: String, file: String) -> StorageError {
        switch status & 0xFF {
        case SQLITE_NOTADB:
            .incompatible("\(file) is not a Signalbox store (\(words)); move it away, or name another data folder")
        case SQLITE_CORRUPT:
            .engine("\(file) is damaged (\(words)); stop the server, keep a copy, and restore the last backup")
        case SQLITE_FULL:
            .engine("the disk that holds \(file) is full (\(words)); free some space")
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
            .engine("\(file) cannot be written (\(words)); check that this user owns the data folder")
        case SQLITE_BUSY, SQLITE_LOCKED:
            .engine("\(file) is locked by another program (\(words)); close whatever else has it open")
        case SQLITE_IOERR:
            .engine("the disk failed under \(file) (\(words)); check the disk and its free space")
        default:
            .engine("\(file): \(words) (SQLite code \(status))")
        }
    }
}

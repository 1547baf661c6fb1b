import Glibc

/// Why the journal refused. Each says what to do about it.
package enum JournalError: Error, Sendable, Equatable {
    /// The disk or a quota is full: nothing was written.
    case full(path: String)
    /// One record is larger than the format allows, in bytes.
    case entryTooLarge(bytes: Int, limit: Int)
    /// The system refused an operation on a file.
    case system(operation: String, path: String, errno: Int32)
    /// The segment was written by a newer version of this program.
    case incompatible(path: String, version: UInt8)
    /// Another process holds the journal.
    case busy(path: String)
    /// The lane was closed before.
    case closed

    /// A stable code for logs and metrics.
    package var code: String {
        switch self {
        case .full: "journal_full"
        case .entryTooLarge: "journal_entry_too_large"
        case .system: "journal_system"
        case .incompatible: "journal_incompatible"
        case .busy: "journal_busy"
        case .closed: "journal_closed"
        }
    }

    /// The error for a failed system call, from the `errno` it left.
    static func from(_ errno: Int32, _ operation: String, _ path: String) -> JournalError {
        if errno == ENOSPC || errno == EDQUOT { return .full(path: path) }
        return .system(operation: operation, path: path, errno: errno)
    }
}

extension JournalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .full(let path):
            "No space left for \(path): free some space on that disk or raise its quota; recording continues by itself."
        case .entryTooLarge(let bytes, let limit):
            "A record of \(bytes) bytes is over the journal's limit of \(limit): lower the limit for recorded bodies."
        case .system(let operation, let path, let errno):
            "\(operation) of \(path) failed: \(String(cString: strerror(errno))). Check the disk and who owns it."
        case .incompatible(let path, let version):
            "\(path) has format \(version), newer than this program: start the newer version once so that it is stored."
        case .busy(let path):
            "Another process uses \(path): stop it, or give this one a data folder of its own."
        case .closed:
            "The journal lane is closed: no record can follow its end."
        }
    }
}

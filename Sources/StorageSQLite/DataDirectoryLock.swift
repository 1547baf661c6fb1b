import Glibc
package import Storage

/// Holds a data folder for one process: an exclusive `flock` on `<folder>/lock`, given up when the value goes away.
///
/// The kernel drops it when the process dies in whatever way, so that a crash never leaves a lock behind.
/// The writer keeps counters and caches in memory that hold only while nobody else writes.
package final class DataDirectoryLock: Sendable {
    private let descriptor: Int32

    /// Creates the folder if it is missing (readable by its owner only) and locks it.
    ///
    /// Throws `StorageError.engine` where another process holds it (its process id is named) or the folder cannot
    /// be written.
    package init(directory: String) throws(StorageError) {
        try DataDirectory.prepare(directory)
        let path = "\(directory)/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DataDirectory.failure("\(path) cannot be opened", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(descriptor)
            close(descriptor)
            throw .engine(
                "the data folder \(directory) is in use by another signalbox process\(holder); "
                    + "stop that one, or name another data folder")
        }
        Self.writeProcessID(descriptor)
    }

    deinit { close(descriptor) }

    private static func writeProcessID(_ descriptor: Int32) {
        let text = Array("\(getpid())\n".utf8)
        // The number only helps people find the holder: a failed write changes nothing about the lock.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    private static func holder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.isEmpty ? "" : " (process \(String(decoding: digits, as: UTF8.self)))"
    }
}

/// The folder that holds the store's files.
enum DataDirectory {
    /// Creates the folder if it is missing, readable by its owner only: prompts and answers are in it.
    static func prepare(_ directory: String) throws(StorageError) {
        if mkdir(directory, 0o700) != 0, errno != EEXIST {
            throw failure("the data folder \(directory) cannot be created", errno)
        }
        guard access(directory, R_OK | W_OK | X_OK) == 0 else {
            throw failure("the data folder \(directory) cannot be written", errno)
        }
    }

    /// The sizes of the files that exist, added up, in bytes.
    static func bytes(of paths: [String]) -> Int64 {
        paths.reduce(0) { sum, path in
            var status = stat()
            return stat(path, &status) == 0 ? sum + Int64(status.st_size) : sum
        }
    }

    static func failure(_ what: String, _ code: Int32) -> StorageError {
        let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return .engine("\(what) (\(reason)); check that this user owns it and that the disk can be written")
    }
}

import Glibc

/// The folder of segments inside the data folder.
struct JournalFolder: Sendable {
    /// Its path, `<data>/journal`.
    let path: String

    init(data: String) { path = "\(data)/journal" }

    func make() throws(JournalError) { try FileCalls.makeFolder(path) }

    /// All segments, oldest first.
    func segments() throws(JournalError) -> [SegmentName] {
        try FileCalls.names(in: path).compactMap { SegmentName($0) }.sorted()
    }

    /// Deletes a segment; one that is gone already is no error.
    func delete(_ name: SegmentName) throws(JournalError) {
        let file = "\(path)/\(name.file)"
        if unlink(file) != 0, errno != ENOENT { throw .from(errno, "unlink", file) }
    }

    /// Keeps a segment for a person to look at; it is never read again.
    func setAside(_ name: SegmentName) throws(JournalError) -> String {
        let file = "\(path)/\(name.file)"
        let aside = "\(file).damaged"
        if rename(file, aside) != 0 { throw .from(errno, "rename", file) }
        return aside
    }

    /// Brings the folder's list of files to the disk: without it a new file can be lost with the power.
    func synchronise() throws(JournalError) {
        let descriptor = try FileCalls.open(path, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        if fsync(descriptor) != 0 { throw .from(errno, "fsync", path) }
    }

    /// Takes the folder for this process; the kernel frees it with the descriptor, also after `kill -9`.
    func lock() throws(JournalError) -> Int32 {
        let file = "\(path)/.lock"
        let descriptor = try FileCalls.open(file, O_CREAT | O_RDWR)
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        let reason = errno
        close(descriptor)
        throw reason == EWOULDBLOCK ? .busy(path: path) : .from(reason, "flock", file)
    }
}

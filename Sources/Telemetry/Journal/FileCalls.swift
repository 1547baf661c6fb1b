import Glibc

/// The few system calls the journal makes, with `EINTR` handled and errors as values.
enum FileCalls {
    /// Opens a file, closed on `exec`.
    static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(JournalError) -> Int32 {
        while true {
            let descriptor = Glibc.open(path, flags | O_CLOEXEC, mode)
            if descriptor >= 0 { return descriptor }
            if errno != EINTR { throw .from(errno, "open", path) }
        }
    }

    /// Writes all bytes at `offset`. After an error some may have been written.
    static func write(
        _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: UInt64, path: String
    ) throws(JournalError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            if count > 0 {
                done += count
            } else if count == 0 {
                throw .full(path: path)
            } else if errno != EINTR {
                throw .from(errno, "write", path)
            }
        }
    }

    /// Reads up to the buffer's size at `offset`; fewer bytes only at the end of the file.
    static func read(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64, path: String
    ) throws(JournalError) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            if count == 0 { break }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw .from(errno, "read", path)
            }
        }
        return done
    }

    /// The file's length in bytes.
    static func length(_ descriptor: Int32, path: String) throws(JournalError) -> UInt64 {
        let end = lseek(descriptor, 0, SEEK_END)
        if end < 0 { throw .from(errno, "seek", path) }
        return UInt64(end)
    }

    /// Waits until the file's data is on the disk.
    static func synchronise(_ descriptor: Int32, path: String) throws(JournalError) {
        while fdatasync(descriptor) != 0 {
            if errno != EINTR { throw .from(errno, "fdatasync", path) }
        }
    }

    /// Makes a folder and those above it, for the owner only.
    static func makeFolder(_ path: String) throws(JournalError) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw .from(errno, "mkdir", path)
        }
        try makeFolder(String(path[..<slash]))
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw .from(errno, "mkdir", path) }
    }

    /// The names in a folder, in no order; none if the folder does not exist.
    static func names(in path: String) throws(JournalError) -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOENT { return [] }
            throw .from(errno, "opendir", path)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { name in
                    String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }
}

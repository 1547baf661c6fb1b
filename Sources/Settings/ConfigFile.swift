#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads the configuration file without Foundation.
enum ConfigFile {
    /// A configuration with ten thousand models and prices is below 2 MiB; more is a wrong file.
    private static let maximumBytes = 16 << 20

    /// The file's text. Throws where it can't be opened, is too large or is not UTF-8.
    static func read(_ path: String) throws(SettingsError) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path, "can't be opened: \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { buffer in retrying { systemRead(file, buffer) } }
            if count < 0 { throw failure(path, "can't be read: \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            bytes += chunk.prefix(count)
            guard bytes.count <= maximumBytes else {
                throw failure(path, "is larger than \(SizeText.show(maximumBytes)); is it the right file?")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw failure(path, "is not UTF-8 text") }
        return text
    }

    private static func failure(_ path: String, _ what: String) -> SettingsError {
        let place = SettingsPlace.file(path: path, line: 1, column: 1)
        return SettingsError([SettingsProblem(.fileUnreadable, at: place, key: "", "the file \(what)")])
    }

    /// Repeats a call that a signal interrupted.
    private static func retrying(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}

/// `read(2)`, by a name that the method above does not hide.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(file, buffer.baseAddress, buffer.count)
}

import Crypto
import Glibc

/// Small files, read whole on the calling thread.
enum FileBytes {
    /// - Throws: `StartupError` that names the file and what the system said.
    static func read(_ path: String, atMost limit: Int) throws -> [UInt8] {
        guard let file = fopen(path, "r") else {
            throw StartupError("\(path) can't be opened (\(String(cString: strerror(errno)))).")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw StartupError("\(path) is longer than \(limit) bytes.") }
        }
        return bytes
    }
}

/// SHA-256 for signatures.
enum SHA256Digest {
    static func of(_ bytes: [UInt8]) -> SHA256.Digest { SHA256.hash(data: bytes) }
}

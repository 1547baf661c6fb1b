import ArgumentParser
import Foundation
import SignalboxClient

/// Reads a file that a person names; `-` is the standard input.
enum InputFile {
    /// As much as the server takes.
    private static let most = 64 << 20

    static func bytes(_ path: String) throws -> [UInt8] {
        let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
        guard let handle else { throw ValidationError("\(path) can't be opened. Check the path.") }
        let data = try handle.read(upToCount: most + 1) ?? Data()
        guard data.count <= most else { throw ValidationError("\(path) is larger than \(most >> 20) MiB.") }
        return [UInt8](data)
    }

    static func json(_ path: String) throws -> JSONValue {
        let bytes = try bytes(path)
        do { return try SignalboxClient.decode(JSONValue.self, from: bytes) } catch {
            throw ValidationError("\(path) holds no JSON. Routes and questions are JSON objects.")
        }
    }
}

import Foundation
import Testing

/// Public test vectors that live beside the repository, because they are not ours.
enum Vectors {
    /// `$SIGNALBOX_VECTORS/<name>`, or `../shared/vectors/<name>` relative to the package; `nil` if neither exists.
    static func folder(_ name: String) -> URL? {
        var roots: [URL] = []
        if let path = ProcessInfo.processInfo.environment["SIGNALBOX_VECTORS"] {
            roots.append(URL(fileURLWithPath: path))
        }
        let package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        roots.append(package.deletingLastPathComponent().appendingPathComponent("shared/vectors"))
        return roots.map { $0.appendingPathComponent(name) }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// Says on the test's output that vectors were not there, so that a run without them can't pass for one with them.
    static func reportSkipped(_ name: String, _ suite: String) {
        print("SKIPPED: \(suite) needs the folder vectors/\(name); set SIGNALBOX_VECTORS to its parent")
    }
}

import Bytes
import Foundation
import Testing

/// One input among the golden files, by its path below the folder: `requests/openai-chat/tools.json`.
struct GoldenCase: CustomTestStringConvertible, Sendable {
    /// `requests` or `answers`.
    let kind: String
    /// The folder: the format that the input is written in.
    let format: String
    /// Without what says the kind of file.
    let name: String
    /// `json`, `sse`, `events.json` or `error.json`.
    let type: String

    var path: String { "\(kind)/\(format)/\(name).\(type)" }
    var testDescription: String { path }

    /// Where what it becomes in another format is kept.
    func path(to other: String, _ type: String) -> String { "\(kind)/\(format)/\(name).to.\(other).\(type)" }
}

/// Golden pairs under `Golden/`, found from this file's own place.
///
/// `SIGNALBOX_UPDATE_GOLDEN=1` rewrites what differs; any other value rewrites only the paths that contain it. Read the
/// difference before committing it: it is the review.
enum GoldenFiles {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")

    static let cases: [GoldenCase] = {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.sorted().compactMap(goldenCase)
    }()

    static var requests: [GoldenCase] { cases.filter { $0.kind == "requests" } }
    static var answers: [GoldenCase] { cases.filter { $0.kind == "answers" && $0.type == "json" } }
    static var streams: [GoldenCase] {
        cases.filter { $0.kind == "answers" && ["sse", "events.json"].contains($0.type) }
    }
    static var errors: [GoldenCase] { cases.filter { $0.type == "error.json" } }

    private static func goldenCase(_ path: String) -> GoldenCase? {
        let folders = path.split(separator: "/").map(String.init)
        guard folders.count == 3, ["requests", "answers"].contains(folders[0]), !path.contains(".to.") else {
            return nil
        }
        for type in ["events.json", "error.json", "json", "sse"] where folders[2].hasSuffix("." + type) {
            let name = String(folders[2].dropLast(type.count + 1))
            return GoldenCase(kind: folders[0], format: folders[1], name: name, type: type)
        }
        return nil
    }

    static func read(_ path: String) -> [UInt8]? {
        (try? Data(contentsOf: folder.appendingPathComponent(path))).map { Array($0) }
    }

    /// Compares with what is kept at `path`, or keeps it.
    static func expect(_ actual: [UInt8], at path: String) {
        let kept = read(path)
        if kept == actual { return }
        if mayUpdate(path) {
            let file = folder.appendingPathComponent(path)
            try? FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            #expect(throws: Never.self) { try Data(actual).write(to: file) }
            return
        }
        guard let kept else {
            Issue.record("\(path) is missing: set SIGNALBOX_UPDATE_GOLDEN=1 and read what is written")
            return
        }
        Issue.record("\(path): \(difference(kept, actual))")
    }

    static func mayUpdate(_ path: String) -> Bool {
        guard let value = ProcessInfo.processInfo.environment["SIGNALBOX_UPDATE_GOLDEN"], !value.isEmpty else {
            return false
        }
        return value == "1" || path.contains(value)
    }

    /// The first line that differs, with its number.
    private static func difference(_ kept: [UInt8], _ actual: [UInt8]) -> String {
        let before = String(decoding: kept, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let after = String(decoding: actual, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for index in 0..<max(before.count, after.count) {
            let old = index < before.count ? before[index] : "(end)"
            let new = index < after.count ? after[index] : "(end)"
            if old != new { return "line \(index + 1)\n  kept: \(old)\n  now:  \(new)" }
        }
        return "line ends differ"
    }
}

/// JSON over several lines, members in the order of the text, numbers as they are written.
enum PrettyJSON {
    static func bytes(_ json: [UInt8]) -> [UInt8] {
        json.withUnsafeBytes { bytes in
            guard let root = try? JSONView.parse(bytes) else { return json + [0x0A] }
            var output: [UInt8] = []
            append(root, depth: 0, to: &output)
            return output + [0x0A]
        }
    }

    private static func append(_ view: JSONView, depth: Int, to output: inout [UInt8]) {
        switch view.kind {
        case .object where !view.isEmptyContainer:
            output.append(0x7B)
            var isFirst = true
            for (key, value) in view.members {
                newLine(depth + 1, isFirst: isFirst, to: &output)
                isFirst = false
                output += Array("\"".utf8) + Array(key.raw) + Array("\": ".utf8)
                append(value, depth: depth + 1, to: &output)
            }
            newLine(depth, isFirst: true, to: &output)
            output.append(0x7D)
        case .array where !view.isEmptyContainer:
            output.append(0x5B)
            var isFirst = true
            for element in view.elements {
                newLine(depth + 1, isFirst: isFirst, to: &output)
                isFirst = false
                append(element, depth: depth + 1, to: &output)
            }
            newLine(depth, isFirst: true, to: &output)
            output.append(0x5D)
        default: output += Array(view.raw)
        }
    }

    private static func newLine(_ depth: Int, isFirst: Bool, to output: inout [UInt8]) {
        if !isFirst { output.append(0x2C) }
        output.append(0x0A)
        output += [UInt8](repeating: 0x20, count: depth * 2)
    }
}

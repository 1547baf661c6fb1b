import Foundation
import Testing

/// A Swift file of the product.
struct SourceFile: CustomTestStringConvertible, Sendable {
    let target: String
    let path: String
    let lines: [String]

    var testDescription: String { path }
}

/// Every Swift file under `Sources/`, found from this file's own place.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let files: [SourceFile] = {
        let sources = root.appendingPathComponent("Sources")
        let names = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
            guard let text = try? String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8) else { return nil }
            return SourceFile(
                target: String(name.prefix { $0 != "/" }), path: "Sources/\(name)",
                lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            )
        }
    }()
}

/// One function of a file: where it starts and how many lines it has.
struct FunctionLength: Sendable {
    let place: String
    let lines: Int

    /// Functions found by counting braces, which is exact enough for a limit: strings with braces are rare and balanced.
    static func all(in file: SourceFile) -> [FunctionLength] {
        var found: [FunctionLength] = []
        var open: [(line: Int, depth: Int)] = []
        var depth = 0
        var pending: Int?
        for (index, line) in file.lines.enumerated() {
            let code = line.trimmingCharacters(in: .whitespaces)
            if code.hasPrefix("//") { continue }
            if isFunctionHead(code) { pending = index }
            for character in line {
                if character == "{" {
                    if let head = pending {
                        open.append((head, depth))
                        pending = nil
                    }
                    depth += 1
                } else if character == "}" {
                    depth -= 1
                    if let last = open.last, last.depth == depth {
                        open.removeLast()
                        found.append(FunctionLength(place: "\(file.path):\(last.line + 1)", lines: index - last.line + 1))
                    }
                }
            }
        }
        return found
    }

    private static func isFunctionHead(_ code: String) -> Bool {
        let words = code.split { !$0.isLetter && $0 != "_" }
        guard let at = words.firstIndex(where: { $0 == "func" || $0 == "init" }) else { return false }
        let modifiers: Set<Substring> = [
            "package", "public", "private", "fileprivate", "static", "mutating", "override", "convenience", "required",
            "nonisolated", "inlinable", "discardableResult", "consuming", "borrowing", "internal", "final", "inline",
            "__always", "always", "never", "usableFromInline", "Sendable", "MainActor",
        ]
        return words[..<at].allSatisfy { modifiers.contains($0) }
    }
}

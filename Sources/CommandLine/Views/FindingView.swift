import Foundation

/// Something that the doctor looked at, as it is shown.
package struct Finding: Codable, Sendable, Equatable {
    var check: String
    /// `ok`, `warning` or `failure`.
    var state: String
    var detail: String
    /// What to do about it; empty where nothing is to be done.
    var remedy: String

    /// A finding of the given parts.
    package init(check: String, state: String, detail: String, remedy: String = "") {
        self.check = check
        self.state = state
        self.detail = detail
        self.remedy = remedy
    }

    /// One JSON object.
    package var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { [UInt8]($0) } ?? []
    }
}

/// Findings for reading: a table, then what to do.
package enum FindingView {
    private static let table = TextTable(columns: [
        .init(title: "CHECK", minimum: 10), .init(title: "STATE"), .init(title: "DETAIL", minimum: 20),
    ])

    /// All of it, without a line break at the end.
    package static func render(_ findings: [Finding], width: Int) -> String {
        var parts = [table.render(findings.map { [$0.check, $0.state, $0.detail] }, width: width)]
        let remedies = findings.filter { $0.state != "ok" && !$0.remedy.isEmpty }
        if !remedies.isEmpty {
            parts.append(
                "What to do:\n"
                    + remedies.map { TerminalText.escaped("- \($0.check): \($0.remedy)") }.joined(separator: "\n"))
        }
        let failures = findings.count { $0.state == "failure" }
        let warnings = findings.count { $0.state == "warning" }
        parts.append(
            failures + warnings == 0
                ? "All \(findings.count) checks are well."
                : "\(failures) failed, \(warnings) doubtful, \(findings.count - failures - warnings) well.")
        return parts.joined(separator: "\n\n")
    }
}

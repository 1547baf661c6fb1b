import Bytes
import Dialects
import Testing

/// The page on translation lists every pair of formats with its losses, as the golden pairs show them.
@Suite struct TranslationPageTests {
    @Test func itIsCurrent() throws {
        try GeneratedSection(page: "docs/translation.md", name: "losses").expect(Self.losses())
    }

    private static func losses() -> String {
        GoldenCodecs.callers.map { caller in
            let cells = GoldenCodecs.providers.map { ($0.format, LossCell(caller.format, $0.format)) }
            return LossTable(caller: caller.format, cells: cells).text
        }.joined()
    }
}

/// What one pair of formats loses, from its golden requests.
struct LossCell {
    /// By the caller's name of the member: what is done about it, and why.
    var losses: [String: Set<String>] = [:]
    /// The actions alone, for the table.
    var actions: [String: Set<String>] = [:]
    /// Requests that can't be sent to this provider, though to others they can.
    var faults: Set<String> = []

    init(_ caller: WireFormat, _ provider: WireFormat) {
        for input in GoldenFiles.requests where input.format == caller.rawValue {
            guard let kept = GoldenFiles.read(input.path(to: provider.rawValue, "json")) else { continue }
            kept.withUnsafeBytes { read(JSONView(validated: $0), input) }
        }
    }

    private mutating func read(_ root: JSONView, _ input: GoldenCase) {
        if let fault = root["fault"] {
            if !Self.failsEverywhere(input) {
                faults.insert("`\(fault["member"]?.string ?? "")` \(fault["message"]?.string ?? "")")
            }
            return
        }
        for change in root["changes"].map({ Array($0.elements) }) ?? [] {
            let name = Self.general(change["name"]?.string ?? "")
            let action = change["action"]?.string ?? ""
            actions[name, default: []].insert(action)
            losses[name, default: []].insert("\(action), \(change["detail"]?.string ?? "")")
        }
    }

    /// A request that no provider can be sent is invalid, which is no loss.
    private static func failsEverywhere(_ input: GoldenCase) -> Bool {
        GoldenCodecs.providers.allSatisfy { provider in
            guard let kept = GoldenFiles.read(input.path(to: provider.format.rawValue, "json")) else { return true }
            return kept.withUnsafeBytes { JSONView(validated: $0)["fault"] != nil }
        }
    }

    /// `messages[3].name` stands for every message's.
    private static func general(_ name: String) -> String {
        var result = ""
        var isInside = false
        for character in name {
            if character == "]" { isInside = false }
            if !isInside { result.append(character) }
            if character == "[" { isInside = true }
        }
        return result
    }
}

/// One caller's format: a table of members by providers, and the reasons.
struct LossTable {
    let caller: WireFormat
    let cells: [(WireFormat, LossCell)]

    var text: String {
        let names = Set(cells.flatMap { $0.1.actions.keys }).sorted()
        var text = "\n### From \(caller.rawValue)\n\n"
        text += "| member | \(cells.map { $0.0.rawValue }.joined(separator: " | ")) |\n"
        text += "|---|\(cells.map { _ in "---|" }.joined())\n"
        for name in names {
            let columns = cells.map { ($0.1.actions[name] ?? []).sorted().joined(separator: ", ") }
            text += "| `\(name)` | \(columns.joined(separator: " | ")) |\n"
        }
        for (provider, cell) in cells { text += reasons(provider, cell) }
        return text
    }

    private func reasons(_ provider: WireFormat, _ cell: LossCell) -> String {
        var text = "\n#### \(caller.rawValue) to \(provider.rawValue)\n\n"
        if cell.losses.isEmpty, cell.faults.isEmpty { return text + "Nothing is lost.\n" }
        for (name, details) in cell.losses.sorted(by: { $0.key < $1.key }) {
            text += "- `\(name)`: \(details.sorted().joined(separator: "; ")).\n"
        }
        for fault in cell.faults.sorted() { text += "- Not sent: \(fault).\n" }
        return text
    }
}

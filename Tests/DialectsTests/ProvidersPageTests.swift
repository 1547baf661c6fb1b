import Dialects
import Foundation
import Testing

/// The page on providers lists every preset as the code has it.
@Suite struct ProvidersPageTests {
    @Test func itIsCurrent() throws {
        try GeneratedSection(page: "docs/providers.md", name: "presets").expect(
            ProviderPreset.all.map(Self.text).joined())
    }

    private static func text(_ preset: ProviderPreset) -> String {
        var text = "\n## \(preset.title)\n\n"
        text += "`\(preset.name)`, [documentation](\(preset.documentation))\n\n"
        text += "- Address: `\(preset.baseURL)`\n"
        text += "- Serves: \(preset.operations.map(\.rawValue).joined(separator: ", "))\n"
        text += "- Key: \(credential(preset.credential)), from `\(preset.keyVariable)`\n"
        for setting in preset.settings {
            let fallback = setting.fallback.map { ", `\($0)` if not given" } ?? ", must be given"
            text += "- Setting `\(setting.name)`: \(setting.title), for example `\(setting.example)`\(fallback)\n"
        }
        for reason in preset.reasons { text += "- \(difference(reason.quirk)): \(reason.reason)\n" }
        return text
    }

    private static func credential(_ scheme: CredentialScheme) -> String {
        switch scheme {
        case .none: "none"
        case .bearer: "`Authorization: Bearer`"
        case .header(let name): "`\(name)`"
        case .query(let name): "query item `\(name)`"
        case .sigV4: "AWS Signature Version 4"
        case .googleServiceAccount: "Google service account"
        }
    }

    private static func difference(_ quirk: PresetQuirk.Quirk) -> String {
        func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
        return switch quirk {
        case .unsupported(let names): "Left out: \(list(names))"
        case .renamed(let name, let other): "Renamed: `\(name)` to `\(other)`"
        case .maximum(let name, let bound): "At most \(bound): `\(name)`"
        case .lacksDeveloperRole: "`developer` is sent as `system`"
        case .usesMaxTokens: "`max_completion_tokens` is sent as `max_tokens`"
        case .lacksJSONSchema: "`json_schema` is sent as `json_object`, with the schema in the system text"
        case .lacksStreamOptions: "`stream_options` is left out"
        case .requiredToolChoice(let word): "Tool choice `required` is sent as `\(word)`"
        case .extensions(let names): "Also sent: \(list(names))"
        case .reasoningStyle(let style): "Reasoning options: \(style.rawValue)"
        case .efforts(let words): "Efforts: \(words.joined(separator: ", "))"
        case .reasoningHistory(let history): "Earlier reasoning: \(history.rawValue)"
        case .unsupportedInMessages(let names): "Left out of messages: \(list(names))"
        case .lacksContentParts: "Text parts are joined"
        case .lacksAllowedTools: "Allowed tools: the list of tools is cut down"
        case .acceptsCacheControl: "`cache_control` is sent"
        case .acceptsFileURLs: "Files may be given by URL"
        }
    }
}

/// A part of a page that is made from the code, between two comments.
struct GeneratedSection {
    /// Path from the repository's root.
    let page: String
    let name: String

    /// Compares with what the page has, or writes it.
    func expect(_ current: String) throws {
        let root = GoldenFiles.folder.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent(page)
        let text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.range(of: "<!-- \(name): begin -->\n")).upperBound
        let stop = try #require(text.range(of: "<!-- \(name): end -->")).lowerBound
        if text[start..<stop] == current { return }
        guard GoldenFiles.mayUpdate(page) else {
            Issue.record("\(page) is out of date: run with SIGNALBOX_UPDATE_GOLDEN=\(page)")
            return
        }
        try (text[..<start] + current + text[stop...]).write(to: file, atomically: true, encoding: .utf8)
    }
}

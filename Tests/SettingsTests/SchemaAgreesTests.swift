import Foundation
import Settings
import Testing

/// The struct, the table of keys, the environment and the reference page say the same.
@Suite struct SchemaAgreesTests {
    @Test func everyPropertyHasAKeyAndEveryKeyAProperty() {
        var keys = properties(of: Settings(), under: "")
        keys += properties(of: Settings.Provider(), under: "providers[].")
        keys += properties(of: Settings.Model(), under: "models[].")
        keys += properties(of: Settings.Price(), under: "prices[].")
        keys += properties(of: Settings.PriceImport(), under: "prices_import[].")
        #expect(Set(keys) == Set(SettingsSchema.keys))
    }

    @Test func everyVariableMeansOneKey() {
        #expect(Set(SettingsSchema.variables).count == SettingsSchema.variables.count)
        #expect(SettingsSchema.variables.contains("SIGNALBOX_LIMITS_BODY_BYTES"))
        let apart = [
            "SIGNALBOX_BOOTSTRAP_KEY", "SIGNALBOX_URL", "SIGNALBOX_KEY", "SIGNALBOX_CONFIG", "SIGNALBOX_VECTORS",
        ]
        #expect(Set(SettingsSchema.variables).isDisjoint(with: apart))
    }

    @Test func referencePageHoldsTheTableOfKeys() throws {
        let page = try repositoryFile("docs/configuration.md")
        #expect(page.contains(SettingsSchema.reference), "docs/configuration.md needs:\n\(SettingsSchema.reference)")
    }

    @Test func exampleFileIsValidAndShowsTheDefaults() throws {
        let example = try repositoryFile("signalbox.example.yaml")
        let loaded = try load(example, ["OPENAI_API_KEY": "a", "ANTHROPIC_API_KEY": "b"])
        #expect(loaded.warnings.isEmpty)
        let settings = loaded.settings
        #expect(settings.limits == Settings.Limits() && settings.timeouts == Settings.Timeouts())
        #expect(settings.journal == Settings.Journal() && settings.listen == Settings().listen)
        #expect(!settings.models.isEmpty && !settings.prices.isEmpty)
    }

    private func repositoryFile(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The keys that a settings struct's properties should have.
    private func properties(of value: Any, under prefix: String) -> [String] {
        Mirror(reflecting: value).children.flatMap { child -> [String] in
            guard let label = child.label, label != "useSimulator" else { return [] }
            let key = prefix + snakeCase(label)
            let lists = ["providers", "models", "prices", "prices_import"]
            if lists.contains(key) { return [] }
            if child.value is Settings.Limits || child.value is Settings.Timeouts || child.value is Settings.Journal
                || child.value is Settings.ProviderTimeouts || child.value is Settings.Cache
                || child.value is Settings.Semantic
            {
                return properties(of: child.value, under: key + ".")
            }
            return [key]
        }
    }

    private func snakeCase(_ name: String) -> String {
        let special = ["maximumConnections": "max_connections", "baseURL": "base_url"]
        if let special = special[name] { return special }
        var out = ""
        for character in name {
            if character.isUppercase || character.isNumber && out.last?.isNumber == false { out += "_" }
            out += character.lowercased()
        }
        return out
    }
}

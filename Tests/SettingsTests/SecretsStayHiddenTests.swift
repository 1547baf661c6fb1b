import Settings
import Testing
import Vocabulary

@Suite struct SecretsStayHiddenTests {
    @Test func secretsAreNeverPrinted() throws {
        let loaded = try load(
            withProvider("").replacing("/v1\"", with: "/v1\", api_key: sk-hidden, headers: {x: sk-hidden}"))
        var dumped = ""
        dump(loaded, to: &dumped)
        dumped += "\(loaded)" + String(reflecting: loaded) + String(describing: loaded.settings.providers[0].apiKey)
        #expect(!dumped.contains("sk-hidden"))
        #expect(dumped.contains("<secret>"))
        #expect(loaded.settings.providers[0].apiKey?.reveal() == "sk-hidden")
    }

    @Test(arguments: [
        "providers: [{name: a, dialect: openai, base_url: \"http://h\", api_key: \"sk-hidden\\n\"}]",
        "providers: [{name: a, dialect: openai, base_url: \"http://h\", headers: {x: \"sk-hidden\\n\"}}]",
        "providers: [{name: a, dialect: openai, base_url: \"${K}\"}]",
        "listen: \"${K}\"",
        "providers:\n  - {name: a, api_key: sk-hidden",
        "providers:\n  - api_key: sk-hidden: x",
    ])
    func errorsDoNotQuoteSecrets(yaml: String) {
        let found = problems(yaml, ["K": "sk-hidden"])
        #expect(!found.isEmpty)
        #expect(!found.map(\.description).joined().contains("sk-hidden"))
    }
}
